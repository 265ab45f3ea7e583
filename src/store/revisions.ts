// What articles said before they were changed: live blogs above all, and corrections. Bounded in length and
// number, because a live blog changes a hundred times.
import type { Transaction } from 'kysely';
import type { ArticleRow, Database, Schema } from './schema.js';

export interface ArticleRevision {
  /** From 1, in the order of the changes. */
  ordinal: number;
  /** When the next text replaced this one. */
  replacedAt: string;
  contentHash: string;
  title: string;
  /** The first 20,000 characters. */
  text: string;
}

const LONGEST_TEXT = 20_000;
const MOST_KEPT = 20;

/** Keeps what is about to be replaced. */
export async function keepRevision(
  transaction: Transaction<Schema>,
  old: Pick<ArticleRow, 'id' | 'content_hash' | 'title' | 'text'>,
  replacedAt: string,
): Promise<void> {
  const last = await transaction
    .selectFrom('article_revisions')
    .select((e) => e.fn.max('ordinal').as('ordinal'))
    .where('article_id', '=', old.id)
    .executeTakeFirst();
  const ordinal = Number(last?.ordinal ?? 0) + 1;
  await transaction
    .insertInto('article_revisions')
    .values({
      article_id: old.id,
      ordinal,
      replaced_at: replacedAt,
      content_hash: old.content_hash,
      title: old.title,
      text: old.text.slice(0, LONGEST_TEXT),
    })
    .execute();
  await transaction
    .deleteFrom('article_revisions')
    .where('article_id', '=', old.id)
    .where('ordinal', '<=', ordinal - MOST_KEPT)
    .execute();
}

/** The former texts of an article, the oldest first. */
export async function revisionsOf(db: Database, articleId: string): Promise<ArticleRevision[]> {
  const rows = await db
    .selectFrom('article_revisions')
    .selectAll()
    .where('article_id', '=', articleId)
    .orderBy('ordinal')
    .execute();
  return rows.map((row) => ({
    ordinal: row.ordinal,
    replacedAt: row.replaced_at,
    contentHash: row.content_hash,
    title: row.title,
    text: row.text,
  }));
}
