// What the core gets of the store, and the claims by which replicas share the work on indexes.
import { feedHealthOf } from './feed-health.js';
import type { Hold } from './ops/hold.js';
import type { RagStore } from './rag/open-parts.js';
import type { Alone } from './rag/ports.js';
import type { Store } from './store/open-store.js';

export function ragStoreOf({ chunks, feeds, sharedSecret, switches, vectors }: Store): RagStore {
  const isShared = sharedSecret !== undefined;
  return { chunks, vectors, switches, isShared, feedHealth: () => feedHealthOf(feeds) };
}

export async function countsOf({ articles, chunks }: Pick<Store, 'articles' | 'chunks'>) {
  const [all, passages, newest] = await Promise.all([
    articles.count(),
    chunks.countChunks(),
    chunks.newestArticle(),
  ]);
  return { articles: all, chunks: passages, newest };
}

export const aloneBy =
  (holding: () => Promise<Hold>): Alone =>
  async (subject, signal, work) =>
    (await holding())({ subject, job: 'index' }, signal, work);
