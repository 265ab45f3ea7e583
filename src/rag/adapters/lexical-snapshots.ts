// Copies of the lexical index in a folder that replicas share, from which an empty one starts. A copy counts from the
// moment that its manifest lies beside it, and is used when it is whole, of this store, of this version, no newer than
// the store and filled after its last takedown: whatever else lies there is left aside with one line. One process at a time writes.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BotError, describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { LexicalSnapshots } from '../ports.js';
import { copyIndex, copyWhole, sealed, sweepBeside } from './snapshot-files.js';

const manifestSchema = z.object({
  /** Which store the index is made from, and the version of what stands in the file. */
  store: z.string(),
  version: z.number().int(),
  revision: z.number().int().positive(),
  /** Takedowns of the store after which the index was filled. */
  erased: z.number().int().default(0),
  bytes: z.number().int().positive(),
  sha256: z.string(),
});
type Manifest = z.infer<typeof manifestSchema>;
/** `name` is that of both files, without their endings. */
type Snapshot = Manifest & { name: string };

/** Another replica may be reading the one before the newest. */
const KEPT = 2;
/** Replicas of the version before may start from theirs so long. */
const OTHERS_KEPT_MS = 7 * 24 * 3_600_000;
const NAME = /^lexical-[0-9a-f]{8}(?=\.)/;

export interface SnapshotOptions {
  /** Shared by replicas, also those of other stores: each has a folder in it. */
  folder: string;
  /** The lexical index of this process, and the version of what stands in it. */
  file: string;
  version: number;
  /** Tells this store from others. */
  store: string;
}

export function createLexicalSnapshots({ log }: { log: Log }, options: SnapshotOptions): LexicalSnapshots {
  const { file, store, version } = options;
  const folder = path.join(options.folder, store);
  const at = (name: string) => path.join(folder, name);
  const tell = (name: string, why: string) =>
    log.warn({ file: at(name), why }, 'a snapshot of the lexical index is left aside');

  const unreadable = new Set<string>();
  async function readManifest(name: string): Promise<Snapshot | undefined> {
    try {
      return { ...manifestSchema.parse(JSON.parse(await readFile(at(`${name}.json`), 'utf8'))), name };
    } catch {
      // It is read again and again, and told once.
      if (!unreadable.has(name)) {
        unreadable.add(name);
        tell(`${name}.json`, 'it cannot be read');
      }
      return undefined;
    }
  }

  /** Those with a manifest, newest first. */
  async function list(): Promise<Snapshot[]> {
    const files = await readdir(folder).catch(() => []);
    const names = files.filter((one) => NAME.test(one) && one.endsWith('.json'));
    const found = await Promise.all(names.map((one) => readManifest(one.slice(0, -'.json'.length))));
    return found.filter((one) => one !== undefined).sort((a, b) => b.revision - a.revision);
  }

  function whyNot({ revision, ...snapshot }: Snapshot, latest: number, erased: number): string | undefined {
    if (snapshot.store !== store) {
      return 'it is of another store';
    }
    if (snapshot.version !== version) {
      return 'it was made by another version';
    }
    if (snapshot.erased !== erased) {
      return 'it was not filled after the last takedown';
    }
    return revision > latest ? `its revision ${revision} is newer than the store` : undefined;
  }

  /** Removes all but the newest ones, and what a writer that was killed left. */
  async function sweep(): Promise<void> {
    const all = await list();
    const ours = all.filter((one) => one.version === version);
    const kept = new Set(ours.slice(0, KEPT).map(({ name }) => name));
    for (const { name, version: made } of all) {
      const age = async () => Date.now() - (await stat(at(`${name}.json`))).mtimeMs;
      if (made !== version && (await age()) < OTHERS_KEPT_MS) {
        kept.add(name);
      }
    }
    // The manifests first: a copy without one counts for nothing.
    const files = (await readdir(folder)).sort(
      (a, b) => Number(b.endsWith('.json')) - Number(a.endsWith('.json')),
    );
    for (const one of files) {
      const name = one.match(NAME)?.[0];
      if (name !== undefined && !kept.has(name)) {
        await rm(at(one), { force: true });
      }
    }
  }

  return {
    async forget(erased) {
      const all = await list();
      if (!all.some((one) => one.erased === erased)) {
        await rm(folder, { recursive: true, force: true });
      }
      for (const { name } of all.filter((one) => one.erased !== erased)) {
        await rm(at(`${name}.json`), { force: true });
        await rm(at(`${name}.sqlite`), { force: true });
      }
    },

    newest: async (erased = 0) =>
      (await list()).find((one) => whyNot(one, Number.POSITIVE_INFINITY, erased) === undefined)?.revision ??
      0,

    async fetch(latest, erased = 0) {
      // Another process may begin with the same folder at the same time.
      const to = `${file}.snapshot-${randomUUID().slice(0, 8)}`;
      await sweepBeside(file);
      for (const snapshot of await list()) {
        const why =
          whyNot(snapshot, latest, erased) ?? (await copyWhole(at(`${snapshot.name}.sqlite`), to, snapshot));
        if (why === undefined) {
          return to;
        }
        tell(`${snapshot.name}.sqlite`, why);
      }
      await rm(to, { force: true });
      return undefined;
    },

    async take() {
      try {
        await makeFolder(options.folder);
        await makeFolder(folder);
        await sweep();
        const name = `lexical-${randomUUID().slice(0, 8)}`;
        const facts = await copyIndex(file, at(`${name}.sqlite`));
        const manifest: Manifest = { store, ...facts, ...(await sealed(at(`${name}.sqlite`))) };
        await writeFile(at(`${name}.partial`), JSON.stringify(manifest, null, 2), { flush: true });
        await rename(at(`${name}.partial`), at(`${name}.json`));
        await sweep();
      } catch (error) {
        const why = describeError(error);
        throw new BotError('snapshot_failed', `${folder}: no snapshot could be written (${why})`, {
          cause: error,
        });
      }
    },
  };
}

/** Its parent must be there: a volume that is not mounted is not made up for. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  });
}
