// The generator port, and the one that needs no model: it quotes.
import type { Passage } from '../domain.js';
import { selectSentences } from './select-sentences.js';
import { selectLatest } from './survey.js';
import type { Query } from './understand.js';

export interface Draft {
  /** Sentences with the passages that they rest on (at least one each). */
  sentences: { text: string; passages: Passage[] }[];
  /** 0..1: how likely this answers the question. */
  confidence: number;
}

export interface Generator {
  /** Shown in results: "extractive", or the model's name. */
  readonly name: string;
  generate(query: Query, passages: Passage[], signal: AbortSignal): Promise<Draft>;
}

/** Quotes the best sentences word for word; `maxWords` counts the citation markers too. */
export function createExtractiveGenerator(options: { maxWords: number }): Generator {
  return {
    name: 'extractive',
    async generate(query, passages) {
      const select = query.answerType === 'news' ? selectLatest : selectSentences;
      const { sentences, confidence } = select(query, passages, options.maxWords);
      return { sentences: sentences.map(({ text, passage }) => ({ text, passages: [passage] })), confidence };
    },
  };
}
