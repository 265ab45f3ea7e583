// Figures, days and places moved to another event: "the title in 2023" where the source has the title in 2022 and
// the final in 2023. Both stand there, so what decides is the words around them: those of the sentence stand
// around another figure of the same kind, and none of them around this one.

import type { DateFact, NumberFact } from '../facts.js';
import { bearsOut } from '../match-numbers.js';
import { isClass, keysOf, pieceAt, type Span, sentenceAt, telling } from '../pieces.js';
import { placesOf } from '../places.js';
import type { FindContradicted, SourceText } from './contradiction.js';

/** What must speak for the other one, where both stand in one sentence and where they do not. */
const ENOUGH = { beside: 1, apart: 2 };

interface Kind<Fact extends Span> {
  factsOf: (text: Pick<SourceText, 'tokens' | 'names' | 'dates' | 'numbers'>) => Fact[];
  isSame: (fact: Fact, claim: Fact) => boolean;
  /** Whether a fact that is not the same tells the same of another event. */
  isRival: (fact: Fact, own: Fact) => boolean;
}

const DATES: Kind<DateFact> = {
  factsOf: ({ dates }) =>
    dates.filter(({ gap, minutes, offset }) => (gap ?? minutes ?? offset) === undefined),
  isSame: (fact, claim) =>
    fact.weekday === claim.weekday &&
    fact.day === claim.day &&
    fact.month === claim.month &&
    fact.yearOffset === claim.yearOffset &&
    (fact.year === claim.year || (claim.day !== undefined && (!fact.year || !claim.year))),
  isRival: (fact, own) =>
    (['weekday', 'day', 'year'] as const).some((part) => own[part] !== undefined && fact[part] !== undefined),
};

const NUMBERS: Kind<NumberFact> = {
  factsOf: ({ numbers }) => numbers,
  isSame: bearsOut,
  isRival: (fact, own) =>
    fact.kind === own.kind &&
    (own.kind === 'ordinal' ? !fact.unit || !own.unit || fact.unit === own.unit : fact.unit === own.unit) &&
    (fact.figure === undefined) === (own.figure === undefined) &&
    fact.isMargin === own.isMargin,
};

const PLACES: Kind<Span & { keys: string[] }> = {
  factsOf: placesOf,
  isSame: (fact, claim) => fact.keys.some((key) => claim.keys.includes(key)),
  isRival: () => true,
};

export const findMoved: FindContradicted = (said, texts) => [
  ...movedOf(DATES, said, texts),
  ...movedOf(NUMBERS, said, texts),
  ...movedOf(PLACES, said, texts),
];

function movedOf<Fact extends Span>(
  { factsOf, isRival, isSame }: Kind<Fact>,
  said: SourceText | Parameters<FindContradicted>[0],
  texts: SourceText[],
): Span[] {
  return factsOf(said).filter((claim) => {
    const words = telling(said, pieceAt(said, claim), claim);
    const held = texts.flatMap((text) => {
      const facts = factsOf(text);
      return facts.filter((fact) => isSame(fact, claim)).map((own) => ({ text, facts, own }));
    });
    const isElsewhere = ({ facts, own, text }: (typeof held)[number]) =>
      facts.some(
        (rival) => !isSame(rival, claim) && isRival(rival, own) && isNearer(words, text, rival, own),
      );
    return words.size > 0 && held.length > 0 && held.every(isElsewhere);
  });
}

/** Whether the words stand around the rival, and not one of them around the claim's own figure. */
function isNearer(words: Set<string>, text: SourceText, rival: Span, own: Span): boolean {
  const sentence = sentenceAt(text.tokens, own.start);
  const isBeside = sentence.start === sentenceAt(text.tokens, rival.start).start;
  const around = {
    own: telling(text, isBeside ? pieceAt(text, own) : sentence, own),
    rival: telling(text, pieceAt(text, rival), rival),
  };
  const isFor = (one: Set<string>, other: Set<string>) =>
    [...words].filter((word) => one.has(word) && !other.has(word));
  if (around.own.size === 0 || isFor(around.own, around.rival).length > 0) {
    return false;
  }
  const named = text.names.flatMap(keysOf);
  const isTopic = (word: string) => named.filter((key) => key === word).length > 1;
  const weight = isFor(around.rival, around.own)
    .filter((word) => !isTopic(word))
    .reduce((sum, word) => sum + (isClass(word) ? 2 : 1), 0);
  return weight >= (isBeside ? ENOUGH.beside : ENOUGH.apart);
}
