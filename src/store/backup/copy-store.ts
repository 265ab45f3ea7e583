// A copy of the store as it is at one moment, made while others read and write: SQLite's VACUUM INTO, which also
// leaves out the free pages, so that no word of what was removed is copied.
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { BotError, describeError } from '../../errors.js';
import { openDatabase, type SqliteFile } from '../dialect.js';

export interface StoreFacts {
  /** Names of the migrations that it has seen, in order. */
  schema: string[];
  /** Rows by table. */
  counts: Record<string, number>;
}

/**
 * Copies the store `from` into the new file `to` and gives the facts of the copy. Holds its thread meanwhile (about a
 * second for 200 MB). Errors: `store_missing`, `backup_failed`.
 */
export function copyStore(from: string, to: string): StoreFacts {
  if (!existsSync(from)) {
    throw new BotError('store_missing', `${from} is not there, so there is nothing to back up`);
  }
  try {
    const database = openDatabase(from);
    try {
      // Not prepared: a statement would keep the connection until it is collected, and the store held.
      database.exec(`vacuum into '${to.replaceAll("'", "''")}'`);
    } finally {
      database.close();
    }
    sync(to);
    return factsOf(to);
  } catch (error) {
    throw new BotError(
      'backup_failed',
      `${from} cannot be copied: ${describeError(error)}; check the space on the disk and the folder's permissions`,
      { cause: error },
    );
  }
}

/** What a store holds, its pages checked; leaves no files beside it. Throws what SQLite says of a damaged one. */
export function factsOf(file: string): StoreFacts {
  const database = openDatabase(file, { readOnly: true });
  try {
    const [check] = rows<{ quick_check: string }>(database, 'pragma quick_check(1)');
    if (check?.quick_check !== 'ok') {
      throw new Error(`malformed: ${check?.quick_check}`);
    }
    const tables = rows<{ name: string }>(
      database,
      "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like 'kysely%'",
    );
    const countOf = (table: string) =>
      rows<{ n: number }>(database, `select count(*) as n from "${table.replaceAll('"', '""')}"`)[0]?.n ?? 0;
    return {
      schema: rows<{ name: string }>(database, 'select name from kysely_migration order by name').map(
        ({ name }) => name,
      ),
      counts: Object.fromEntries(tables.map(({ name }) => [name, countOf(name)])),
    };
  } finally {
    database.close();
  }
}

function rows<Row>(database: SqliteFile, sql: string): Row[] {
  return database.prepare(sql).all() as Row[];
}

/** SQLite leaves it to the system when the copy reaches the disk; a backup must have. */
function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
