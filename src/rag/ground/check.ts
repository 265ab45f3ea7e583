// Whether sources bear out a sentence: every number, name, date and quotation of it must stand in what it
// cites, in whatever notation.
import type { Source } from '../generate/generate.js';
import { daysMeant } from './belonging/days.js';
import { findContradicted } from './contradictions/find-contradicted.js';
import { datesOf, daysIn } from './dates.js';
import type { DateFact, NumberFact } from './facts.js';
import { isNumberBorneOut } from './match-claims.js';
import { isDateBorneOut } from './match-dates.js';
import { isCalledByKind, isNameBorneOut, isOtherBearer } from './match-names.js';
import type { IsName, NameSpan, ReadNames } from './names.js';
import { numbersOf } from './numbers.js';
import { isQuoted, quotationsOf } from './quotations.js';
import { withReckoned } from './reckoned.js';
import { isReckoned } from './sums.js';
import { bare, fold, type Token, tokensOf } from './tokens.js';
import { comparable } from './translate.js';

/**
 * Claims of the sentence, as they stand there, that the sources do not bear out; [] = it is grounded. In another
 * language than English, names count only where they are known or contradict a source: nouns may be capitalised,
 * and countries have other names.
 */
export type FindUngrounded = (sentence: string, sources: Source[], language?: string) => string[];

/** `now` is the moment of the answer, which "today" in a sentence means. */
export function createGroundingCheck(readNames: ReadNames, now: () => Date): FindUngrounded {
  const read = createReader(readNames);
  // A source is read once for all sentences of its answer.
  const known = new WeakMap<Source, ReturnType<typeof readSource>>();
  function textOf(source: Source) {
    const text = known.get(source) ?? readSource(read, source);
    known.set(source, text);
    return text;
  }
  return (sentence, sources, language = 'en') => {
    // A quotation is what it is: "today" in it means the day of the source.
    if (sources.some(({ context }) => context.includes(sentence))) {
      return [];
    }
    const texts = sources.map(textOf);
    const said = read(comparable(sentence, language), (word) =>
      texts.some(({ nameWords }) => nameWords.has(word)),
    );
    const numbers = said.numbers.filter(
      (claim) =>
        isClaim(claim, said.numbers) &&
        !isOfNamed(said, claim) &&
        !isNumberBorneOut(said, claim, texts) &&
        !isReckoned(said, claim, texts) &&
        !daysOf(said, claim).some((day) => isDateBorneOut(day, texts, now())),
    );
    const dates = said.dates.filter(
      (claim) => !isDateBorneOut(claim, texts, now()) && !texts.some((text) => isSpanOf(text, claim)),
    );
    const names = said.names.filter((claim) => {
      const token = said.tokens[claim.start];
      const isMeant = language === 'en' || claim.groups.length > 0 || isOtherBearer(claim, texts);
      const last = said.tokens[claim.next - 1]?.text ?? '';
      return (
        token?.isCapital &&
        isMeant &&
        !isNameBorneOut(claim, token.isFirst, texts) &&
        !texts.some((text) => isCalledByKind(last, text))
      );
    });
    const quotes = quotationsOf(said.folded).filter(
      (quote) => !texts.some(({ folded }) => isQuoted(quote, folded)),
    );
    // The words of the finders are English.
    const contradicted = language === 'en' ? findContradicted(said, texts) : [];
    const words = ({ next, start }: { start: number; next: number }) =>
      said.tokens
        .slice(start, next)
        .map(({ text }) => text)
        .join(' ');
    return [...new Set([...[...numbers, ...dates, ...names, ...contradicted].map(words), ...quotes])];
  };
}

export interface ReadText {
  folded: string;
  tokens: Token[];
  dates: DateFact[];
  numbers: NumberFact[];
  names: NameSpan[];
}

