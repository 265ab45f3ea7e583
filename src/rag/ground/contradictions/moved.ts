// Figures, days and places moved to another event: "the title in 2023" where the source has the title in 2022 and
// the final in 2023. Both stand there, so what decides is the words around them: those of the sentence stand
// around another figure of the same kind, and none of them around this one.
import type { DateFact, NumberFact } from '../facts.js';
import { isOthersTotal } from '../match-claims.js';
import { bearsOut } from '../match-numbers.js';
import { isClass, keysOf, pieceAt, type Span, sentenceAt, telling } from '../pieces.js';
import { placesIn, placesOf } from '../places.js';
import type { FindContradicted, SourceText } from './contradiction.js';

/** What must speak for the other one; a name, or a word that alone tells two things apart, counts as two. */
const ENOUGH = { beside: 1, apart: 2 };

/** Of two such words one speaks against the other. */
const OPPOSED = [
  ['=won', '=lost'],
  ['=capped', '=uncapped'],
  ['=retain', '=release'],
] as const;

interface Kind<Fact extends Span> {
  factsOf: (text: Parameters<FindContradicted>[0]) => Fact[];
  /** Where the claim may stand in a source; absent = the same. */
  ownOf?: (text: SourceText) => Fact[];
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
  factsOf: ({ names, numbers }) =>
    numbers.filter((fact) => !names.some(({ next, start }) => fact.start >= start && fact.next <= next)),
  isSame: bearsOut,
  isRival: (fact, own) =>
    fact.kind === own.kind &&
    (own.kind === 'ordinal' ? !fact.unit || !own.unit || fact.unit === own.unit : fact.unit === own.unit) &&
    (fact.figure === undefined) === (own.figure === undefined) &&
    fact.isMargin === own.isMargin,
};

const PLACES: Kind<Span & { keys: string[] }> = {
  factsOf: placesIn,
  ownOf: placesOf,
  isSame: (fact, claim) => fact.keys.some((key) => claim.keys.includes(key)),
  isRival: () => true,
};

export const findMoved: FindContradicted = (said, texts) => [
  ...movedOf(DATES, said, texts),
  ...movedOf(NUMBERS, said, texts),
  ...movedOf(PLACES, said, texts),
];

function movedOf<Fact extends Span>(
  { factsOf, isRival, isSame, ownOf = factsOf }: Kind<Fact>,
  said: Parameters<FindContradicted>[0],
  texts: SourceText[],
): Span[] {
  return factsOf(said).filter((claim) => {
    const words = telling(said, pieceAt(said, claim), claim);
    const held = texts.flatMap((text) =>
      ownOf(text)
        .filter((fact) => isSame(fact, claim))
        .map((own) => ({ text, own, rivals: factsOf(text).filter((fact) => !isSame(fact, claim)) })),
    );
    const isElsewhere = ({ own, rivals, text }: (typeof held)[number]) =>
      isOpposed(words, text, own) ||
      rivals.some((rival) => isRival(rival, own) && isNearer(words, text, rival, own));
    return (
      !isOthersTotal(said.tokens, claim.start) && words.size > 0 && held.length > 0 && held.every(isElsewhere)
    );
  });
}

/** "Won two" where the source has "lost two". */
function isOpposed(words: Set<string>, text: SourceText, own: Span): boolean {
  const around = telling(text, pieceAt(text, own), own);
  return OPPOSED.some(([one, other]) =>
    [
      [one, other],
      [other, one],
    ].some(([mine = '', opposite = '']) => {
      const isMine = words.has(mine) && !words.has(opposite);
      return isMine && around.has(opposite) && !around.has(mine);
    }),
  );
}

/** Whether the words stand around the rival, and not one of them around the claim's own figure. */
function isNearer(words: Set<string>, text: SourceText, rival: Span, own: Span): boolean {
  const [home, away] = [own, rival].map(({ start }) => sentenceAt(text.tokens, start)) as [Span, Span];
  const isBeside = home.start === away.start;
  const around = {
    own: telling(text, isBeside ? pieceAt(text, own) : home, own),
    rival: telling(text, isBeside ? pieceAt(text, rival) : away, rival),
  };
  const isFor = (one: Set<string>, other: Set<string>) =>
    [...words].filter((word) => one.has(word) && !other.has(word));
  if (around.own.size === 0 || isFor(around.own, around.rival).length > 0) {
    return false;
  }
  const named = text.names.flatMap(keysOf);
  const timesNamed = (word: string) => named.filter((key) => key === word).length;
  const people = text.names.filter(({ kind }) => kind === 'person').flatMap(keysOf);
  // Where nobody is named it may well be the one who is named around the other.
  const isNameless = !people.some((key) => around.own.has(key));
  const weight = isFor(around.rival, around.own)
    .filter((word) => timesNamed(word) <= 1 && !(isNameless && people.includes(word)))
    .reduce((sum, word) => sum + (isClass(word) || timesNamed(word) === 1 ? 2 : 1), 0);
  return weight >= (isBeside ? ENOUGH.beside : ENOUGH.apart);
}
