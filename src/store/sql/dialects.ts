// What SQLite and Postgres say differently, in one place. Everything else of the store is one text for both: Kysely writes
// the same statements, JSON and times are texts, and yes and no are 1 and 0.
import { type Kysely, PostgresAdapter, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: migrations have no tables yet, the store has all of them.
type AnyDatabase = Kysely<any>;

export function isPostgres(db: AnyDatabase): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** The type of a column of bytes. */
export function blobType(db: AnyDatabase): RawBuilder<unknown> {
  return sql.raw(isPostgres(db) ? 'bytea' : 'blob');
}

/** A number in a column of JSON, null where there is none. Both names are the program's own. */
export function jsonNumber(db: AnyDatabase, column: string, key: string): RawBuilder<number | null> {
  return sql.raw(
    isPostgres(db) ? `(${column}::json ->> '${key}')::float8` : `json_extract(${column}, '$.${key}')`,
  );
}

/** The same of a text. */
export function jsonText(db: AnyDatabase, column: string, key: string): RawBuilder<string> {
  return sql.raw(isPostgres(db) ? `(${column}::json ->> '${key}')` : `json_extract(${column}, '$.${key}')`);
}

/** SQLite's `like`: letters of either case, `%` and `_`, and no other sign means anything. */
export function isLike(db: AnyDatabase, column: string, pattern: string): RawBuilder<boolean> {
  return isPostgres(db)
    ? sql`${sql.ref(column)} ilike ${pattern} escape ''`
    : sql`${sql.ref(column)} like ${pattern}`;
}

/**
 * Rows to be taken, without those that somebody else is taking at this moment; what was taken a moment ago is looked at
 * again. In SQLite there is nobody else: its writers take turns.
 */
export function notBeingTaken(db: AnyDatabase) {
  // biome-ignore lint/suspicious/noExplicitAny: it changes nothing of what is selected.
  return <Query extends SelectQueryBuilder<any, any, any>>(query: Query): Query =>
    isPostgres(db) ? (query.forUpdate().skipLocked() as Query) : query;
}
