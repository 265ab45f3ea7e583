// How much a sentence looks like an order to a program: by what orders are made of (order-signs.ts), and by its words, pairs of
// words and runs of letters. Both are weighed by what bench/fit-orders.mjs learned from orders of strangers and real news.
import { createScorer, type Scorer } from '../guard/linear-model.js';
import { plainLetters } from '../guard/plain-letters.js';
import { orderSigns } from './order-signs.js';
import { ORDERS } from './order-weights.js';

/** The same sentence is looked at when it is found, weighed and quoted, and again for the next question. */
const MOST_KNOWN = 20_000;
const known = new Map<string, number>();
let score: Scorer | undefined;

/** Counts are the signs; words are plain, with marks and figures as words of their own. */
export function orderFeatures(sentence: string): { counts: number[]; words: string[] } {
  const words = plainLetters(sentence).match(/[\p{L}\p{M}]+(?:['’]\p{L}+)?|\p{N}+|[^\s\p{L}\p{N}]/gu) ?? [];
  return { counts: orderSigns(sentence), words: words.map((word) => (/\d/.test(word) ? '0' : word)) };
}

/** Above `ORDERS.order` a sentence is an order, whatever stands beside it; above `ORDERS.beside`, if an order stands beside it. */
export function orderScore(sentence: string): number {
  const before = known.get(sentence);
  if (before !== undefined) {
    return before;
  }
  if (known.size >= MOST_KNOWN) {
    known.clear();
  }
  score ??= createScorer(ORDERS);
  const found = score(orderFeatures(sentence));
  known.set(sentence, found);
  return found;
}
