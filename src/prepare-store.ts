// What a newer program, or another setting, makes of what is stored already: done by one process for all on the store,
// before any of them answers.
import type { Article, Chunk, OnProgress } from './domain.js';
import { doOnceForAll } from './open-hold.js';
import type { Held, Hold } from './ops/hold.js';
import type { Store } from './store/open-store.js';

export interface PrepareDeps {
  store: Store;
  hold: Hold;
  chunkArticle: (article: Article) => Promise<Chunk[]>;
  /** The name of the chunking that the chunks are to be of. */
  chunking: string;
}

export async function prepareStore(deps: PrepareDeps, onStories: OnProgress): Promise<void> {
  const { chunking, hold, store } = deps;
  await doOnceForAll(hold, 'rechunk', {
    isDone: async () => (await store.chunks.chunking()) === chunking,
    work: (signal, held) => rechunk(deps, signal, held),
  });
  await doOnceForAll(hold, 'stories', {
    isDone: store.stories.isCurrent,
    work: (signal) => store.stories.catchUp(onStories, signal),
  });
}

/** Chunks made by another chunking are made anew; the articles are all there. */
export async function rechunk(
  { chunkArticle, chunking, store }: PrepareDeps,
  signal?: AbortSignal,
  held?: Held,
): Promise<void> {
  for await (const article of store.articles.all()) {
    signal?.throwIfAborted();
    await store.articles.put(article, await chunkArticle(article), { at: store.clock().toISOString(), held });
  }
  await store.chunks.setChunking(chunking);
}
