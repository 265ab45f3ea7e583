// Takes articles out of the store: text, chunks (tombstones stay, so that both indexes hear of it), vectors, marks,
// links to copies, former texts, plans to read them again. Two reasons: somebody wants them gone, or they are old.
import type { Transaction } from 'kysely';
import { type Block, domainsOf } from './blocks.js';
import { erasing } from './erasing.js';
import { forgetInDigests } from './forget-digests.js';
import { replaceChunks } from './replace-chunks.js';
import type { ArticleRow, Database, Schema } from './schema.js';
import { isLike } from './sql/dialects.js';
import { inTransaction, inTurn } from './sql/transactions.js';

export interface ArticleRemover {
  /** How many articles a takedown would remove. */
  countMatching(target: Takedown): Promise<number>;
  /**
   * Removes what matches and blocks it, in one transaction; what its feeds said of it goes, too. Gives the number
   * of articles. The bytes are overwritten on disk.
   */
  takeDown(target: Takedown, at: string): Promise<number>;
  /** Removes at most `limit` articles published before `cutoff` (ISO 8601), the oldest first; gives their number. */
  removeOlder(cutoff: string, limit: number): Promise<number>;
  /** Vectors of chunks that went while somebody was embedding them. */
  sweep(): Promise<void>;
}

/** A canonical address, or a host name without "www." that stands for its subdomains, too. */
export type Takedown = Pick<Block, 'kind' | 'value'>;

export function createArticleRemover(db: Database): ArticleRemover {
  return {
    countMatching: async (target) => (await matching(db, target)).length,

    takeDown: (target, at) =>
      erasing(db, () =>
        inTurn(db, 'news', async (transaction) => {
          const found = await matching(transaction, target);
          await removeAll(
            transaction,
            found.map(({ id }) => id),
          );
          // A page is stored under the address that it calls its own, which need not be the one that leads to it.
          const others = target.kind === 'url' ? found.flatMap((row) => [row.canonical_url, row.url]) : [];
          for (const value of new Set([target.value, ...others])) {
            await forgetEntries(transaction, { kind: target.kind, value });
            await forgetQuoted(transaction, { kind: target.kind, value }, at);
            const asked = value === target.value ? null : target.value;
            await transaction
              .insertInto('blocks')
              .values({ kind: target.kind, value, blocked_at: at, articles: found.length, target: asked })
              .onConflict((conflict) => conflict.columns(['kind', 'value']).doNothing())
              .execute();
          }
          await (found.length > 0 ? countErasing(transaction) : undefined);
          return found.length;
        }),
      ),

    removeOlder: (cutoff, limit) =>
      inTurn(db, 'news', async (transaction) => {
        const rows = await transaction
          .selectFrom('articles')
          .select('id')
          .where('published_at', '<', cutoff)
          .orderBy('published_at')
          .limit(limit)
          .execute();
        await removeAll(
          transaction,
          rows.map((row) => row.id),
        );
        return rows.length;
      }),

    async sweep() {
      await inTransaction(db, (transaction) =>
        transaction
          .deleteFrom('vectors')
          .where('chunk_id', 'in', (e) => e.selectFrom('chunks').select('id').where('deleted', '=', 1))
          .execute(),
      );
    },
  };
}

async function removeAll(transaction: Transaction<Schema>, ids: string[]): Promise<void> {
  for (const id of ids) {
    await replaceChunks(transaction, id, []);
    // Marks, links, former texts and plans go with it (foreign keys).
    await transaction.deleteFrom('articles').where('id', '=', id).execute();
  }
}

/** Every index that still holds what it had before is to be made anew, in whichever process. */
async function countErasing(transaction: Transaction<Schema>): Promise<void> {
  await transaction
    .insertInto('counters')
    .values({ name: 'erased', value: 1 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((e) => ({ value: e('counters.value', '+', 1) })),
    )
    .execute();
}

/** Their headlines are kept there. */
async function forgetEntries(transaction: Transaction<Schema>, target: Takedown): Promise<void> {
  const rows = await transaction
    .selectFrom('entries')
    .select('canonical_url')
    .distinct()
    .where(isLike(transaction, 'canonical_url', patternOf(target)))
    .execute();
  for (const { canonical_url: url } of rows.filter((row) => matches(target, row.canonical_url))) {
    await transaction.deleteFrom('entries').where('canonical_url', '=', url).execute();
  }
}

/** An answer and a digest hold the words of what they cite, and so does what stands of them in the console. */
async function forgetQuoted(transaction: Transaction<Schema>, target: Takedown, at: string): Promise<void> {
  const sieve = `%${target.value}%`;
  // Markup may write an ampersand in another way.
  const anyMarkup = sieve.replaceAll('&', '%');
  await forgetInDigests(transaction, anyMarkup, (url) => matches(target, url), at);
  const answers = await transaction
    .selectFrom('answers')
    .select(['question_id', 'citations', 'passages'])
    .where((e) => e.or([isLike(transaction, 'citations', sieve), isLike(transaction, 'passages', sieve)]))
    .execute();
  for (const { citations, passages, question_id: id } of answers) {
    if (names(target, citations) || names(target, passages)) {
      await transaction.deleteFrom('answers').where('question_id', '=', id).execute();
    }
  }
  const posts = await transaction
    .selectFrom('web_posts')
    .select(['id', 'post'])
    .where(isLike(transaction, 'post', sieve))
    .execute();
  for (const { id } of posts.filter((row) => names(target, row.post))) {
    await transaction.deleteFrom('web_posts').where('id', '=', id).execute();
  }
}

/** Whether JSON has a "url" that is to go. */
function names(target: Takedown, json: string): boolean {
  const found = json.matchAll(/"url":(?<url>"(?:[^"\\]|\\.)*")/g);
  return [...found].some(({ groups }) => matches(target, JSON.parse(groups?.['url'] ?? '""') as string));
}

async function matching(
  db: Database,
  target: Takedown,
): Promise<Pick<ArticleRow, 'id' | 'canonical_url' | 'url'>[]> {
  const pattern = patternOf(target);
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'canonical_url', 'url'])
    .where((e) => e.or([isLike(db, 'canonical_url', pattern), isLike(db, 'url', pattern)]))
    .execute();
  return rows.filter((row) => matches(target, row.canonical_url) || matches(target, row.url));
}

/** A first sieve only: an underscore in an address matches any character. */
function patternOf({ kind, value }: Takedown): string {
  return kind === 'url' ? value : `%${value}%`;
}

function matches({ kind, value }: Takedown, url: string): boolean {
  return kind === 'url' ? url === value : domainsOf(url).includes(value);
}
