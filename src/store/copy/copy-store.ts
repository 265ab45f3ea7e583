// Moves a store from its file into a database: table after table, and at the end every row is compared. Killed at any
// moment, it goes on where it was; the program does not open a database while it is half of a store. The file stays.
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { BotError } from '../../errors.js';
import type { UpgradeBackups } from '../backup/before-upgrade.js';
import { holdAlone } from '../backup/hold-alone.js';
import { COPYING } from '../postgres/half-copied.js';
import { openPostgres, type PostgresOptions } from '../postgres/open-postgres.js';
import type { Database } from '../schema.js';
import { createSharedSecret } from '../shared-secret.js';
import { LOCKS } from '../sql/transactions.js';
import { openSqlite } from '../sqlite/open-sqlite.js';
import { TABLES } from '../tables.js';
import { factsOf, type TableFacts } from './compare.js';
import { type AnyDatabase, copyTable } from './copy-table.js';

/** One copy into a database at a time: the number of its lock. */
const COPIES = 3;

export interface CopyOptions extends PostgresOptions {
  dataDir: string;
  /** Address of the database. */
  url: string;
  backups?: UpgradeBackups | undefined;
  signal?: AbortSignal | undefined;
  onProgress: (name: string, progress: { done: number; total?: number | undefined }) => void;
}

export interface CopiedStore {
  /** The database, as it may be shown. */
  place: string;
  tables: TableFacts[];
}

/**
 * Errors: `store_missing`, `store_busy` (a bot runs on the file), `store_not_empty` (the database has a store already),
 * `copy_differs`, those of `openPostgres`, and the signal's reason.
 */
export async function copyStore(options: CopyOptions): Promise<CopiedStore> {
  const { dataDir, url } = options;
  const file = path.join(dataDir, 'store.sqlite');
  if (!existsSync(file)) {
    throw new BotError('store_missing', `${file} is not there, so there is nothing to copy`);
  }
  holdAlone(file, 'run the copy again')();
  const source = await openSqlite(dataDir, options.backups);
  const target = await openPostgres(url, { ...options, statementSeconds: 0, isCopying: true }).catch(
    async (error: unknown) => {
      await source.close();
      throw error;
    },
  );
  try {
    // Nobody writes into the file meanwhile.
    return await source.db.transaction().execute((from) =>
      target.db.connection().execute(async (to) => {
        // Held by the session that writes: what a killed copy still had under way there has ended.
        await sql`select pg_advisory_lock(${LOCKS}::int, ${COPIES}::int)`.execute(to);
        await begin(to, target.file, `${hostname()}:${path.resolve(file)}`);
        const tables = await copyAll(from, to, options);
        await keepSecret(to, dataDir);
        await to.deleteFrom('settings').where('name', '=', COPYING).execute();
        return { place: target.file, tables };
      }),
    );
  } finally {
    await source.close();
    await target.close();
  }
}

/** Marks the database as half of a store; one that is another store is left alone. */
async function begin(db: Database, place: string, source: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const marked = await transaction
      .insertInto('settings')
      .values({ name: COPYING, value: source })
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .executeTakeFirst();
    if (!marked) {
      return refuseOther(transaction, place, source);
    }
    for (const { name } of TABLES.filter((table) => !['settings', 'counters'].includes(table.name))) {
      if (
        await transaction
          .selectFrom(name)
          .select((e) => e.lit(1).as('one'))
          .limit(1)
          .executeTakeFirst()
      ) {
        throw new BotError(
          'store_not_empty',
          `The ${place} holds a store already; copy into an empty one, or use that one as it is`,
        );
      }
    }
    // A new store begins to count; this one goes on.
    await transaction.deleteFrom('counters').execute();
  });
}

/** Two stores must not become one. */
async function refuseOther(db: Database, place: string, source: string): Promise<void> {
  const { value } = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', COPYING)
    .executeTakeFirstOrThrow();
  if (value !== source) {
    throw new BotError('store_not_empty', `The ${place} holds a part of ${value}, and this is ${source}`);
  }
}

/** What differs at the end was changed between two runs of the copy: then all of it is copied anew, once. */
async function copyAll(from: AnyDatabase, to: AnyDatabase, options: CopyOptions): Promise<TableFacts[]> {
  for (const isLast of [false, true]) {
    for (const table of TABLES) {
      await copyTable(
        from,
        to,
        table,
        (progress) => options.onProgress(table.name, progress),
        options.signal,
      );
      // Without figures of so many new rows PostgreSQL sorts them all for each page that is compared.
      await sql`analyze ${sql.table(table.name)}`.execute(to);
    }
    const tables: TableFacts[] = [];
    const different: string[] = [];
    for (const [i, table] of TABLES.entries()) {
      options.signal?.throwIfAborted();
      options.onProgress('comparing', { done: i, total: TABLES.length });
      const [wanted, found] = await Promise.all([factsOf(from, table), factsOf(to, table)]);
      tables.push(found);
      if (wanted.rows !== found.rows || wanted.sha256 !== found.sha256) {
        different.push(table.name);
      }
    }
    if (different.length === 0) {
      return tables;
    }
    if (isLast) {
      throw new BotError(
        'copy_differs',
        `The copy differs from the file in ${different.join(', ')}; run it again`,
      );
    }
    for (const { name } of TABLES.toReversed()) {
      await (name === 'settings'
        ? to.deleteFrom(name).where('name', '!=', COPYING)
        : to.deleteFrom(name)
      ).execute();
    }
  }
  return [];
}

/** Ids are hashed with it: with another one nobody would be known again. */
async function keepSecret(db: Database, dataDir: string): Promise<void> {
  const file = path.join(dataDir, 'secret');
  if (existsSync(file)) {
    await createSharedSecret(db)(readFileSync(file, 'utf8').trim());
  }
}
