// The words of a source that a sentence rests on, and the source that one without a marker rests on.

import { splitSentences } from '../evidence/sentences.js';
import type { Source } from '../generate/generate.js';
import { stems } from '../understand/terms.js';

/** The sentence itself where the source holds it, else the source's sentence that shares most words with it. */
export function quoteOf(sentence: string, { context, passage }: Source): string {
  if (passage.text.includes(sentence) || context.includes(sentence)) {
    return sentence;
  }
  const said = new Set(stems(sentence));
  let best = { text: passage.text.slice(0, 200), shared: 0 };
  for (const text of splitSentences(context)) {
    const shared = new Set(stems(text).filter((stem) => said.has(stem))).size;
    best = shared > best.shared ? { text: text.trim(), shared } : best;
  }
  return best.text;
}

/** Share of a sentence's telling words that its source must hold; the rest is how the writer puts it. */
const SHARED = 0.6;

/** Share of a sentence's telling words that a source holds, headline included, 0..1. */
export function sharedWords(sentence: string, { context, passage }: Source): number {
  const said = [...new Set(stems(sentence))];
  const own = new Set(stems(`${passage.title} ${context}`));
  return said.filter((stem) => own.has(stem)).length / Math.max(1, said.length);
}

/** Finds the source of a sentence that cites none: it bears it out, and holds most of its words. */
export function createAttributor(isGrounded: (sentence: string, sources: Source[]) => boolean) {
  return (sentence: string, sources: Source[]): Source | undefined =>
    sources
      .map((source) => ({ source, share: sharedWords(sentence, source) }))
      .filter(({ share }) => share >= SHARED)
      .sort((a, b) => b.share - a.share)
      .find(({ source }) => isGrounded(sentence, [source]))?.source;
}
