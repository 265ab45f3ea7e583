// The extractive answer: the sentences of one article that answer best, in reading order, and how sure we
// may be that they answer at all. Sentences of several articles side by side read as one claim that no one
// made, so the first sentence decides the article.
import type { Passage } from '../domain.js';
import { confidenceSignals } from './confidence.js';
import { CONFIDENCE_WEIGHTS, SENTENCE_WEIGHTS } from './extractive-weights.js';
import { type Candidate, candidatesOf, sentenceFeatures } from './sentence-features.js';
import type { Query } from './understand.js';

/** Passages that are read for sentences; 4 and 10 gave no better answers on 70 questions. */
const PASSAGES_READ = 6;
const MOST_SENTENCES = 3;

export interface RankedSentence {
  candidate: Candidate;
  features: number[];
  /** Higher is better; comparable within one question. */
  score: number;
}

export interface Selection {
  /** Whole sentences of one article, in reading order; [] when the passages hold none. */
  sentences: { text: string; passage: Passage }[];
  /** 0..1: how likely the sentences answer the question. */
  confidence: number;
}

/** Sentences of the passages, best first. */
export function rankSentences(query: Query, passages: Passage[]): RankedSentence[] {
  return candidatesOf(passages.slice(0, PASSAGES_READ))
    .map((candidate) => {
      const features = sentenceFeatures(query, candidate);
      return { candidate, features, score: weigh(features, SENTENCE_WEIGHTS) };
    })
    .sort((a, b) => b.score - a.score || a.candidate.rank - b.candidate.rank);
}

/** The answer in at most about `maxWords` words; the first sentence is taken whatever its length. */
export function selectSentences(query: Query, passages: Passage[], maxWords: number): Selection {
  const ranked = rankSentences(query, passages);
  const [best] = ranked;
  if (!best) {
    return { sentences: [], confidence: 0 };
  }
  const { bias, weights } = CONFIDENCE_WEIGHTS;
  const confidence = 1 / (1 + Math.exp(-bias - weigh(confidenceSignals(query, ranked), weights)));
  const chosen = new Map([[best.candidate.text, best.candidate]]);
  let length = countWords(best.candidate.text);
  for (const { candidate } of ranked) {
    const more = countWords(candidate.text);
    const isSameArticle = candidate.passage.articleId === best.candidate.passage.articleId;
    if (!isSameArticle || chosen.has(candidate.text) || length + more > maxWords) {
      continue;
    }
    chosen.set(candidate.text, candidate);
    length += more;
    if (chosen.size === MOST_SENTENCES) {
      break;
    }
  }
  return { sentences: inReadingOrder([...chosen.values()]), confidence };
}

function inReadingOrder(candidates: Candidate[]): Selection['sentences'] {
  const position = ({ passage, text }: Candidate) => passage.text.indexOf(text);
  return candidates
    .sort((a, b) => a.passage.ordinal - b.passage.ordinal || position(a) - position(b))
    .map(({ text, passage }) => ({ text, passage }));
}

function weigh(features: number[], weights: number[]): number {
  return features.reduce((sum, feature, i) => sum + feature * (weights[i] ?? 0), 0);
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
