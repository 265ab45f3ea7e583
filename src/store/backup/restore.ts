// Puts a backup in the place of the present data. All is looked at before anything is touched: the manifest, the
// checksums, whether this version knows the schema, whether a bot runs. The present store becomes a backup of its own
// beside it, so that restoring that one is the undo.
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { BotError, describeError } from '../../errors.js';
import { openDatabase } from '../dialect.js';
import { unpack } from './archive.js';
import { sealFolder, stampOf } from './back-up.js';
import { factsOf } from './copy-store.js';
import { holdAlone } from './hold-alone.js';
import { BACKUP_FILES, type BackupManifest, checkFiles, readManifest } from './manifest.js';

export interface RestoreOptions {
  dataDir: string;
  /** A folder or an archive that `backUp` made. */
  source: string;
  /** Of the program. */
  version: string;
  /** Names of the migrations that this version knows. */
  known: string[];
  now: Date;
}

export interface Restored {
  manifest: BackupManifest;
  /** Where the former data are. Absent = there were none. */
  aside?: string | undefined;
  /** Whether restoring `aside` brings them back; false = they were damaged, and lie there as they were. */
  canUndo: boolean;
}

/** All of it is made from the store, and belongs to the store that it was made from. */
const DERIVED = ['lexical.sqlite', 'lexical.sqlite-wal', 'lexical.sqlite-shm', 'chroma', 'calibration.json'];

/** Errors: `backup_unusable`, `backup_newer`, `store_busy` (a bot runs), `restore_failed`. */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { dataDir, source } = options;
  mkdirSync(dataDir, { recursive: true });
  const draft = mkdtempSync(path.join(dataDir, 'restore-'));
  try {
    const manifest = await checked(draft, options);
    prepare(path.join(draft, 'store.sqlite'), options.now);
    const aside = exchange(draft, options);
    return { manifest, aside, canUndo: aside !== undefined && (await seal(aside, options)) };
  } catch (error) {
    throw error instanceof BotError
      ? error
      : new BotError('restore_failed', `${source} could not be restored: ${describeError(error)}`, {
          cause: error,
        });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Brings the backup into `draft` and looks at all of it. */
async function checked(draft: string, { known, source }: RestoreOptions): Promise<BackupManifest> {
  if (!existsSync(source)) {
    throw new BotError('backup_unusable', `${source} is not there; name a folder or an archive of a backup`);
  }
  if (statSync(source).isDirectory()) {
    const { files } = readManifest(source);
    for (const name of ['manifest.json', ...files.map((file) => file.name)]) {
      copyFileSync(path.join(source, name), path.join(draft, name));
    }
  } else {
    await unpack(source, draft);
  }
  const manifest = readManifest(draft);
  await checkFiles(draft, manifest);
  const { schema } = factsOf(path.join(draft, 'store.sqlite'));
  const unknown = schema.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new BotError(
      'backup_newer',
      `${source} was made by version ${manifest.version}, whose store this version does not know; update the program`,
    );
  }
  return manifest;
}

/** What was true at the time of the backup and is not any more: indexes that were caught up, questions that were open. */
function prepare(file: string, now: Date): void {
  const database = openDatabase(file);
  try {
    const has = (table: string) =>
      database.prepare('select 1 from sqlite_master where name = ?').get(table) !== undefined;
    database.exec('update index_state set revision = 0');
    if (has('settings')) {
      // What comes after has the revisions of what came after the backup: nobody may take one for the other.
      database.exec("delete from settings where name = 'store id'");
      // Digests of these days may have been posted since under another plan.
      database
        .prepare("insert or replace into settings (name, value) values ('restored', ?)")
        .run(now.toISOString());
    }
    if (has('web_posts')) {
      database.exec(
        "update web_posts set post = json_set(post, '$.state', 'failed') where json_extract(post, '$.state') = 'writing'",
      );
    }
    if (has('asked')) {
      // They have been answered since, or waited too long: whoever asked is not answered twice.
      database
        .prepare(
          "update asked set state = 'failed', asker = null, settled_at = ? where state in ('pending', 'removing')",
        )
        .run(now.toISOString());
    }
    database.exec('pragma journal_mode = delete');
  } finally {
    database.close();
  }
}

/** Puts what lies in `draft` in the place of the present data; gives where those lie now. */
function exchange(draft: string, { dataDir, now }: RestoreOptions): string | undefined {
  const store = path.join(dataDir, 'store.sqlite');
  const letGo = holdAlone(store);
  try {
    const aside = existsSync(store) ? path.join(dataDir, `before-restore-${stampOf(now)}`) : undefined;
    if (aside) {
      mkdirSync(aside, { mode: 0o700 });
    }
    for (const name of BACKUP_FILES) {
      const present = path.join(dataDir, name);
      if (aside && existsSync(present)) {
        keep(present, path.join(aside, name));
      }
      if (existsSync(path.join(draft, name))) {
        // In one step: at no moment is there no store.
        renameSync(path.join(draft, name), present);
      }
    }
    for (const name of DERIVED) {
      rmSync(path.join(dataDir, name), { recursive: true, force: true });
    }
    // A log that a damaged store left would be written into the restored one.
    for (const name of ['store.sqlite-wal', 'store.sqlite-shm']) {
      if (aside && existsSync(path.join(dataDir, name))) {
        renameSync(path.join(dataDir, name), path.join(aside, name));
      }
    }
    return aside;
  } finally {
    letGo();
  }
}

/** A second name for the same file, where the disk knows such. */
function keep(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch {
    copyFileSync(file, name);
  }
}

/** Makes the former data a backup; false = they are damaged. */
async function seal(aside: string, { now, version }: RestoreOptions): Promise<boolean> {
  try {
    const facts = factsOf(path.join(aside, 'store.sqlite'));
    await sealFolder(aside, { facts, now, version });
    return true;
  } catch {
    return false;
  }
}
