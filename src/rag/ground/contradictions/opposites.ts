// Words put in the place of their opposites: "retained" for "released", "the youngest" for "the oldest". It counts only
// where no source has the word, and one has its opposite in a sentence about the same.
import type { ReadText } from '../check.js';
import { isSameName } from '../clauses.js';
import { type Span, sentencesIn, telling } from '../pieces.js';
import type { FindContradicted, SourceText } from './contradiction.js';

const OPPOSITES: [RegExp, RegExp][] = [
  [/\b(?:was|were|been|be|is|are) sold\b|\bsold (?:for|to)\b/, /\bunsold\b/],
  [/\bcapped\b/, /\buncapped\b/],
  [/\bfit\b/, /\b(?:unfit|injured|injury)\b/],
  [/\boldest\b/, /\byoungest\b/],
  [/\b(?:highest|biggest|largest)\b/, /\b(?:lowest|smallest)\b/],
  [/\b(?:most expensive|dearest|costliest)\b/, /\b(?:cheapest|least expensive)\b/],
  [/\blongest\b/, /\bshortest\b/],
  [/\bfastest\b/, /\bslowest\b/],
  [/\b(?:best|finest)\b/, /\bworst\b/],
  [/\bretain(?:s|ed)?\b/, /\breleas(?:e|es|ed)\b/],
  [/\bleft - arm(?:er)?\b/, /\bright - arm(?:er)?\b/],
  [/\bleft - hand(?:er|ed)?\b/, /\bright - hand(?:er|ed)?\b/],
  [/\bw[io]ns? the toss\b|\bwinning the toss\b/, /\blos[te]s? the toss\b|\blosing the toss\b/],
  [
    /\b(?:chose|elect(?:ed)?|opt(?:ed)?|decid(?:ed)?|ask(?:ed)?|choosing) to bat\b|\bbat(?:ted|ting)? first\b/,
    /\b(?:chose|elect(?:ed)?|opt(?:ed)?|decid(?:ed)?|ask(?:ed)?|choosing) to (?:bowl|field)\b|\b(?:bowl(?:ed|ing)?|field(?:ed|ing)?) first\b/,
  ],
  [/\b(?:more|greater) than\b/, /\b(?:fewer|less) than\b/],
  [/\bat least\b/, /\bat most\b/],
  [/\b(?:accept(?:s|ed)?|agreed)\b/, /\b(?:reject(?:s|ed)?|declin(?:es|ed)|refus(?:es|ed)|turned down)\b/],
  [/\bconfirm(?:s|ed)?\b/, /\bdeni(?:es|ed)\b/],
  [/\b(?:increas(?:e|ed|es)|rose|risen)\b/, /\b(?:decreas(?:e|ed|es)|fell|fallen|dropped)\b/],
  [/\bwom[ae]n's?\b/, /(?<!\p{L})m[ae]n's?\b/u],
  [/\bdebut\b|\bfirst appearance\b/, /\bfarewell\b|\b(?:last|final) appearance\b/],
  [
    /\b(?:spinner|off - spinner|leg - spinner|spin bowler)s?\b/,
    /\b(?:seamer|fast bowler|pace bowler|quick bowler|paceman)s?\b/,
  ],
  [/\bwinning (?:run|streak)\b/, /\blosing (?:run|streak)\b/],
  [/\bat home\b/, /\baway from home\b/],
  [/\b(?:extended|extends)\b/, /\b(?:cut short|shortened)\b/],
  [/\b(?:leads?|ahead)\b/, /(?<!caught )\bbehind\b(?! the (?:stumps|wicket|scenes))|\btrail(?:s|ed|ing)?\b/],
  [/\bsemi - finals?\b/, /\bquarter - finals?\b/],
];
const NOT = /\b(?:not|never|no|nor|neither|without|cannot)\b|n't\b/;
/** Telling words that the sentence and a source's sentence without names must share. */
const SAME_MATTER = 1;

export const findOpposites: FindContradicted = (said, texts) => {
  const words = wordsOf(said, { start: 0, next: said.tokens.length });
  if (NOT.test(words)) {
    return [];
  }
  const own = telling(said, { start: 0, next: said.tokens.length });
  return OPPOSITES.flatMap(([one, other]) => [
    ...turned(said, texts, own, words, one, other),
    ...turned(said, texts, own, words, other, one),
  ]);
};

function turned(
  said: ReadText,
  texts: SourceText[],
  own: Set<string>,
  words: string,
  mine: RegExp,
  opposite: RegExp,
): Span[] {
  const isSaid = mine.test(words) && !opposite.test(words);
  const isHeld = (text: SourceText) => mine.test(wordsOf(text, { start: 0, next: text.tokens.length }));
  if (!isSaid || texts.some(isHeld)) {
    return [];
  }
  const isAgainst = texts.some((text) =>
    sentencesIn(text.tokens).some((sentence) => {
      const told = wordsOf(text, sentence);
      return opposite.test(told) && !NOT.test(told) && isAbout(said, own, text, sentence);
    }),
  );
  return isAgainst ? [spanOf(said, mine)] : [];
}

/** Where both name somebody it must be the same. */
function isAbout(said: ReadText, own: Set<string>, text: SourceText, sentence: Span): boolean {
  const people = text.names.filter((name) => name.start >= sentence.start && name.next <= sentence.next);
  if (people.length > 0 && said.names.length > 0) {
    return people.some((name) => said.names.some((other) => isSameName(name, other)));
  }
  const words = telling(text, sentence);
  return [...own].filter((word) => words.has(word)).length >= SAME_MATTER;
}

function spanOf({ tokens }: ReadText, pattern: RegExp): Span {
  for (let length = 1; length <= 4; length += 1) {
    for (let start = 0; start + length <= tokens.length; start += 1) {
      if (pattern.test(wordsOf({ tokens }, { start, next: start + length }))) {
        return { start, next: start + length };
      }
    }
  }
  return { start: 0, next: tokens.length };
}

function wordsOf({ tokens }: Pick<ReadText, 'tokens'>, { next, start }: Span): string {
  return tokens
    .slice(start, next)
    .map(({ lower }) => lower)
    .join(' ');
}
