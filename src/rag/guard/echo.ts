// What a writer was made to say: words that neither its sources nor the question have, or its own instructions. Numbers,
// names and dates are checked elsewhere; a sentence without any ("Stay tuned, friends") claims nothing and would pass.

import { stems } from '../understand/terms.js';
import { plainLetters } from './plain-letters.js';

/** So many words of the instructions in a row are no chance. */
const ECHO_WORDS = 5;
/** Few telling words are mostly the source's own; many leave room for a writer's. */
const FEW = 4;
const SHARE_OF_FEW = 0.51;
const SHARE_OF_MANY = 0.34;

/** Whether enough telling words of a sentence stand in what it rests on. */
export function speaksOf(sentence: string, restsOn: string[]): boolean {
  const told = stems(sentence);
  const known = new Set(restsOn.flatMap(stems));
  const share = told.filter((stem) => known.has(stem)).length / Math.max(1, told.length);
  return told.length > 0 && share >= (told.length <= FEW ? SHARE_OF_FEW : SHARE_OF_MANY);
}

/** Whether a sentence repeats a part of the instructions. */
export function echoes(sentence: string, instructions: string): boolean {
  const words = wordsOf(sentence);
  const given = ` ${wordsOf(instructions).join(' ')} `;
  return words.some(
    (_, at) =>
      at + ECHO_WORDS <= words.length && given.includes(` ${words.slice(at, at + ECHO_WORDS).join(' ')} `),
  );
}

function wordsOf(text: string): string[] {
  return plainLetters(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
