// The ways in which a text can be read: as it stands, and with the usual disguises undone (f.u.c.k, f u c k, fuuuck,
// k1ll, b!tch). A rule that fits any reading fits the text.
import { plainLetters } from './plain-letters.js';

const LEET = new Map(
  Object.entries({
    0: 'o',
    1: 'i',
    3: 'e',
    4: 'a',
    5: 's',
    7: 't',
    8: 'b',
    '@': 'a',
    $: 's',
    '!': 'i',
    '|': 'i',
    '€': 'e',
    '£': 'l',
    '+': 't',
  }),
);
const LEET_SIGN = /[0134578@$!|€£+]/g;
/** A word in which a sign may stand for a letter; one at its end is punctuation. */
const LEET_WORD = /(?<![\p{L}\p{N}])[\p{L}\d@$!|€£+]*[\p{L}@$][\p{L}\d@$!|€£+]*[\p{L}\d@$]/gu;
/** "500th", "2nd", "t20i", "4x4": figures that are figures. */
const FIGURES = /^(?:\d+\p{L}{0,3}|[a-z]{1,4}\d{2,}[a-z]?|\d+x\d+)$/u;
/** One to two letters, three times or more, with the same kind of sign between: f.u.c.k, k-y-s, fu*ck*er. */
const DOTTED = /(?<![\p{L}\p{N}])(?:\p{L}{1,2}[._\-*~/|]+){2,}\p{L}{1,3}(?![\p{L}\p{N}])/gu;
const SPACED = /(?<![\p{L}\p{N}'])(?:\p{L} ){2,}\p{L}(?![\p{L}\p{N}'])/gu;
const INNER_SIGN = /(?<=\p{L})[._*~|]+(?=\p{L})/gu;
const SPELT: [RegExp, string][] = [
  [/\bcan'?t\b/g, 'can not'],
  [/\bcannot\b/g, 'can not'],
  [/\bwon'?t\b/g, 'will not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|would|could|should|ai)n'?t\b/g, '$1 not'],
  [/(\p{L})'ll\b/gu, '$1 will'],
  [/(\p{L})'re\b/gu, '$1 are'],
  [/(\p{L})'ve\b/gu, '$1 have'],
  [/\bi'?m\b/g, 'i am'],
  [/\byoure\b/g, 'you are'],
  [/(\p{L})'[sd]\b/gu, '$1'],
  [/\b(?:gonna|gunna)\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  [/\bgotta\b/g, 'got to'],
  [/\bu\b/g, 'you'],
  [/\bur\b/g, 'your'],
  [/\bya\b/g, 'you'],
];

/** Each reading once: plain words, a space between them, ` . ` where a sentence ends. */
export function readingsOf(text: string): string[] {
  const plain = plainLetters(text).replace(/[’ʼ`´]/g, "'");
  const open = undotted(plain.replace(LEET_WORD, (word) => (FIGURES.test(word) ? word : undone(word))));
  const tight = open.replace(INNER_SIGN, '');
  const variants = [plain, open, tight, squeezed(tight, 2), squeezed(tight, 1)];
  return [...new Set(variants.map(spelledOut))];
}

/** Words in which letters are masked, as they stand in the text: f**k. */
export function maskedWords(text: string): string[] {
  return text.match(/(?<![\p{L}\p{N}*#%•])\p{L}[\p{L}*#%•]*[*#%•][\p{L}*#%•]*/gu) ?? [];
}

/** How a word of Hindi, Urdu or Bengali in Latin letters sounds: the many spellings of one word are one. */
export function soundOf(word: string): string {
  return word
    .replace(/ee|ii|y(?!$)/g, 'i')
    .replace(/oo|uu/g, 'u')
    .replace(/ay|ey|e$/g, 'e')
    .replace(/ph/g, 'f')
    .replace(/w/g, 'v')
    .replace(/z/g, 'j')
    .replace(/(\p{L})\1+/gu, '$1');
}

function undone(word: string): string {
  return word.replace(LEET_SIGN, (sign) => LEET.get(sign) ?? sign);
}

function undotted(text: string): string {
  const joined = (found: string) => found.replace(/[^\p{L}]/gu, '');
  return text.replace(DOTTED, joined).replace(SPACED, joined);
}

function squeezed(text: string, most: number): string {
  return text.replace(/(\p{L})\1{2,}/gu, (_, letter: string) => letter.repeat(most));
}

function spelledOut(text: string): string {
  const words = SPELT.reduce((result, [pattern, words]) => result.replace(pattern, words), text);
  return words
    .replace(/[.!?;:\n]+(?=\s|$)/g, ' . ')
    .replace(/[^\p{L}\p{M}\p{N}.]+|(?<! )\.|\.(?! )/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
