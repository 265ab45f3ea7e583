// Mixes a cross-encoder's ratings into the fused scores, for the best passages alone: rating one takes tens of
// milliseconds of a core (after Nogueira and Cho 2019).
import type { Passage } from '../../domain.js';
import { chunkDocument } from '../index/chunking.js';
import type { Reranker } from '../ports.js';
import type { Query } from '../understand/understand.js';

/** Passages that are rated. */
const RATED = 16;

/** Passages (best first, scores 0..1), best first again; as they were without a reranker or when it fails. */
export async function withRatings(
  passages: Passage[],
  { spelledOut }: Pick<Query, 'spelledOut'>,
  deps: {
    reranker?: Pick<Reranker, 'rate'> | undefined;
    onRerankFailure?: ((error: unknown) => void) | undefined;
  },
  { rerankWeight }: { rerankWeight: number },
  signal?: AbortSignal,
): Promise<Passage[]> {
  const rated = passages.slice(0, RATED);
  if (!deps.reranker || rerankWeight === 0 || rated.length === 0) {
    return passages;
  }
  let ratings: number[];
  try {
    ratings = await deps.reranker.rate(spelledOut, rated.map(chunkDocument), signal);
  } catch (error) {
    signal?.throwIfAborted();
    deps.onRerankFailure?.(error);
    return passages;
  }
  return passages
    .map((passage, i) => {
      const score = (1 - rerankWeight) * passage.score + rerankWeight * (ratings[i] ?? 0);
      return { ...passage, score };
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
