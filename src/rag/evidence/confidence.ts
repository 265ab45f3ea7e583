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
import { coverage, holds, SENTENCE_FEATURES } from './sentence-features.js';

/** Signals that one sentence answers, in the order of the numbers that `factSignals` gives. */
export const FACT_SIGNALS = [
  'score', // of the best sentence
  'margin', // the same minus that of the best one of another article, 0..10
  'missing', // weight of the rarest query word that the passage lacks, by the rarest of all, 0..1
  'numberMissing', // 1 = the question names a number that the passage lacks
  'kind', // as in SENTENCE_FEATURES; the best of the sentences that would be said
  'lead', // 1 = the article opens with the sentence: it has the topic, and most often not the detail
  'names', // telling words of the question that are names: they are found and near wherever the topic is
  'closeness', // mean cosine of the first five passages; left out without a model
] as const;

/** Signals that the topic is covered, in the order of the numbers that `topicSignals` gives. */
export const TOPIC_SIGNALS = [
  'bestCoverage', // share of the query's weight in the best sentence's passage and headline, 0..1
  'topCoverage', // in the first three passages together, 0..1
  'names', // share of the question's capitalised words that the passages hold, 0..1
  'scores', // mean passage score of the first five, 0..1
  'closeness', // mean cosine of the first five passages; left out without a model
] as const;

const KIND = SENTENCE_FEATURES.indexOf('kind');
/** The margin where there is no other article, which tells nothing: about the middle of what is seen. */
const NO_RIVAL = 2;
/** Sentences of the best article that would be said. */
const SAID = 3;
/** Passages that show how a word is written, where the question is all in small letters. */
const READ_FOR_NAMES = 10;
/** A word within a sentence. */
const INNER_WORD = /(?<=[\p{Ll},;] )\p{L}[\p{L}'’-]*/gu;
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

/** One number per entry of FACT_SIGNALS; without the last when no model compared the passages. */
export function factSignals({ closeness, passages, query, ranked }: Weighed): number[] {
  const [best] = ranked;
  if (!best) {
    return FACT_SIGNALS.map(() => 0);
  }
  const { passage, previous } = best.candidate;
  const whole = `${passage.title} ${passage.text}`;
  const numbers = words(query.text).filter((word) => /^\d+$/.test(word));
  const said = new Set(stems(whole));
  const own = ranked.filter(({ candidate }) => candidate.passage.articleId === passage.articleId);
  const rival = ranked.find((sentence) => !own.includes(sentence));
  return [
    best.score,
    rival ? Math.min(Math.max(best.score + best.gain - rival.score, 0), 10) : NO_RIVAL,
    missingWeight(query, said),
    numbers.some((number) => !holds(said, number, query.equivalents)) ? 1 : 0,
    Math.max(...own.slice(0, SAID).map(({ features }) => features[KIND] ?? 0)),
    passage.ordinal === 0 && previous === '' ? 1 : 0,
    (namesIn(query) ?? namesAsWritten(query, passages)).length,
    ...(closeness ? [mean(closeness.slice(0, 5))] : []),
  ];
}

/** One number per entry of TOPIC_SIGNALS; without the last when no model compared the passages. */
export function topicSignals({ closeness, passages, query, ranked }: Weighed): number[] {
  const best = ranked[0]?.candidate.passage;
  const first = passages.slice(0, 5);
  const everywhere = new Set(passages.flatMap(stemsOf));
  const names = namesIn(query) ?? [];
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

/** Stems of capitalised words, but for the first of the question; undefined = it is all in small letters. */
function namesIn({ text, weights }: Query): string[] | undefined {
  const found = [...text.matchAll(/(?<=\S\s+["'“‘(]?)\p{Lu}[\p{L}'’-]+/gu)].flatMap(([name]) => words(name));
  const names = found.filter((word) => !isStopWord(word)).flatMap((word) => stems(word));
  return found.length > 0 ? [...new Set(names)].filter((stem) => weights.has(stem)) : undefined;
}

/** Stems of the question that passages write with a capital more often than without. */
function namesAsWritten({ weights }: Query, passages: Passage[]): string[] {
  const balance = new Map<string, number>();
  for (const { text } of passages.slice(0, READ_FOR_NAMES)) {
    for (const [word] of text.matchAll(INNER_WORD)) {
      for (const stem of stems(word)) {
        balance.set(stem, (balance.get(stem) ?? 0) + (/^\p{Lu}/u.test(word) ? 1 : -1));
      }
    }
  }
  return [...weights.keys()].filter((stem) => (balance.get(stem) ?? 0) > 0);
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
