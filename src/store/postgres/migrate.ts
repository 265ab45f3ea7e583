// Brings the schema of a database up to date. Of many replicas that start at once one does it, the others wait; a
// connection of its own, whose statements may take as long as they take.
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import { BotError, describeError, isBotError } from '../../errors.js';
import { MIGRATION_NAMES, migrations } from '../migrations.js';
import type { Database, Schema } from '../schema.js';
import { LOCKS } from '../sql/transactions.js';
import { TABLES } from '../tables.js';
import type { DatabaseAddress } from './address.js';
import { createPool, type DatabaseLimits } from './pool.js';

const MIGRATING = 0;
/** undefined_table. */
const NO_TABLE = '42P01';

/** Whether there is nothing to do: then nobody waits for anybody. */
export async function isUpToDate(db: Database): Promise<boolean> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    const isSame = rows.map(({ name }) => name).join() === MIGRATION_NAMES.join();
    return isSame && (await orderedByLanguage(db)).length === 0;
  } catch (error) {
    if ((error as { code?: unknown }).code === NO_TABLE) {
      return false;
    }
    throw error;
  }
}

/** Errors: those of the pool, `store_newer`, `database_unusable`. */
export async function migratePostgres(address: DatabaseAddress, limits: DatabaseLimits): Promise<void> {
  const pool = createPool(address, { ...limits, connections: 1, statementSeconds: 0 });
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await db.connection().execute(async (connection) => {
      // Held by the session: it ends with it, however that ends.
      await sql`select pg_advisory_lock(${LOCKS}::int, ${MIGRATING}::int)`.execute(connection);
      const migrationTableSchema = await schemaOf(connection, address);
      const migrator = new Migrator({
        ...{ db: connection, provider: migrations, migrationTableSchema },
        allowUnorderedMigrations: true,
      });
      const { error } = await migrator.migrateToLatest();
      if (error) {
        throw told(error, address);
      }
      await orderByBytes(connection);
    });
  } finally {
    await db.destroy();
  }
}

async function schemaOf(db: Database, { shown }: DatabaseAddress): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  const name = rows[0]?.name;
  if (!name) {
    throw new BotError(
      'database_unusable',
      `The ${shown} has no schema to put tables into; make one, or mend its search_path`,
    );
  }
  return name;
}

function told(error: unknown, { shown }: DatabaseAddress): unknown {
  if (isBotError(error) || !/corrupted migrations|is missing/i.test(describeError(error))) {
    return error;
  }
  return new BotError(
    'store_newer',
    `The ${shown} was made by a newer version of Third Umpire; update the program`,
    { cause: error },
  );
}

/**
 * Texts are compared byte by byte, as SQLite does: times and ids are looked for by "later than", and the order of a
 * language, which a database has by default, is another one.
 */
async function orderByBytes(db: Database): Promise<void> {
  const columns = await orderedByLanguage(db);
  for (const table of new Set(columns.map((column) => column.table))) {
    const own = columns.filter((column) => column.table === table).map(({ name }) => sql.ref(name));
    const changes = own.map((column) => sql`alter column ${column} type text collate "C"`);
    await sql`alter table ${sql.table(table)} ${sql.join(changes)}`.execute(db);
  }
}

async function orderedByLanguage(db: Database): Promise<{ table: string; name: string }[]> {
  const { rows } = await sql<{ table: string; name: string }>`
    select c.relname as "table", a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'text'::regtype and a.attcollation <> '"C"'::regcollation
      and c.relname in (${sql.join(TABLES.map(({ name }) => name))})
    order by c.relname, a.attnum`.execute(db);
  return rows;
}
