// How well a sentence answers a question, as a few numbers that a person can read. Their weights are fitted
// by a listwise softmax over the sentences of each question (bench/fit-sentences.mjs).
import { stemmer } from 'stemmer';
import type { Passage } from '../../domain.js';
import { honestText, isQuotable } from '../generate/tampering.js';
import { type AskedFor, askedFor, couldAnswer, holdsForm, holdsKind } from '../understand/asked-for.js';
import { surnamesIn } from '../understand/people.js';
import { stems, words } from '../understand/terms.js';
import type { Query } from '../understand/understand.js';
import { splitSentences } from './sentences.js';

/** A sentence of a passage, with what stands around it. */
export interface Candidate {
  text: string;
  /** The sentence before it in the same passage; '' for the first. */
  previous: string;
  passage: Passage;
  /** Rank of the passage, from 0. */
  rank: number;
  /** The best score from its passage on, 0..1: where the newest come first, they stand above what scores more. */
  standing: number;
}

/** Names of the features, in the order of the numbers that the scorer gives. */
export const SENTENCE_FEATURES = [
  'coverage', // share of the query's weight that stands in the sentence, 0..1
  'contextCoverage', // the same with headline and previous sentence, 0..1
  'headlineCoverage', // the same with the headline alone, 0..1
  'kind', // 1 = holds what the question asks for, -1 = does not, 0 = no expectation
  'standing', // how well retrieval liked the passage, 0..1
  'length', // words, 40 and more = 1; a line of few words gains nothing by it
  'nearness', // how near the question's words stand to a word that could be the answer, 0..1
  'counted', // "how many caps": 1 = a number stands before "caps", -1 = none does, 0 = nothing is counted
  'form', // as kind, for the form of a figure: a sum, a duration, a date
] as const;

/** Words below and above which a sentence's length says nothing more. */
const SHORT = 10;
const LONG = 40;
/** Words on either side over which nearness falls to a half. */
const NEAR = 4;

/** The sentences of the passages that may be quoted, in reading order. */
export function candidatesOf(passages: Passage[]): Candidate[] {
  return passages.flatMap((passage, rank) => {
    const standing = Math.max(...passages.slice(rank).map(({ score }) => score));
    const sentences = splitSentences(honestText(passage.text))
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== '' && isQuotable(sentence));
    return sentences.map((text, i) => ({ text, previous: sentences[i - 1] ?? '', passage, rank, standing }));
  });
}

/** Gives one number per entry of SENTENCE_FEATURES. */
export function createSentenceFeatures(query: Query): (candidate: Candidate) => number[] {
  const asked = askedFor(query.text);
  // A misspelt name is no answer either.
  const said = new Set([...query.said, ...words(query.spelledOut)]);
  const known = new Map<string, Set<string>>();
  const surnamesOf = ({ id, text, title }: Passage) => {
    const found = known.get(id) ?? surnamesIn(`${title}\n${text}`);
    known.set(id, found);
    return found;
  };
  return ({ passage, previous, standing, text }) => {
    const own = stems(text);
    const title = stems(passage.title);
    const length = words(text).length;
    return [
      coverage(query, own),
      coverage(query, [...own, ...title, ...stems(previous)]),
      coverage(query, [...own, ...title]),
      holdsKind(asked, text, said, surnamesOf(passage)),
      standing,
      Math.min(Math.max(length, SHORT), LONG) / LONG,
      nearness(query, asked, text, said),
      holdsCount(asked, text),
      holdsForm(asked, text),
    ];
  };
}

/** Share of the query's weight whose stems are among the given ones, 0..1. */
export function coverage(
  { equivalents, weights }: Pick<Query, 'equivalents' | 'weights'>,
  found: Iterable<string>,
): number {
  const present = new Set(found);
  let all = 0;
  let covered = 0;
  for (const [stem, weight] of weights) {
    all += weight;
    covered += holds(present, stem, equivalents) ? weight : 0;
  }
  return all > 0 ? covered / all : 0;
}

/** Whether a stem is there, or all of those that mean the same. */
export function holds(present: Set<string>, stem: string, equivalents: Query['equivalents']): boolean {
  return present.has(stem) || (equivalents.get(stem)?.every((other) => present.has(other)) ?? false);
}

/** The best, over words that could be the answer, of the query's weight around it, each stem at its nearest. */
function nearness({ weights }: Query, asked: AskedFor, text: string, said: Set<string>): number {
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const tokens = text.split(/\s+/);
  const stemmed = tokens.map((token) => words(token).map((word) => stemmer(word)));
  const places = stemmed.flatMap((found, at) =>
    found.flatMap((stem) => {
      const weight = weights.get(stem);
      return weight === undefined ? [] : [{ at, stem, weight }];
    }),
  );
  let best = 0;
  tokens.forEach((token, at) => {
    const [stem] = stemmed[at] ?? [];
    if (stem === undefined || weights.has(stem) || !couldAnswer(asked, token, said)) {
      return;
    }
    const nearest = new Map<string, number>();
    for (const place of places) {
      const value = place.weight / (1 + Math.abs(place.at - at) / NEAR);
      nearest.set(place.stem, Math.max(value, nearest.get(place.stem) ?? 0));
    }
    best = Math.max(
      best,
      [...nearest.values()].reduce((sum, value) => sum + value, 0),
    );
  });
  return all > 0 ? best / all : 0;
}

/** A number within three words before what is counted. */
function holdsCount({ counted }: AskedFor, text: string): number {
  if (counted.length === 0) {
    return 0;
  }
  const number: AskedFor = { kind: 'number', counted: [] };
  const tokens = text.split(/\s+/);
  const isThere = tokens.some(
    (token, at) =>
      stems(token).some((stem) => counted.includes(stem)) &&
      tokens.slice(Math.max(0, at - 3), at + 1).some((other) => couldAnswer(number, other, new Set())),
  );
  return isThere ? 1 : -1;
}
