// What the passages say about a question, found without a language model: the sentences that answer best and
// how likely they answer at all. It decides on silence before anything is written, whoever writes.
import type { Passage } from '../domain.js';
import { logOddsOf } from './confidence.js';
import type { Meaning } from './meaning.js';
import { RANKED_BY_MEANING, rankByMeaning, rankSentences, selectSentences } from './select-sentences.js';
import { selectLatest } from './survey.js';
import type { Query } from './understand.js';

export interface Evidence {
  /** Whole sentences of the passages, word for word, in the order in which they are to be read. */
  sentences: { text: string; passage: Passage }[];
  /** 0..1: how likely they answer the question. */
  confidence: number;
  /** The sentences contradict what the question takes for granted. */
  verdict?: 'otherwise' | undefined;
  /** What the passages do not tell, as a clause: "who will captain Mumbai in 2025"; absent = "answers this". */
  missing?: string | undefined;
}

export type Assess = (query: Query, passages: Passage[], signal: AbortSignal) => Promise<Evidence>;

/** Passages whose closeness counts. */
const COMPARED = 5;

/** Evidence of at most about `maxWords` words. */
export function createAssessor(deps: { meaning: Meaning }, options: { maxWords: number }): Assess {
  const { meaning } = deps;
  return async (query, passages, signal) => {
    if (query.answerType === 'news') {
      return selectLatest(query, passages, options.maxWords);
    }
    const byWords = rankSentences(query, passages);
    if (byWords.length === 0) {
      return { sentences: [], confidence: 0 };
    }
    const texts = byWords.slice(0, RANKED_BY_MEANING).map(({ candidate }) => candidate.text);
    const ids = passages.slice(0, COMPARED).map(({ id }) => id);
    const [similarities, closeness] = await Promise.all([
      meaning.ofSentences(query.text, texts, signal),
      meaning.ofPassages(query.text, ids, signal),
    ]);
    const ranked = similarities ? rankByMeaning(byWords, similarities) : byWords;
    const logOdds = logOddsOf({ query, passages, ranked, closeness });
    return { sentences: selectSentences(ranked, options.maxWords), confidence: 1 / (1 + Math.exp(-logOdds)) };
  };
}
