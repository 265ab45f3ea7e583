// How many publishers tell the same independently: their own reports bear out the whole sentence. Copies of one
// wire report are one witness, however many print them.
import type { Source } from '../generate/generate.js';
import { sharedWords } from './quote.js';

/** Share of a sentence's telling words that another report must hold to be about the same. */
const SAME_MATTER = 0.6;

/** Publishers, 0 without sources; `cited` are counted in any case. */
export function publishersAgreeing(
  sentence: string,
  cited: Source[],
  sources: Source[],
  isGrounded: (sentence: string, sources: Source[]) => boolean,
): number {
  const agreeing = sources.filter(
    (source) =>
      cited.includes(source) ||
      (sharedWords(sentence, source) >= SAME_MATTER && isGrounded(sentence, [source])),
  );
  const witnesses = new Map(
    agreeing.map(({ passage: { articleId, publisher, story } }) => [
      story?.id ?? articleId,
      story?.publishers[0] ?? publisher,
    ]),
  );
  return new Set([...witnesses.values()].filter(Boolean)).size;
}
