// Finds the passages for a query: by meaning and by words side by side, fused, then ranked by what else the
// question says. Without an embedder it is lexical alone.
import type { Passage } from '../../domain.js';
import type { ChunkSource, Embedder, LexicalIndex, Reranker, VectorIndex } from '../ports.js';
import type { Query } from '../understand/understand.js';
import { fuse } from './fuse.js';
import { type RankOptions, rank } from './rank.js';
import { withRatings } from './rerank.js';

export interface RetrieverDeps {
  chunks: Pick<ChunkSource, 'passages'>;
  lexical: Pick<LexicalIndex, 'match'>;
  /** Gives undefined while semantic search is off. */
  dense: () => DenseSearch | undefined;
  /** Told when semantic search fails; words alone answer then. */
  onDenseFailure: (error: unknown) => void;
  /** Absent = the fused scores stand. */
  reranker?: Pick<Reranker, 'rate'> | undefined;
  /** Told when the reranker fails; the fused scores stand then. */
  onRerankFailure?: ((error: unknown) => void) | undefined;
}

export interface DenseSearch {
  embedder: Pick<Embedder, 'embed'>;
  index: Pick<VectorIndex, 'nearest'>;
}

export interface RetrieverOptions extends RankOptions {
  /** How many hits each index is asked for; at least `limit`. */
  candidates: number;
  /** Weight of the dense list, 0..1; the lexical list has the rest. 0 = words alone, 1 = meaning alone. */
  denseWeight: number;
  /** Weight of the reranker's ratings against the fused scores, 0..1; nothing without a reranker. */
  rerankWeight: number;
}

/** Passages for a query, best first, scores 0..1; none for a query without words. */
export type Retrieve = (
  query: Query,
  signal?: AbortSignal,
  /** Ids of the only articles that count; absent = all. */
  articles?: ReadonlySet<string>,
) => Promise<Passage[]>;

/** Of few articles the hits stand far down the lists of all. */
const FEW_ARTICLES_CANDIDATES = 8;

export function createRetriever(deps: RetrieverDeps, options: RetrieverOptions): Retrieve {
  const { candidates, denseWeight } = options;

  /** Undefined = semantic search is off or failed. */
  async function byMeaning({ spelledOut: text }: Query, count: number, signal?: AbortSignal) {
    const dense = denseWeight > 0 ? deps.dense() : undefined;
    if (!dense || text.trim() === '') {
      return undefined;
    }
    try {
      const [vector] = await dense.embedder.embed([text], 'question', signal);
      return vector ? await dense.index.nearest(vector, count) : [];
    } catch (error) {
      signal?.throwIfAborted();
      deps.onDenseFailure(error);
      return undefined;
    }
  }

  async function byWords({ terms }: Query, count: number) {
    return terms.length > 0 ? deps.lexical.match(terms, count) : [];
  }

  return async (query, signal, articles) => {
    const count = articles ? candidates * FEW_ARTICLES_CANDIDATES : candidates;
    const [dense, words] = await Promise.all([
      byMeaning(query, count, signal),
      denseWeight < 1 ? byWords(query, count) : undefined,
    ]);
    const hits = dense
      ? fuse([
          { hits: words ?? [], weight: 1 - denseWeight },
          { hits: dense, weight: denseWeight },
        ])
      : fuse([{ hits: words ?? (await byWords(query, count)), weight: 1 }]);
    const found = await deps.chunks.passages(hits.map((hit) => hit.id));
    const passages = articles ? found.filter(({ articleId }) => articles.has(articleId)) : found;
    const scores = new Map(hits.map((hit) => [hit.id, hit.score]));
    const scored = passages.map((passage) => ({ ...passage, score: scores.get(passage.id) ?? 0 }));
    return rank(await withRatings(scored, query, deps, options, signal), query, options);
  };
}
