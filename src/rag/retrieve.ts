// Finds the passages for a query: by meaning and by words side by side, fused, with no article allowed to
// fill the list. Without an embedder it is lexical alone.
import type { Passage } from '../domain.js';
import { fuse } from './fuse.js';
import type { ChunkSource, Embedder, LexicalIndex, VectorIndex } from './ports.js';
import type { Query } from './understand.js';

export interface RetrieverDeps {
  chunks: Pick<ChunkSource, 'passages'>;
  lexical: Pick<LexicalIndex, 'match'>;
  /** Gives undefined while semantic search is off. */
  dense: () => DenseSearch | undefined;
  /** Told when semantic search fails; words alone answer then. */
  onDenseFailure: (error: unknown) => void;
}

export interface DenseSearch {
  embedder: Pick<Embedder, 'embed'>;
  index: Pick<VectorIndex, 'nearest'>;
}

export interface RetrieverOptions {
  /** How many passages are given at most. */
  limit: number;
  /** How many hits each index is asked for; at least `limit`. */
  candidates: number;
  /** At most so many passages of one article. */
  perArticle: number;
  /** Weight of the dense list, 0..1; the lexical list has the rest. 0 = words alone, 1 = meaning alone. */
  denseWeight: number;
  /** Weight of what the article's best passages score together, 0..1: a chance match stands alone. */
  articleWeight: number;
}

/** Passages of an article that count for `articleWeight`. */
const SUPPORTING = 4;

/** Passages for a query, best first, scores 0..1; none for a query without words. */
export type Retrieve = (query: Query, signal?: AbortSignal) => Promise<Passage[]>;

export function createRetriever(deps: RetrieverDeps, options: RetrieverOptions): Retrieve {
  const { articleWeight, candidates, denseWeight, limit, perArticle } = options;

  /** Undefined = semantic search is off or failed. */
  async function byMeaning({ text }: Query, signal?: AbortSignal) {
    const dense = denseWeight > 0 ? deps.dense() : undefined;
    if (!dense || text.trim() === '') {
      return undefined;
    }
    try {
      const [vector] = await dense.embedder.embed([text], 'question', signal);
      return vector ? await dense.index.nearest(vector, candidates) : [];
    } catch (error) {
      signal?.throwIfAborted();
      deps.onDenseFailure(error);
      return undefined;
    }
  }

  async function byWords({ terms }: Query) {
    return terms.length > 0 ? deps.lexical.match(terms, candidates) : [];
  }

  return async (query, signal) => {
    const [dense, words] = await Promise.all([
      byMeaning(query, signal),
      denseWeight < 1 ? byWords(query) : undefined,
    ]);
    const hits = dense
      ? fuse([
          { hits: words ?? [], weight: 1 - denseWeight },
          { hits: dense, weight: denseWeight },
        ])
      : fuse([{ hits: words ?? (await byWords(query)), weight: 1 }]);
    const passages = await deps.chunks.passages(hits.map((hit) => hit.id));
    const scores = new Map(hits.map((hit) => [hit.id, hit.score]));
    const scored = passages.map((passage) => ({ ...passage, score: scores.get(passage.id) ?? 0 }));
    const ranked = articleWeight > 0 ? supported(scored, articleWeight) : scored;
    return capPerArticle(ranked, perArticle).slice(0, limit);
  };
}

function capPerArticle(passages: Passage[], most: number): Passage[] {
  const taken = new Map<string, number>();
  return passages.filter(({ articleId }) => {
    const count = (taken.get(articleId) ?? 0) + 1;
    taken.set(articleId, count);
    return count <= most;
  });
}

/** Adds to each passage what its article's best ones score together, and keeps scores within 0..1. */
function supported(passages: Passage[], weight: number): Passage[] {
  const counted = new Map<string, number>();
  const support = new Map<string, number>();
  for (const { articleId, score } of passages) {
    const count = (counted.get(articleId) ?? 0) + 1;
    counted.set(articleId, count);
    if (count <= SUPPORTING) {
      support.set(articleId, (support.get(articleId) ?? 0) + score / SUPPORTING);
    }
  }
  return passages
    .map((passage) => {
      const score = (passage.score + weight * (support.get(passage.articleId) ?? 0)) / (1 + weight);
      return { ...passage, score };
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
