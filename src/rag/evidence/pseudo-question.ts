// A question that an index cannot answer, made of its own words: a sentence of an article asks for the name that
// it holds, and the article is hidden. How sure the bot is of what it then finds is how sure it is for nothing.

import { searchTerms } from '../understand/terms.js';
import { splitSentences } from './sentences.js';

const FEWEST_WORDS = 10;
const MOST_WORDS = 28;
/** As many as a question of people has. */
const ASKED_WORDS = 7;
/** A capitalised word that does not begin the sentence. */
const NAME = /(?<=\p{Ll},? )\p{Lu}[\p{L}'’-]+/gu;

/** "Quill made 71 for Harbour at Quayside.": "Who Quill made 71 Harbour?"; undefined = no sentence will do. */
export function pseudoQuestion(text: string): string | undefined {
  const fitting = splitSentences(text)
    .map((sentence) => sentence.trim())
    .filter((sentence) => {
      const length = sentence.split(/\s+/).length;
      return length >= FEWEST_WORDS && length <= MOST_WORDS && sentence.search(NAME) >= 0;
    });
  const sentence = fitting[Math.floor(fitting.length / 2)];
  const answer = sentence && [...sentence.matchAll(NAME)].at(-1)?.[0];
  if (!answer) {
    return undefined;
  }
  const tokens = sentence.replace(answer, '').split(/\s+/);
  const telling = tokens.filter((token) => searchTerms(token).length > 0 && isTelling(token));
  return `Who ${telling.slice(0, ASKED_WORDS).join(' ')}?`;
}

/** A stop-word alone comes back as itself; beside another word it does not. */
function isTelling(token: string): boolean {
  return searchTerms(`zzz ${token}`).length > 1;
}
