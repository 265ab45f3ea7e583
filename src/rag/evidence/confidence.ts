// Whether the passages are likely to answer the question at all. Several weak signals together tell it better
// than any one. They are of two kinds. A short question asks for one fact: the best sentence must hold it, and
// a question that the articles do not answer usually misses one telling word, or a number, there. A long one
// compares or joins what several reports say: no sentence answers it, but its words, names and meaning are
// found among the passages. The longer the question, the more the second kind counts.

import type { Passage } from '../../domain.js';
import { isStopWord, stems, words } from '../understand/terms.js';
import type { Query } from '../understand/understand.js';
import { CONFIDENCE_WEIGHTS } from './extractive-weights.js';
import type { RankedSentence } from './select-sentences.js';
import { coverage, holds } from './sentence-features.js';

/** Signals that one sentence answers, in the order of the numbers that `factSignals` gives. */
export const FACT_SIGNALS = [
  'score', // of the best sentence
  'margin', // the same minus that of the best one of another article, 0..10
  'missing', // weight of the rarest query word that the passage lacks, by the rarest of all, 0..1
  'numberMissing', // 1 = the question names a number that the passage lacks
  'kind', // as in SENTENCE_FEATURES
] as const;

/** Signals that the topic is covered, in the order of the numbers that `topicSignals` gives. */
export const TOPIC_SIGNALS = [
  'bestCoverage', // share of the query's weight in the best sentence's passage and headline, 0..1
  'topCoverage', // in the first three passages together, 0..1
  'names', // share of the question's capitalised words that the passages hold, 0..1
  'scores', // mean passage score of the first five, 0..1
  'closeness', // mean cosine of the first five passages; left out without a model
] as const;

/** The margin where there is no other article, which tells nothing: about the middle of what is seen. */
const NO_RIVAL = 2;
/** Telling words up to which a question is all fact, and from which on it is all topic. */
const FACT_WORDS = 10;
const TOPIC_WORDS = 20;

export interface Weighed {
  query: Query;
  passages: Passage[];
  /** Best first; at least one. */
  ranked: RankedSentence[];
  /** Cosines of the first passages with the question; absent = no model. */
  closeness?: number[] | undefined;
}

/** Log odds that the passages answer; `shift` is taken from those of a fact (calibrate.ts). */
export function logOddsOf(weighed: Weighed, shift = 0): number {
  const kind = weighed.closeness ? 'meaning' : 'words';
  const { fact, topic } = CONFIDENCE_WEIGHTS[kind];
  const share = topicShare(weighed.query);
  const odds = ({ bias, weights }: { bias: number; weights: number[] }, signals: number[]) =>
    signals.reduce((sum, signal, i) => sum + signal * (weights[i] ?? 0), bias);
  return (
    (1 - share) * (odds(fact, factSignals(weighed)) - shift) + share * odds(topic, topicSignals(weighed))
  );
}

/** 0 = the question asks for one fact, 1 = it is about several reports. */
export function topicShare({ weights }: Query): number {
  return Math.min(1, Math.max(0, (weights.size - FACT_WORDS) / (TOPIC_WORDS - FACT_WORDS)));
}

/** One number per entry of FACT_SIGNALS. */
export function factSignals({ query, ranked }: Weighed): number[] {
  const [best] = ranked;
  if (!best) {
    return FACT_SIGNALS.map(() => 0);
  }
  const { passage } = best.candidate;
  const whole = `${passage.title} ${passage.text}`;
  const numbers = words(query.text).filter((word) => /^\d+$/.test(word));
  const said = new Set(words(whole));
  const rival = ranked.find(({ candidate }) => candidate.passage.articleId !== passage.articleId);
  return [
    best.score,
    rival ? Math.min(Math.max(best.score + best.gain - rival.score, 0), 10) : NO_RIVAL,
    missingWeight(query, new Set(stems(whole))),
    numbers.some((number) => !said.has(number)) ? 1 : 0,
    best.features[3] ?? 0,
  ];
}

/** One number per entry of TOPIC_SIGNALS; without the last when no model compared the passages. */
export function topicSignals({ closeness, passages, query, ranked }: Weighed): number[] {
  const best = ranked[0]?.candidate.passage;
  const first = passages.slice(0, 5);
  const everywhere = new Set(passages.flatMap(stemsOf));
  const names = namesIn(query);
  return [
    best ? coverage(query, stemsOf(best)) : 0,
    coverage(query, passages.slice(0, 3).flatMap(stemsOf)),
    share(names, (stem) => holds(everywhere, stem, query.equivalents)),
    mean(first.map(({ score }) => score)),
    ...(closeness ? [mean(closeness.slice(0, 5))] : []),
  ];
}

/** Weight of the rarest query word that is not among the stems, by the rarest of all, 0..1. */
function missingWeight({ equivalents, weights }: Query, found: Set<string>): number {
  const missing = [...weights].filter(([stem]) => !holds(found, stem, equivalents));
  const most = (list: [string, number][]) => Math.max(0, ...list.map(([, weight]) => weight));
  return most(missing) / Math.max(most([...weights]), Number.EPSILON);
}

/** Stems of capitalised words, but for the first of the question. */
function namesIn({ text, weights }: Query): string[] {
  const found = [...text.matchAll(/(?<=\S\s+["'“‘(]?)\p{Lu}[\p{L}'’-]+/gu)].flatMap(([name]) => words(name));
  return found
    .filter((word) => !isStopWord(word))
    .flatMap((word) => stems(word))
    .filter((stem) => weights.has(stem));
}

function stemsOf({ publisher, text, title }: Passage): string[] {
  return stems(`${title} ${publisher} ${text}`);
}

function share(items: string[], claim: (item: string) => boolean): number {
  return items.length > 0 ? items.filter(claim).length / items.length : 1;
}

function mean(values: number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
