// Which articles are news to a question that waits: those that came in after it was asked and that nobody has looked at for
// it, unless they were published long before.
import type { Database } from './schema.js';

/** A report is published some hours before a slow feed shows it. */
const FEED_LAG_MS = 6 * 3_600_000;
/** What is stored can be searched when its round of feeds has ended and it is embedded. */
const INDEX_LAG_MS = 10 * 60_000;

/** Ids, the newest first; [] when the question does not wait any more. */
export async function articlesNewTo(db: Database, watch: string, limit: number): Promise<string[]> {
  const marks = await db
    .selectFrom('watches')
    .select(['from_revision', 'since'])
    .where('id', '=', watch)
    .executeTakeFirst();
  if (!marks) {
    return [];
  }
  const rows = await db
    .selectFrom('chunks')
    .innerJoin('articles', 'articles.id', 'chunks.article_id')
    .select(['articles.id', 'articles.published_at'])
    .distinct()
    .where('chunks.revision', '>', marks.from_revision)
    .where('chunks.deleted', '=', 0)
    .where('articles.published_at', '>', new Date(Date.parse(marks.since) - FEED_LAG_MS).toISOString())
    .orderBy('articles.published_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** The last revision of what could be found at that time, ISO 8601. */
export async function knownAt(db: Database, time: string): Promise<number> {
  const since = new Date(Date.parse(time) - INDEX_LAG_MS).toISOString();
  const { first } = await db
    .selectFrom('chunks')
    .select((e) => e.fn.min('revision').as('first'))
    .where('article_id', 'in', db.selectFrom('articles').select('id').where('found_at', '>', since))
    .executeTakeFirstOrThrow();
  return Math.min(Number(first ?? Number.MAX_SAFE_INTEGER) - 1, await latestRevision(db));
}

/** Of any chunk; 0 = there is none. */
export async function latestRevision(db: Database): Promise<number> {
  const row = await db
    .selectFrom('chunks')
    .select((e) => e.fn.max('revision').as('value'))
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}
