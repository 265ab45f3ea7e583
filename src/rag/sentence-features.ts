// How well a sentence answers a question, as a few numbers that a person can read. Their weights are fitted
// by a listwise softmax over the sentences of each question (extractive-weights.ts).
import type { Passage } from '../domain.js';
import { splitSentences } from './sentences.js';
import { stems, words } from './terms.js';
import type { AnswerType, Query } from './understand.js';

/** A sentence of a passage, with what stands around it. */
export interface Candidate {
  text: string;
  /** The sentence before it in the same passage; '' for the first. */
  previous: string;
  passage: Passage;
  /** Rank of the passage, from 0. */
  rank: number;
}

/** Names of the features, in the order of the numbers that `sentenceFeatures` gives. */
export const SENTENCE_FEATURES = [
  'coverage', // share of the query's weight that stands in the sentence, 0..1
  'contextCoverage', // the same with headline and previous sentence, 0..1
  'headlineCoverage', // the same with the headline alone, 0..1
  'answerType', // 1 = holds what the question asks for, -1 = does not, 0 = no expectation
  'passageScore', // how well retrieval liked the passage, 0..1
  'fragment', // 1 = fewer than six words
  'length', // words, 40 and more = 1
] as const;

/** The sentences of the passages, in reading order. */
export function candidatesOf(passages: Passage[]): Candidate[] {
  return passages.flatMap((passage, rank) => {
    const sentences = splitSentences(passage.text).map((sentence) => sentence.trim());
    return sentences.map((text, i) => ({ text, previous: sentences[i - 1] ?? '', passage, rank }));
  });
}

/** One number per entry of SENTENCE_FEATURES. */
export function sentenceFeatures(query: Query, candidate: Candidate): number[] {
  const own = stems(candidate.text);
  const title = stems(candidate.passage.title);
  const length = words(candidate.text).length;
  return [
    coverage(query, own),
    coverage(query, [...own, ...title, ...stems(candidate.previous)]),
    coverage(query, [...own, ...title]),
    matchesType(query, candidate.text),
    candidate.passage.score,
    length < 6 ? 1 : 0,
    Math.min(length, 40) / 40,
  ];
}

/** Share of the query's weight whose stems are among the given ones, 0..1. */
export function coverage({ equivalents, weights }: Query, found: Iterable<string>): number {
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

const NUMBER_WORD =
  /\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|twice|once|double)\b/i;
const YEAR = /\b(19|20)\d\d\b/g;
const TIME =
  /\b(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|week|month|year|season|summer|winter|spring|autumn|(19|20)\d\d)\b/i;
const PLACE = /\b(in|at|to|from) (the )?\p{Lu}/u;
const REASON = /\b(because|after|since|due|as|to)\b/;
/** A capitalised word that does not begin the sentence. */
const NAME = /(?<=[\p{L},;:"'’)] )\p{Lu}[\p{L}'’-]+/gu;

const TYPE_TESTS: Record<Exclude<AnswerType, 'other' | 'news'>, (text: string, query: Query) => boolean> = {
  number: (text) => /\d/.test(text.replace(YEAR, '')) || NUMBER_WORD.test(text),
  when: (text) => TIME.test(text),
  where: (text) => PLACE.test(text),
  why: (text) => REASON.test(text),
  who: (text, { said }) => [...text.matchAll(NAME)].some(([name]) => !said.has(name.toLowerCase())),
};

function matchesType(query: Query, text: string): number {
  if (query.answerType === 'other' || query.answerType === 'news') {
    return 0;
  }
  return TYPE_TESTS[query.answerType](text, query) ? 1 : -1;
}