export function createReader(readNames: ReadNames): (text: string, isName?: IsName) => ReadText {
  return (text, isName) => {
    const folded = fold(text);
    const tokens = tokensOf(folded);
    const dates = datesOf(tokens);
    const taken = new Set(dates.flatMap(({ next, start }) => range(start, next)));
    return {
      folded,
      tokens,
      dates,
      numbers: numbersOf(tokens, taken),
      names: readNames(tokens, taken, isName),
    };
  };
}

export function readSource(read: (text: string, isName?: IsName) => ReadText, { context, passage }: Source) {
  const whole = `${passage.title}.\n${context}\n${passage.publisher}.`;
  // "Healy played" opens a sentence like an adverb; that it is a name is known from elsewhere in the text.
  const nameWords = nameWordsOf(read(whole));
  const own = read(whole, (word) => nameWords.has(word));
  const writtenAt = passage.publishedAt ? new Date(passage.publishedAt) : undefined;
  const text = withReckoned(own, writtenAt);
  const words = text.tokens.filter(({ isWord }) => isWord);
  const initials = new Set<string>();
  for (let length = 2; length <= 5; length += 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      initials.add(
        words
          .slice(at, at + length)
          .map(({ lower }) => lower[0])
          .join(''),
      );
    }
  }
  const dates = text.dates.map((date) => ({ ...date, days: writtenAt && daysMeant(date, writtenAt) }));
  return {
    ...text,
    dates,
    body: tokensOf(fold(`${passage.title}.`)).length,
    end: text.tokens.length - tokensOf(fold(`${passage.publisher}.`)).length,
    nameWords,
    writtenAt,
    words: new Set(words.map(({ lower }) => lower.replace(/'s$/, ''))),
    initials,
  };
}

/** Words of names where no sentence begins. */
function nameWordsOf({ names, tokens }: ReadText): Set<string> {
  const inside = names.flatMap(({ next, start }) => tokens.slice(start, next));
  return new Set(inside.filter((token) => token.isCapital && !token.isFirst).map(({ lower }) => bare(lower)));
}

/** The days that a pair with a stroke may be: 19/12 is one, 5/12 may be one after "on". */
function daysOf({ tokens }: ReadText, { kind, next, second, start, value }: NumberFact): DateFact[] {
  const isStroke = kind === 'score' && second !== undefined && tokens[start + 1]?.text === '/';
  const isScore = Math.min(value, second ?? 0) <= 10;
  const isMeant =
    !isScore || /^(?:on|by|from|since|until|till|to|and|or|dated|,)$/.test(tokens[start - 1]?.lower ?? '');
  return isStroke && isMeant ? daysIn(value, second).map((day) => ({ ...day, start, next })) : [];
}

/** "Patidar and Rinku are the two candidates": as many as the sentence names. */
function isOfNamed({ names, tokens }: ReadText, { isSpelt, kind, start, value }: NumberFact): boolean {
  const isListed = /^(?:the|both|these|those|all)$/.test(tokens[start - 1]?.lower ?? '');
  const people = names.filter((name) => name.kind === 'person' && tokens[name.start - 1]?.lower !== 'of');
  return (
    isSpelt === true && kind === 'count' && isListed && value > 1 && people.length >= value && value <= 3
  );
}

/** "bat first" and "at first" rank nothing, "in the second" after a first is the other one; "one" counts what is named. */
function isClaim({ isSpelt, kind, unit, value }: NumberFact, all: NumberFact[]): boolean {
  if (kind === 'ordinal' && isSpelt) {
    const isOther =
      value === 2 && !unit && all.some((other) => other.kind === 'ordinal' && other.value === 1);
    return value !== 1 && !isOther;
  }
  return !(isSpelt && kind === 'count' && value <= 1 && !unit);
}

/** "Six years before" of what is "the first in six years". */
function isSpanOf({ numbers }: ReadText, { gap, yearOffset }: DateFact): boolean {
  return numbers.some(
    ({ unit, value }) =>
      (unit === 'year' && yearOffset !== undefined && Math.abs(yearOffset) > 1 && -yearOffset === value) ||
      (gap !== undefined && ((unit === 'day' && gap === value) || (unit === 'week' && gap === 7 * value))),
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
