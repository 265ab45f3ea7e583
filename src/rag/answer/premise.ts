// What a question takes for granted, against the sentence that answers it best: "Did Lyon take his 500th wicket in
// Sydney?" is contradicted by "Lyon took his 500th wicket in Perth". Rarely and surely: the people and teams must be
// the same, something must tie both to one event (an ordinal, a price, a result of the same sides), and exactly one
// place, day or figure of the question must be another one there. A question without a claim is never contradicted.
import type { Clock, Passage } from '../../domain.js';
import type { ReadText } from '../ground/check.js';
import { isSameName } from '../ground/clauses.js';
import { findTurnedResults } from '../ground/contradictions/results.js';
import type { NumberFact } from '../ground/facts.js';
import { isDateBorneOut } from '../ground/match-dates.js';
import { bearsOut } from '../ground/match-numbers.js';
import { telling } from '../ground/pieces.js';
import { placesIn } from '../ground/places.js';

export interface Told {
  text: string;
  passage: Passage;
}

/** The sentence that surely contradicts what the question takes for granted; undefined = none does. */
export type FindPremiseContradicted = (question: string, sentences: Told[]) => Told | undefined;

/** Questions that claim something; "who", "where" and "how many" ask for it. */
const CLAIMS =
  /^(?:(?:so|but|and),? )*(?:did|was|were|is|are|has|have|had|does|do|why|when|how come|how did|how was|is it true)\b/i;
const DENIES = /\b(?:not|never|no)\b|n['’]t\b/i;
const EVENTS = /\b(?:tests?|odis?|t20i?s?|matche?s?|games?|final|semi-final|series)\b/i;
/** Share of the question's telling words, its claim aside, that the sentence must hold. */
const SAME_MATTER = 0.6;

export function createPremiseCheck(read: (text: string) => ReadText, clock: Clock): FindPremiseContradicted {
  return (question, sentences) => {
    if (!CLAIMS.test(question.trim()) || DENIES.test(question)) {
      return undefined;
    }
    const said = read(question.trim().replace(/\?*$/, '.'));
    return sentences.find(({ passage, text }) => {
      const told = read(text);
      const title = read(`${passage.title}.`);
      const writtenAt = passage.publishedAt ? new Date(passage.publishedAt) : undefined;
      const isTurned =
        EVENTS.test(question) &&
        findTurnedResults(said, [{ ...told, body: 0, end: told.tokens.length }]).length > 0;
      const others = [
        ...otherPlaces(said, told),
        ...otherNumbers(said, told),
        ...otherDates(said, told, writtenAt, clock()),
      ];
      return (
        isSameCast(said, told, title, others) &&
        isSameMatter(said, told, others) &&
        (isTurned ? others.length === 0 : others.length === 1 && isTied(said, told, others))
      );
    });
  };
}

interface Span {
  start: number;
  next: number;
}

/** A place of the question that the sentence does not name, where it names exactly one other. */
function otherPlaces(said: ReadText, told: ReadText): Span[] {
  const places = placesIn(told);
  const keys = new Set(told.names.flatMap(({ homes, words }) => [...homes, words.join(' '), ...words]));
  const isThere = ({ keys: own }: { keys: string[] }) =>
    own.some((key) => keys.has(key) || places.some((place) => place.keys.includes(key)));
  return places.length === 1 ? placesIn(said).filter((place) => !isThere(place)) : [];
}

/** A rank, a price or a margin of the question where the sentence has exactly one other of its kind. */
function otherNumbers(said: ReadText, told: ReadText): Span[] {
  return said.numbers.filter((claim) => {
    const same = told.numbers.filter((fact) => isSameMeasure(fact, claim));
    return same.length === 1 && !told.numbers.some((fact) => bearsOut(fact, claim));
  });
}

function isSameMeasure(fact: NumberFact, claim: NumberFact): boolean {
  const isRank =
    claim.kind === 'ordinal' && claim.value > 12 && fact.kind === 'ordinal' && fact.unit === claim.unit;
  const isPrice = claim.figure !== undefined && fact.figure !== undefined;
  return isRank || isPrice || (claim.isMargin === true && fact.isMargin === true && fact.unit === claim.unit);
}

/** A weekday or a day of the question that is not the sentence's, which names one itself. */
function otherDates(said: ReadText, told: ReadText, writtenAt: Date | undefined, now: Date): Span[] {
  const days = told.dates.filter(({ day, offset, weekday }) => (day ?? offset ?? weekday) !== undefined);
  return days.length === 1
    ? said.dates.filter(
        (claim) =>
          (claim.day !== undefined || claim.weekday !== undefined) &&
          !isDateBorneOut(claim, [{ dates: told.dates, writtenAt }], now),
      )
    : [];
}

/** Everybody whom the question names stands in the sentence, or one of them in its headline. */
function isSameCast(said: ReadText, told: ReadText, title: ReadText, others: Span[]): boolean {
  const cast = said.names.filter(
    ({ kind, start }) => kind !== 'other' && !others.some((other) => other.start === start),
  );
  const isIn = (text: ReadText) => (name: ReadText['names'][number]) =>
    text.names.some((other) => isSameName(name, other));
  const isFigure = said.numbers.some(({ start }) => others.some((other) => other.start === start));
  // Where somebody else is named, the figure may be his.
  const isOthers = told.names.some(
    (name) => name.kind === 'person' && !said.names.some((own) => isSameName(own, name)),
  );
  return (
    !(isFigure && isOthers) &&
    cast.length > 0 &&
    cast.some(isIn(told)) &&
    cast.every((name) => isIn(told)(name) || isIn(title)(name))
  );
}

function isSameMatter(said: ReadText, told: ReadText, others: Span[]): boolean {
  const own = telling(told, { start: 0, next: told.tokens.length });
  const [other] = others;
  const asked = [...telling(said, { start: 0, next: said.tokens.length }, other)].filter(
    (word) => !/^\d/.test(word) && !/^(?:did|why|when|how)$/.test(word),
  );
  const shared = asked.filter((word) => own.has(word));
  return asked.length > 1 && shared.length / asked.length >= SAME_MATTER;
}

/** A rank, price or result that both tell, the other claim aside; or the claim is such a figure itself. */
function isTied(said: ReadText, told: ReadText, others: Span[]): boolean {
  const isFigure = said.numbers.some((claim) => others.some(({ start }) => start === claim.start));
  const isRare = ({ figure, kind, value }: NumberFact) =>
    figure !== undefined || kind === 'score' || (kind === 'ordinal' && value > 12);
  return (
    isFigure ||
    said.numbers.some((claim) => isRare(claim) && told.numbers.some((fact) => bearsOut(fact, claim)))
  );
}
