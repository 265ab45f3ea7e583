// What digests are composed with: the store's articles, the core's summaries and checks, and a thread that compares.
import { createCompose } from './digests/compose.js';
import { openClusterer } from './digests/open-clusterer.js';
import type { Compose } from './digests/ports.js';
import { createWindowReader, type ReadWindow } from './digests/read-window.js';
import { createTellBreaking, type TellBreaking } from './digests/tell-breaking.js';
import type { Passage } from './domain.js';
import { createCiter } from './rag/answer/cite.js';
import { splitSentences } from './rag/evidence/sentences.js';
import type { StoryParts } from './rag/story-parts.js';
import { createNameFinder, type NameLists } from './rag/understand/names.js';
import type { Store } from './store/open-store.js';

export interface Digests {
  compose: Compose;
  /** The stories of a window, for breaking news: it takes none of those away that digests are composed of. */
  readRecent: ReadWindow;
  tellBreaking: TellBreaking;
  close(): Promise<void>;
}

/** Chunks of an article that are read for a digest: news opens with its point. */
const FIRST_CHUNKS = 2;

export function openDigests({
  names,
  stories,
  store,
}: {
  names: NameLists;
  stories: StoryParts;
  store: Pick<Store, 'chunks' | 'digestNews' | 'stories'>;
}): Digests {
  const clusterer = openClusterer();
  const find = createNameFinder(names);
  const findNames = (text: string) => find(text).filter(({ kind }) => kind !== 'word');
  const reading = {
    articlesBetween: store.digestNews.articlesBetween,
    copiesOf: store.stories.of,
    raritiesOf: stories.raritiesOf,
    findNames,
    cluster: clusterer.cluster,
  };
  const telling = {
    summarise: stories.summarise,
    isBorneOut: stories.isBorneOut,
    findNames,
    sentencesOf: splitSentences,
    createCiter,

    async passagesOf(articleIds: string[]) {
      const chunks = await store.digestNews.firstChunks(articleIds, FIRST_CHUNKS);
      const passages = await store.chunks.passages(articleIds.flatMap((id) => chunks.get(id) ?? []));
      const byArticle = new Map<string, Passage[]>(articleIds.map((id) => [id, []]));
      for (const passage of passages) {
        byArticle.get(passage.articleId)?.push(passage);
      }
      return byArticle;
    },
  };
  return {
    compose: createCompose({ ...telling, readWindow: createWindowReader(reading) }),
    readRecent: createWindowReader(reading),
    tellBreaking: createTellBreaking(telling),
    close: clusterer.close,
  };
}
