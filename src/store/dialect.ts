// Kysely's SQLite dialect over @photostructure/sqlite, which has the API of node:sqlite and ships prebuilt
// binaries. Two changes to Kysely's own: transactions begin immediate (a deferred one that reads and then
// writes can fail with "busy" at the write, and no timeout helps), and migrations run inside one, so that
// two processes which start together migrate once.
import { DatabaseSync } from '@photostructure/sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { BotError, describeError } from '../errors.js';

/** The package exports the class as a value only. */
export type SqliteFile = InstanceType<typeof DatabaseSync>;

const BUSY_TIMEOUT_MS = 10_000;

/** Opens a database file (made when absent) in WAL mode. Throws what SQLite throws. */
export function openDatabase(file: string, options: { readOnly?: boolean } = {}): SqliteFile {
  const database = new DatabaseSync(file, { readOnly: options.readOnly ?? false, timeout: BUSY_TIMEOUT_MS });
  try {
    if (!options.readOnly) {
      database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on');
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** A Kysely dialect over an open database. */
export function createSqliteDialect(database: SqliteFile): Dialect {
  const config = { database: asKyselyDatabase(database) };
  class ImmediateDriver extends SqliteDriver {
    override async beginTransaction(connection: DatabaseConnection): Promise<void> {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    }
    override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
      // A full disk has rolled back already; a second rollback would hide why.
      if (database.isTransaction) {
        await super.rollbackTransaction(connection);
      }
    }
  }
  class TransactionalAdapter extends SqliteAdapter {
    override get supportsTransactionalDdl(): boolean {
      return true;
    }
  }
  class ImmediateDialect extends SqliteDialect {
    override createDriver(): SqliteDriver {
      return new ImmediateDriver(config);
    }
    override createAdapter(): SqliteAdapter {
      return new TransactionalAdapter();
    }
  }
  return new ImmediateDialect(config);
}

type Statement = ReturnType<SqliteDatabase['prepare']>;
/** Statements kept, the last ones asked for: some hundred are written out in the program, lists of ids vary. */
const MOST_KEPT = 200;

type SqlValue = null | number | bigint | string | Uint8Array;

/** Kysely expects better-sqlite3's statements: parameters as one array, and `reader` = gives rows. */
function asKyselyDatabase(database: SqliteFile): SqliteDatabase {
  const kept = new Map<string, Statement>();

  function prepare(sql: string): Statement {
    const statement = database.prepare(sql);
    const values = (parameters: ReadonlyArray<unknown>) => parameters.map(whole) as SqlValue[];
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => telling(() => statement.all(...values(parameters))),
      run: (parameters) => telling(() => statement.run(...values(parameters))),
      // Of its own: one that is left half read would hold its snapshot for as long as it is kept.
      iterate: (parameters) => database.prepare(sql).iterate(...values(parameters)),
    } as Statement;
  }

  return {
    close: () => database.close(),
    // Reading the text of a statement costs more than running most of them.
    prepare(sql) {
      const statement = kept.get(sql) ?? prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      for (const oldest of kept.size > MOST_KEPT ? kept.keys() : []) {
        kept.delete(oldest);
        break;
      }
      return statement;
    },
  };
}

/** The package cuts a string at its first NUL; HTML's own rule for one is U+FFFD. */
function whole(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

/** Names the one failure that a person must mend at once. Error: `disk_full`. */
function telling<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (/disk is full/i.test(describeError(error))) {
      throw new BotError(
        'disk_full',
        'The disk is full; free some space and run the command again, nothing is lost',
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}
