// Sources that differ. Two publishers tell one thing in nearly the same words and with the same names, and one
// figure is another: an amount, a margin, a share, a number of people. Scores are left alone (they change while
// a match goes on), and so is everything that can be read otherwise: a conflict that is none would be worse
// than one that goes unnoticed.

import { splitSentences } from '../evidence/sentences.js';
import type { Source } from '../generate/generate.js';
import type { ReadText } from '../ground/check.js';
import type { NumberFact } from '../ground/facts.js';
import { bearsOut } from '../ground/match-numbers.js';
import { unitAt } from '../ground/units.js';
import { stems } from '../understand/terms.js';

export interface Conflict {
  /** What they differ on: "the amount". */
  about: string;
  /** The figure of the sentence, as it stands there. */
  ours: string;
  theirs: string;
  source: Source;
}

/** Share of telling words, figures aside, that two sentences about one thing have in common. */
const SAME_MATTER = 0.5;
/** Later news may correct or go on; two reports of one event come close together. */
const SAME_EVENT_MS = 36 * 3_600_000;
/** What is counted while a match goes on. */
const RUNNING = /^(?:run|wicket|ball|over|four|six|innings|goal|point|minute|set)$/;

/** The first source that differs with the sentence; undefined = none surely does. */
export function findConflict(
  sentence: string,
  cited: Source[],
  sources: Source[],
  read: (text: string) => ReadText,
): Conflict | undefined {
  const said = read(sentence);
  const claims = said.numbers.filter(isComparable);
  if (claims.length === 0) {
    return undefined;
  }
  const words = tellingWords(sentence);
  const ownText = read(cited.map(({ context }) => context).join('\n'));
  for (const source of sources.filter((other) => cited.every((own) => isIndependent(own, other)))) {
    const whole = read(source.context);
    for (const rival of splitSentences(source.context)) {
      if (overlap(words, tellingWords(rival)) < SAME_MATTER) {
        continue;
      }
      const other = read(rival);
      const [claim, ...moreClaims] = claims.filter((one) => !holds(whole, one));
      const [fact, ...moreFacts] = other.numbers.filter((one) => isComparable(one) && !holds(ownText, one));
      const isOne =
        claim && fact && moreClaims.length === 0 && moreFacts.length === 0 && isSameMeasure(claim, fact);
      if (isOne && hasSameNames(said, other)) {
        return { about: aboutOf(claim), ours: wordsOf(said, claim), theirs: wordsOf(other, fact), source };
      }
    }
  }
  return undefined;
}

function isComparable({ currency, figure, isMargin, kind, unit }: NumberFact): boolean {
  const isMoney = currency !== undefined || figure !== undefined;
  return (
    kind === 'percent' ||
    (kind === 'count' && (isMoney || isMargin === true || (unit !== undefined && !RUNNING.test(unit))))
  );
}

function isSameMeasure(one: NumberFact, other: NumberFact): boolean {
  const isMoney = [one, other].map(({ currency, figure }) => currency !== undefined || figure !== undefined);
  return (
    one.kind === other.kind &&
    one.unit === other.unit &&
    isMoney[0] === isMoney[1] &&
    Boolean(one.isMargin) === Boolean(other.isMargin) &&
    (!one.currency || !other.currency || one.currency === other.currency)
  );
}

function holds(text: ReadText, claim: NumberFact): boolean {
  return text.numbers.some((fact) => bearsOut(fact, claim));
}

/** Another publisher's own report of the same days. */
function isIndependent(one: Source, other: Source): boolean {
  const [a, b] = [one.passage, other.passage];
  const isClose = Math.abs(Date.parse(a.publishedAt) - Date.parse(b.publishedAt)) <= SAME_EVENT_MS;
  return (
    a.articleId !== b.articleId &&
    a.publisher !== b.publisher &&
    isClose &&
    (a.story?.id ?? 0) !== (b.story?.id ?? 1)
  );
}

/** All names of the one stand in the other: who and against whom is the same. */
function hasSameNames(one: ReadText, other: ReadText): boolean {
  const named = new Set(other.names.flatMap(({ words }) => words));
  const isNamed = ({ groups, words }: ReadText['names'][number]) =>
    named.has(words.at(-1) ?? '') ||
    other.names.some((name) => name.groups.some((group) => groups.includes(group)));
  return one.names.length > 0 && one.names.every(isNamed);
}

function tellingWords(text: string): Set<string> {
  return new Set(stems(text).filter((stem) => !/\d/.test(stem)));
}

function overlap(one: Set<string>, other: Set<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, Math.min(one.size, other.size));
}

function aboutOf({ currency, figure, isMargin, kind, unit }: NumberFact): string {
  if (kind === 'percent') {
    return 'the share';
  }
  if (currency !== undefined || figure !== undefined) {
    return 'the amount';
  }
  return isMargin ? 'the margin' : `the number of ${unit === 'people' ? 'people' : `${unit}s`}`;
}

/** The figure with its currency or with what it counts, as it stands there. */
function wordsOf({ tokens }: ReadText, { currency, next, start }: NumberFact): string {
  const end = currency ? next : (unitAt(tokens, next)?.next ?? next);
  return tokens
    .slice(start, end)
    .map(({ isGlued, text }, i) => (i === 0 || isGlued ? text : ` ${text}`))
    .join('');
}
