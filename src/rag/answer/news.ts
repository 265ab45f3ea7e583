// An answer as news for somebody who waits: only when one sentence settles the question. Without a model it is that sentence
// alone, and whether `ask` would have quoted is not asked: that gate weighs whether the matter is there, this one, which is
// the stricter, whether it is settled. What a model wrote stays as it is, where it rests on the same article.
import type { Answer } from '../../domain.js';
import { decisiveSentence } from '../evidence/decisive.js';
import type { Query } from '../understand/understand.js';
import { createCiter } from './cite.js';

/**
 * The answer in words that settle the question; undefined = it settles nothing. A question in English is expected.
 * Rejects when the index fails.
 */
export type NewsIn = (question: string, answer: Answer) => Promise<Answer | undefined>;

export interface NewsInDeps {
  understand(question: string): Promise<Query>;
  /** The name of the generator that quotes. */
  quotes: string;
  /** Whether moderation lets a text out. */
  mayShow(text: string): boolean;
}

export function createNewsIn({ mayShow, quotes, understand }: NewsInDeps): NewsIn {
  return async (question, answer) => {
    const told = decisiveSentence(await understand(question), answer.retrieved);
    if (!told || !mayShow(told.text)) {
      return undefined;
    }
    if (answer.generator !== quotes) {
      const isAnswer = !answer.abstained && answer.verdict !== 'not-enough';
      return isAnswer && answer.citations.some(({ url }) => url === told.passage.url) ? answer : undefined;
    }
    const citer = createCiter();
    const { marker } = citer.cite(told.passage, told.text);
    const { publishedAt: asOf } = told.passage;
    const said = { text: `${told.text} ${marker}`, citations: citer.citations(), asOf };
    return { ...answer, ...said, abstained: false, verdict: undefined, warnings: [] };
  };
}
