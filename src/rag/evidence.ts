// What the passages say about a question, found without any model: the sentences that answer best and how
// likely they answer at all. It decides on silence before anything is written, whoever writes.
import type { Passage } from '../domain.js';
import { selectSentences } from './select-sentences.js';
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

/** Evidence of at most about `maxWords` words. */
export function createAssessor(options: { maxWords: number }): Assess {
  return async (query, passages) => {
    const select = query.answerType === 'news' ? selectLatest : selectSentences;
    return select(query, passages, options.maxWords);
  };
}
