// What of a question the passages do not have: the telling words that the passage which fits best lacks. It is
// said when nothing answers, so that people see what to ask differently.
import type { Passage } from '../../domain.js';
import { isStopWord, stems, words } from '../understand/terms.js';
import type { Query } from '../understand/understand.js';
import { holds } from './sentence-features.js';

const MOST_WORDS = 2;

/**
 * A clause that goes on from "none of the passages says": `this and mentions "hospital"`. Words that no passage
 * has come first, then those that the best lacks, each the rarest first; undefined = the best has them all.
 */
export function missingFrom(query: Query, passages: Passage[], best: Passage): string | undefined {
  const anywhere = new Set(passages.flatMap(stemsOf));
  const there = new Set(stemsOf(best));
  const lacking = [...query.weights]
    .filter(([stem]) => !holds(there, stem, query.equivalents))
    .map(([stem, weight]) => {
      return {
        word: asAsked(query.text, stem),
        isNowhere: !holds(anywhere, stem, query.equivalents),
        weight,
      };
    })
    .filter(({ word }) => word !== undefined)
    .sort((a, b) => Number(b.isNowhere) - Number(a.isNowhere) || b.weight - a.weight);
  const named = lacking.slice(0, MOST_WORDS).map(({ word }) => `“${word}”`);
  return named.length > 0 ? `this and mentions ${named.join(' and ')}` : undefined;
}

/** The word of the question with that stem, as it was typed; undefined = it was misspelt there. */
function asAsked(text: string, stem: string): string | undefined {
  return text
    .split(/[^\p{L}\p{N}'’-]+/u)
    .find((token) => words(token).some((word) => !isStopWord(word)) && stems(token).includes(stem));
}

function stemsOf({ publisher, text, title }: Passage): string[] {
  return stems(`${title} ${publisher} ${text}`);
}
