// A sentence that fails the check, told in the words of the source that it cites: what was right about it is not lost to
// a check that does not follow free wording, and what was wrong is put right. Quotations need no reading between lines.
import { splitSentences } from '../evidence/sentences.js';
import type { Source } from '../generate/generate.js';
import { isQuotable } from '../generate/tampering.js';
import { stems } from '../understand/terms.js';
import type { Proofs } from './proofs.js';

/** Share of the sentence's telling words that the source's sentence must hold; with fewer it tells something else. */
const LEAST_SHARED = 1 / 3;
const MOST_WORDS = 45;
const WHOLE = /[.!?]["'”’)]*$/;
/** Without what stands before it, nobody knows who is meant. */
const POINTS_BACK =
  /^["'“‘]?(?:he|she|they|it|his|her|their|its|this|that|these|those|but|however|meanwhile|also)\b/i;

export interface Quoted {
  text: string;
  source: Source;
}

/** The sentence of a cited source that shares most words with it, and can stand alone; undefined = none does. */
export function inSourceWords(
  { isGrounded, withSubject }: Pick<Proofs, 'isGrounded' | 'withSubject'>,
  sentence: string,
  sources: Source[],
): Quoted | undefined {
  const said = new Set(stems(sentence));
  return sources
    .flatMap((source) => splitSentences(source.passage.text).map((text) => ({ text: text.trim(), source })))
    .map((one) => ({ ...one, share: sharedOf(said, one.text) }))
    .filter(({ share, text }) => share >= LEAST_SHARED && canStandAlone(text))
    .sort((a, b) => b.share - a.share)
    .map(({ source, text }) => ({ source, text: withSubject(text, source.passage) }))
    .find(({ source, text }) => !POINTS_BACK.test(text) && isGrounded(text, [source]));
}

function sharedOf(said: Set<string>, text: string): number {
  const own = new Set(stems(text));
  return [...said].filter((stem) => own.has(stem)).length / Math.max(1, said.size);
}

const canStandAlone = (text: string) =>
  WHOLE.test(text) && text.split(/\s+/).length <= MOST_WORDS && isQuotable(text);
