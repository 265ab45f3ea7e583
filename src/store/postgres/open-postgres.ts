// Opens the store in a database of PostgreSQL, for any number of processes on any number of machines.
import {
  HandleEmptyInListsPlugin,
  Kysely,
  PostgresDialect,
  replaceWithNoncontingentExpression,
} from 'kysely';
import type { Log } from '../../log.js';
import type { OpenDatabase } from '../open-database.js';
import type { Schema } from '../schema.js';
import { readAddress } from './address.js';
import { openDatabaseClock } from './clock.js';
import { refuseHalfCopied } from './half-copied.js';
import { createListening } from './listen.js';
import { isUpToDate, migratePostgres } from './migrate.js';
import { createPool, type DatabaseLimits } from './pool.js';

export interface PostgresOptions extends DatabaseLimits {
  log?: Log | undefined;
  /** It may be half of a store: the copy goes on. */
  isCopying?: boolean | undefined;
}

/**
 * Errors: `database_url_invalid`, `database_unreachable`, `database_refused`, `database_missing`, `database_unusable`,
 * `store_newer`, `store_half_copied`, `disk_full`. Once it is open, whatever is asked fails with these while the database is lost.
 */
export async function openPostgres(url: string, options: PostgresOptions): Promise<OpenDatabase> {
  const address = readAddress(url);
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: createPool(address, options) }),
    // To SQLite an empty list is a list.
    plugins: [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
  });
  try {
    if (!(await isUpToDate(db))) {
      await migratePostgres(address, options);
    }
    if (!options.isCopying) {
      await refuseHalfCopied(db, address.shown);
    }
    const clock = await openDatabaseClock(db);
    const listening = createListening(address, options.connectSeconds);
    return {
      ...{ db, file: address.shown, clock, onWake: listening.onWake },
      async close() {
        await listening.close();
        await db.destroy();
      },
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
