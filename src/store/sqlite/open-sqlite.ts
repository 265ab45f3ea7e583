// Opens the store's file: checks it, and brings its schema up to date. A damaged, foreign or newer file stops the start
// with one line; nothing is repaired silently.
import path from 'node:path';
import { Kysely, Migrator, sql } from 'kysely';
import { BotError, describeError, isBotError } from '../../errors.js';
import { makeFolder } from '../../make-folder.js';
import type { UpgradeBackups } from '../backup/before-upgrade.js';
import { createSqliteDialect, openDatabase, type SqliteFile } from '../dialect.js';
import { migrations } from '../migrations.js';
import type { OpenDatabase } from '../open-database.js';
import type { Schema } from '../schema.js';

/** Errors: `data_dir_unusable`, `store_damaged`, `store_newer`, `disk_full`, `backup_failed`, `store_unusable`. */
export async function openSqlite(folder: string, backups?: UpgradeBackups): Promise<OpenDatabase> {
  const file = path.join(folder, 'store.sqlite');
  const database = openChecked(folder, file);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  try {
    // Migrations that are made side by side land in any order; a store made between two of them takes up both.
    const migrator = new Migrator({ db, provider: migrations, allowUnorderedMigrations: true });
    if (backups && (await isOlder(migrator))) {
      const { backUpBefore } = await import('../backup/before-upgrade.js');
      await backUpBefore(folder, backups);
    }
    const { error } = await migrator.migrateToLatest();
    if (error) {
      throw error;
    }
  } catch (error) {
    await db.destroy();
    throw isBotError(error) ? error : migrationError(file, error);
  }
  return {
    db,
    file,
    clock: () => new Date(),
    onWake: () => () => {},
    async close() {
      // SQLite does this when the last connection closes, but ours lives on until its statements are collected,
      // and whoever copies the file wants all of it. Passive: waits for nobody.
      await sql`pragma wal_checkpoint(passive)`.execute(db);
      await db.destroy();
    },
  };
}

/** Whether it has seen some migrations, and not all. */
async function isOlder(migrator: Migrator): Promise<boolean> {
  const all = await migrator.getMigrations();
  const done = all.filter(({ executedAt }) => executedAt);
  return done.length > 0 && done.length < all.length;
}

function openChecked(folder: string, file: string): SqliteFile {
  makeFolder(folder);
  let database: SqliteFile | undefined;
  try {
    database = openDatabase(file);
    // One page with a bad header opens without a word; only a check finds it.
    const [row] = database.prepare('pragma quick_check(1)').all() as { quick_check: string }[];
    if (row?.quick_check !== 'ok') {
      throw new Error(`malformed: ${row?.quick_check}`);
    }
    return database;
  } catch (error) {
    database?.close();
    throw storeError(file, error);
  }
}

/** Turns what SQLite says into a line with a way out. */
function storeError(file: string, error: unknown): BotError {
  const text = describeError(error);
  if (/malformed|not a database|corrupt/i.test(text)) {
    return new BotError(
      'store_damaged',
      `${file} is damaged (${text}); move it away and run "third-umpire ingest" again, or restore a backup`,
      { cause: error },
    );
  }
  if (/disk is full|ENOSPC/i.test(text)) {
    return new BotError('disk_full', `${file}: the disk is full; free some space and run the command again`, {
      cause: error,
    });
  }
  return new BotError(
    'store_unusable',
    `${file} cannot be used: ${text}; check the folder and its permissions`,
    {
      cause: error,
    },
  );
}

function migrationError(file: string, error: unknown): BotError {
  if (/corrupted migrations|is missing/i.test(describeError(error))) {
    return new BotError(
      'store_newer',
      `${file} was made by a newer version of Third Umpire; update the program`,
      {
        cause: error,
      },
    );
  }
  return storeError(file, error);
}
