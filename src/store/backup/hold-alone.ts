// Holds a store so that nobody else has it open: SQLite leaves the write-ahead log only for the sole connection, of
// whatever process, and a process that was killed holds nothing.
import { existsSync } from 'node:fs';
import { BotError, describeError } from '../../errors.js';
import { openDatabase, type SqliteFile } from '../dialect.js';

const WAIT_MS = 1000;

/**
 * Gives what lets it go; `then` is what a person may do when nobody has it. A file that is not there or no database is held by nobody, and can be replaced all the same.
 * Error: `store_busy`.
 */
export function holdAlone(file: string, then = 'restore'): () => void {
  if (!existsSync(file)) {
    return () => {};
  }
  let database: SqliteFile | undefined;
  try {
    database = openDatabase(file);
    database.exec(`pragma busy_timeout = ${WAIT_MS}; pragma locking_mode = exclusive`);
    database.exec('pragma journal_mode = delete; begin exclusive');
  } catch (error) {
    database?.close();
    if (!/locked|busy/i.test(describeError(error))) {
      return () => {};
    }
    throw new BotError(
      'store_busy',
      `${file} is in use: stop the bot and other commands of Third Umpire first, then ${then}`,
      { cause: error },
    );
  }
  const held = database;
  return () => held.close();
}
