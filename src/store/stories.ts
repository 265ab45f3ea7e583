// Stories: an article with its copies, and the copies of those. Nothing is kept but the links between two
// texts (link-copies.ts); a story is whatever hangs together by links when it is asked for, so it is never
// stale, whatever came, changed or went before. Two own reports of one match are two stories: they
// corroborate each other, copies do not.
import type { Story } from '../domain.js';
import type { LinkCopies } from './link-copies.js';
import type { Database } from './schema.js';
import { inTurn } from './sql/transactions.js';

export interface StoryStore {
  /** The stories of these articles (at most some hundred), by article id; one without copies is absent. */
  of(articleIds: string[]): Promise<Map<string, Story>>;
  /** Whether all that is stored is linked as this version does it. */
  isCurrent(): Promise<boolean>;
  /** Links what was stored before this version could; goes on where it was interrupted. */
  catchUp(onProgress?: (progress: { done: number }) => void, signal?: AbortSignal): Promise<void>;
}

/** Stored marks and links were made by this method; with another name all are made anew. */
const METHOD = 'shingles-1';
const PAGE = 200;

export function createStoryStore(db: Database, linkCopies: LinkCopies): StoryStore {
  return {
    of: (articleIds) => storiesOf(db, articleIds),

    isCurrent: async () => (await readState(db)) === METHOD,

    async catchUp(onProgress, signal) {
      const state = await readState(db);
      if (state === METHOD) {
        return;
      }
      const prefix = `${METHOD} after `;
      let after = state?.startsWith(prefix) ? state.slice(prefix.length) : '';
      let done = 0;
      while (true) {
        signal?.throwIfAborted();
        const ids = await idsAfter(db, after);
        for (const id of ids) {
          await linkStored(db, linkCopies, id);
        }
        done += ids.length;
        const last = ids.at(-1);
        await saveState(db, last === undefined ? METHOD : prefix + last);
        if (last === undefined) {
          return;
        }
        after = last;
        onProgress?.({ done });
      }
    },
  };
}

/** As StoryStore.of. */
export async function storiesOf(db: Database, articleIds: string[]): Promise<Map<string, Story>> {
  const neighbours = await readLinks(db, articleIds);
  if (neighbours.size === 0) {
    return new Map();
  }
  const editions = await db
    .selectFrom('articles')
    .select(['id', 'publisher'])
    .where('id', 'in', [...neighbours.keys()])
    .orderBy('published_at')
    .orderBy('id')
    .execute();
  const stories = new Map<string, Story>();
  for (const articleId of articleIds.filter((id) => neighbours.has(id) && !stories.has(id))) {
    const members = reachable(neighbours, articleId);
    const inOrder = editions.filter(({ id }) => members.has(id));
    const story = {
      id: [...members].sort()[0] ?? articleId,
      articleIds: inOrder.map(({ id }) => id),
      publishers: [...new Set(inOrder.map(({ publisher }) => publisher))],
    };
    for (const id of members) {
      stories.set(id, story);
    }
  }
  return stories;
}

/** All links that can be reached from these articles; articles without any are absent. */
async function readLinks(db: Database, articleIds: string[]): Promise<Map<string, string[]>> {
  const neighbours = new Map<string, string[]>();
  let unread = [...new Set(articleIds)];
  while (unread.length > 0) {
    const rows = await db.selectFrom('copies').selectAll().where('article_id', 'in', unread).execute();
    for (const row of rows) {
      neighbours.set(row.article_id, [...(neighbours.get(row.article_id) ?? []), row.copy_id]);
    }
    unread = [...new Set(rows.map((row) => row.copy_id))].filter((id) => !neighbours.has(id));
  }
  return neighbours;
}

function reachable(neighbours: Map<string, string[]>, start: string): Set<string> {
  const found = new Set([start]);
  for (const id of found) {
    for (const next of neighbours.get(id) ?? []) {
      found.add(next);
    }
  }
  return found;
}

async function idsAfter(db: Database, after: string): Promise<string[]> {
  const rows = await db
    .selectFrom('articles')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  return rows.map((row) => row.id);
}

/** Another process may have deleted the article meanwhile. */
async function linkStored(db: Database, linkCopies: LinkCopies, id: string): Promise<void> {
  await inTurn(db, 'news', async (transaction) => {
    const article = await transaction
      .selectFrom('articles')
      .select(['id', 'text'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (article) {
      await linkCopies(transaction, article, 'known');
    }
  });
}

async function readState(db: Database): Promise<string | undefined> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'stories')
    .executeTakeFirst();
  return row?.value;
}

async function saveState(db: Database, value: string): Promise<void> {
  await db
    .insertInto('settings')
    .values({ name: 'stories', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}
