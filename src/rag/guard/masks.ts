// Swear words with letters hidden: f**k.
import { maskedWords } from './readings.js';

/** Words that are masked, too, without being swear words. */
const MASKED = [
  'kill',
  'killed',
  'stab',
  'shoot',
  'rape',
  'raped',
  'murder',
  'suicide',
  'hang',
  'bomb',
  'burn',
  'dead',
  'die',
];

/** Gives a text with its masked words in full, where one of `words` fits. */
export function createUnmasker(words: string[]): (text: string) => string {
  const masks = new Map<number, string[]>();
  for (const word of new Set([...words, ...MASKED])) {
    masks.set(word.length, [...(masks.get(word.length) ?? []), word]);
  }
  return (text) =>
    maskedWords(text).reduce((result, masked) => {
      const whole = masks.get(masked.length)?.find((word) => isMaskOf(masked.toLowerCase(), word));
      return whole ? result.replace(masked, whole) : result;
    }, text);
}

/** "f**k" of "fuck": every letter that stands there is right, and each mask hides one. */
function isMaskOf(masked: string, word: string): boolean {
  return (
    masked.length === word.length && [...masked].every((sign, at) => /[*#%•]/.test(sign) || sign === word[at])
  );
}
