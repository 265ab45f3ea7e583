// An answer as news for somebody who waits: only when one sentence settles the question, and that sentence first. A quoted
// answer is that sentence alone; one that a model wrote stays as it is, where it rests on the same article.
import type { Answer } from '../../domain.js';
import { decisiveSentence } from '../evidence/decisive.js';
import { createCiter } from './cite.js';

/** Undefined = nothing that was retrieved settles it. `question` in English; another language settles nothing. */
export function newsIn(question: string, answer: Answer, isQuoted: boolean): Answer | undefined {
  const told = decisiveSentence(question, answer.retrieved);
  if (!told) {
    return undefined;
  }
  if (!isQuoted) {
    return answer.citations.some(({ url }) => url === told.passage.url) ? answer : undefined;
  }
  const citer = createCiter();
  const { marker } = citer.cite(told.passage, told.text);
  const { publishedAt: asOf } = told.passage;
  return { ...answer, text: `${told.text} ${marker}`, citations: citer.citations(), asOf };
}
