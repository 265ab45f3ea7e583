// How much a sentence looks like an order to a program: by what orders are made of (order-signs.ts), and by its words, pairs of
// words and runs of letters. Both are weighed by what bench/fit-orders.mjs learned from orders of strangers and real news.
import { createScorer, type Scorer } from '../guard/linear-model.js';
import { plainLetters } from '../guard/plain-letters.js';
import { orderSigns } from './order-signs.js';
import { ORDERS } from './order-weights.js';
import { remembered } from './remembered.js';

let score: Scorer | undefined;

/** One address is like another: what stands before and around it tells, and not its ending. */
const ADDRESS =
  /(?:https?:\/\/|www\.)\S+|(?:[a-z0-9-]{2,}\.)+(?:com|org|net|info|biz|io|co|app|dev|xyz|site|online|link|click|top|uk|in|au|pk|lk|bd|nz|za|test|example|invalid)\b(?:\/\S*)?/g;

/** How scores and squads are written: "87*", "(c & wk)", "(38.2 ov)". They say nothing, and look like marks and commands. */
const NOTATION =
  /(?<=\d)\*|\s?\((?:c|vc|wk|capt|captain|vice-captain|keeper|wicketkeeper|[\d.]+(?: ?(?:ov|overs|b|balls))?)(?:\s?[&/,]\s?(?:c|vc|wk))?\)/gi;

/** Counts are the signs; words are plain, with marks and figures as words of their own. */
export function orderFeatures(sentence: string): { counts: number[]; words: string[] } {
  const text = sentence.replace(NOTATION, '');
  const plain = plainLetters(text).replace(ADDRESS, ' anaddress ');
  const words = plain.match(/[\p{L}\p{M}]+(?:['’]\p{L}+)?|\p{N}+|[^\s\p{L}\p{N}]/gu) ?? [];
  return { counts: orderSigns(text), words: words.map((word) => (/\d/.test(word) ? '0' : word)) };
}

/** Above `ORDERS.order` a sentence is an order, whatever stands beside it; above `ORDERS.beside`, if an order stands beside it. */
export const orderScore = remembered((sentence: string): number => {
  score ??= createScorer(ORDERS);
  return score(orderFeatures(sentence));
});
