// Opens what the core works with: the store, both indexes and, where its model lies, the reranker. All take their
// time, so all start at once; when one fails, the others must not stay open.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../log.js';
import { openLexicalIndex } from './adapters/lexical.js';
import type { FeedHealth } from './answer/freshness.js';
import { catchUpDense } from './index/catch-up.js';
import type { Switches } from './index/collections.js';
import { fillClaim } from './index/follow-dense.js';
import { type OpenDense, openSemanticSearch, type SemanticSettings } from './open-semantic.js';
import { openSnapshots } from './open-snapshots.js';
import type { Alone, ChunkSource, LexicalIndex, Reranker, VectorSource } from './ports.js';
import type { NameLists } from './understand/names.js';

/** What the core needs of the store, which stays its opener's to close. */
export interface RagStore {
  chunks: ChunkSource;
  vectors: VectorSource;
  switches: Switches;
  /** Whether other machines may use it, too; absent = no. */
  isShared?: boolean | undefined;
  /** How the feeds do; absent = unknown. */
  feedHealth?: (() => Promise<FeedHealth[]>) | undefined;
}

export interface PartsDeps {
  log: Log;
  names: NameLists;
  openStore: () => Promise<RagStore>;
  alone: Alone;
  /** Called as soon as there is something to search by words, while the model still loads; it may fail. */
  rehearse: (parts: [RagStore, LexicalIndex]) => void;
}

export interface PartsSettings {
  dataDir: string;
  /** Folder in which replicas share snapshots of the lexical index; absent = they share none. */
  snapshots?: string | undefined;
  semantic: SemanticSettings;
  /** Folder of a cross-encoder; absent or without a model in it = passages are not rated. */
  reranker?: string | undefined;
}

/** Errors: those of `openLexicalIndex` and `openSemanticSearch`, `model_broken`, and what the store throws. */
export async function openParts(
  { alone, log, names, openStore, rehearse }: PartsDeps,
  settings: PartsSettings,
) {
  const { dataDir, semantic: semanticSettings } = settings;
  const place = { file: path.join(dataDir, 'lexical.sqlite'), namesKey: JSON.stringify(names) };
  const opened = async () => opening[0];
  const never = new AbortController().signal;
  // The embedding model takes the longest, so its thread is the first to start.
  const fill = async (dense: OpenDense) => {
    const store = await opened();
    const filled = await alone(fillClaim(dense.name), never, (signal) =>
      catchUpDense({ ...store, ...dense }, signal),
    );
    return filled !== undefined;
  };
  const openingSemantic = openSemanticSearch({ log, store: opened, fill }, dataDir, semanticSettings);
  const opening = [
    openStore(),
    openLexicalIndex(place.file, place.namesKey),
    openingSemantic,
    openRating(settings),
  ] as const;
  Promise.all([opening[0], opening[1]]).then(rehearse, () => {});
  try {
    const [store, lexical, semantic, reranker] = await Promise.all(opening);
    const { switches } = store;
    const snapshots = await openSnapshots({ log, switches }, { ...place, folder: settings.snapshots });
    return { store, lexical, semantic, reranker, snapshots };
  } catch (error) {
    const [, ...others] = await Promise.allSettled(opening);
    await Promise.all(
      others.flatMap((part) => (part.status === 'fulfilled' && part.value ? [part.value.close()] : [])),
    );
    throw error;
  }
}

async function openRating({ reranker, semantic }: PartsSettings): Promise<Reranker | undefined> {
  if (reranker === undefined || !existsSync(reranker)) {
    return undefined;
  }
  const { hasReranker, openReranker } = await import('./adapters/reranker.js');
  return hasReranker(reranker) ? openReranker(reranker, { threads: semantic.threads }) : undefined;
}
