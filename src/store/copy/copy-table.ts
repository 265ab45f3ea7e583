// One table from one database into another, in the order of its keys, so many rows at once: what is there is always all up
// to some key, and a copy that was broken off goes on after it.
import { type Kysely, sql } from 'kysely';
import { COPYING } from '../postgres/half-copied.js';
import { SECRET } from '../shared-secret.js';
import type { Table } from '../tables.js';

// biome-ignore lint/suspicious/noExplicitAny: tables by their names, rows as they are.
export type AnyDatabase = Kysely<any>;
type Row = Record<string, unknown>;

/** A batch is in memory on both sides; an article's text may have a megabyte. */
const ROWS = 500;

/** Rows of `settings` that belong to a database and not to the store in it. */
export const OWN_ROWS = [COPYING, SECRET];

/** Copies what `to` does not have yet; gives how many rows there are in all. */
export async function copyTable(
  from: AnyDatabase,
  to: AnyDatabase,
  table: Table,
  onProgress: (progress: { done: number; total: number }) => void,
  signal?: AbortSignal,
): Promise<number> {
  const total = await countRows(from, table);
  const [last] = await inOrder(to, table, 'desc').limit(1).execute();
  let done = last ? await countRows(to, table) : 0;
  for await (const rows of pages(from, table, last as Row | undefined)) {
    signal?.throwIfAborted();
    await to.insertInto(table.name).values(rows).execute();
    done += rows.length;
    onProgress({ done, total });
  }
  return total;
}

/** All rows after `last` in the order of their keys. */
export async function* pages(db: AnyDatabase, table: Table, last?: Row): AsyncIterable<Row[]> {
  for (let after = last; ; ) {
    const page = inOrder(db, table, 'asc').limit(ROWS);
    const rows = (await (after ? page.where(isAfter(table, after)) : page).execute()) as Row[];
    after = rows.at(-1);
    if (!after) {
      return;
    }
    yield rows;
  }
}

async function countRows(db: AnyDatabase, table: Table): Promise<number> {
  const { n } = await rowsOf(db, table)
    .clearSelect()
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}

function rowsOf(db: AnyDatabase, { name }: Table) {
  const rows = db.selectFrom(name).selectAll();
  return name === 'settings' ? rows.where('name', 'not in', OWN_ROWS) : rows;
}

const inOrder = (db: AnyDatabase, table: Table, way: 'asc' | 'desc') =>
  table.key.reduce((rows, column) => rows.orderBy(column, way), rowsOf(db, table));

const keyOf = ({ key }: Table) => sql`${sql.join(key.map((column) => sql.ref(column)))}`;

const isAfter = (table: Table, row: Row) =>
  sql<boolean>`(${keyOf(table)}) > (${sql.join(table.key.map((column) => row[column]))})`;
