// The extractive answer: the sentences of one article that answer best, in reading order. Sentences of several
// articles side by side read as one claim that no one made, so the first sentence decides the article.
import type { Passage } from '../../domain.js';
import type { Query } from '../understand/understand.js';
import { SENTENCE_WEIGHTS } from './extractive-weights.js';
import { type Candidate, candidatesOf, createSentenceFeatures } from './sentence-features.js';

/** Passages that are read for sentences; 4 and 10 gave no better answers on 70 questions. */
const PASSAGES_READ = 6;
const MOST_SENTENCES = 3;
/** Of the article put first for a question about the latest; 1 to 99 gave the same answers on 14 such questions. */
const NEWEST_GAIN = 3;
/** Sentences that are worth a vector: on 90 questions no answering one stood lower by words alone. */
export const RANKED_BY_MEANING = 12;

export interface RankedSentence {
  candidate: Candidate;
  /** As SENTENCE_FEATURES. */
  features: number[];
  /** Higher is better; comparable within one ranking. */
  score: number;
  /** Added to the score for the order alone: it says nothing on how well the sentence answers. */
  gain: number;
  /** Cosine of its vector and the question's; absent = not compared. */
  similarity?: number | undefined;
}

const POINTS_BACK = /^["'“‘]?(?:he|she|they)\b/i;

/** Sentences of the passages, best first by words alone. */
export function rankSentences(query: Query, passages: Passage[]): RankedSentence[] {
  const featuresOf = createSentenceFeatures(query);
  return candidatesOf(passages.slice(0, PASSAGES_READ))
    .map((candidate) => {
      const features = featuresOf(candidate);
      const isNewest = candidate.passage.articleId === passages[0]?.articleId;
      const gain = query.latest && isNewest ? NEWEST_GAIN : 0;
      return { candidate, features, gain, score: weigh(features, SENTENCE_WEIGHTS.words) };
    })
    .sort(byScore);
}

/** The first of a ranking anew, by words and meaning; `similarities` holds one cosine for each of them. */
export function rankByMeaning(ranked: RankedSentence[], similarities: number[]): RankedSentence[] {
  return ranked
    .slice(0, similarities.length)
    .map((sentence, i) => {
      const similarity = similarities[i] ?? 0;
      const score = weigh([...sentence.features, similarity], SENTENCE_WEIGHTS.meaning);
      return { ...sentence, similarity, score };
    })
    .sort(byScore);
}

/** The best sentences, at most about `maxWords` words; the first is taken whatever its length. */
export function selectSentences(
  ranked: RankedSentence[],
  maxWords: number,
): { text: string; passage: Passage }[] {
  const [best] = ranked;
  if (!best) {
    return [];
  }
  const chosen = new Map([[best.candidate.text, best.candidate]]);
  let length = countWords(best.candidate.text);
  // "They took Starc" says nothing without the sentence that tells who they are.
  const before = POINTS_BACK.test(best.candidate.text)
    ? ranked.filter(({ candidate }) => candidate.text === best.candidate.previous)
    : [];
  for (const { candidate } of [...before, ...ranked]) {
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
  return inReadingOrder([...chosen.values()]);
}

function inReadingOrder(candidates: Candidate[]): { text: string; passage: Passage }[] {
  const position = ({ passage, text }: Candidate) => passage.text.indexOf(text);
  return candidates
    .sort((a, b) => a.passage.ordinal - b.passage.ordinal || position(a) - position(b))
    .map(({ text, passage }) => ({ text, passage }));
}

function byScore(a: RankedSentence, b: RankedSentence): number {
  return b.score + b.gain - a.score - a.gain || a.candidate.rank - b.candidate.rank;
}

function weigh(features: number[], weights: number[]): number {
  return features.reduce((sum, feature, i) => sum + feature * (weights[i] ?? 0), 0);
}

/** The citation marker behind it counts. */
function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length + 1;
}
