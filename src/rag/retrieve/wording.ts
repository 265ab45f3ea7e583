// What a passage gains by the question's own wording: words that stand side by side there as in the question ("carling
// cup", "last over"). BM25 counts words wherever they stand.
import type { Passage } from '../../domain.js';
import { stems } from '../understand/terms.js';
import type { Query } from '../understand/understand.js';

export interface WordingOptions {
  /** Weight of the question's neighbouring words that stand together, against 1 for the passage's score. */
  pairWeight: number;
}

/** Passages that are read for it; reading one takes some 0.05 ms. */
const READ = 60;

/** Passages (best first, scores 0..1) with their scores anew, 0..1, in the order given. */
export function withWording(
  passages: Passage[],
  { weights }: Pick<Query, 'weights'>,
  { pairWeight }: WordingOptions,
): Passage[] {
  if (pairWeight === 0) {
    return passages;
  }
  const pairs = pairsOf(weights);
  return passages.map((passage, i) => {
    const gain = i < READ ? pairWeight * share(pairs, passage) : 0;
    return { ...passage, score: (passage.score + gain) / (1 + pairWeight) };
  });
}

/** Neighbouring stems of the question, stop-words left out, each pair with the weight of its commoner word. */
function pairsOf(weights: Query['weights']): { pair: string; weight: number }[] {
  const all = [...weights];
  return all.slice(1).map(([stem, weight], i) => {
    const [before, other] = all[i] ?? ['', 0];
    return { pair: `${before} ${stem}`, weight: Math.min(weight, other) };
  });
}

/** Share of the pairs' weight that the passage holds, 0..1. */
function share(pairs: { pair: string; weight: number }[], { header, text }: Passage): number {
  const all = pairs.reduce((sum, { weight }) => sum + weight, 0);
  if (all === 0) {
    return 0;
  }
  const own = stems(`${header} ${text}`);
  const held = new Set(own.map((stem, i) => `${own[i - 1] ?? ''} ${stem}`));
  return pairs.reduce((sum, { pair, weight }) => sum + (held.has(pair) ? weight : 0), 0) / all;
}
