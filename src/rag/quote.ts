// The words of a source that a sentence rests on.
import type { Source } from './generate.js';
import { splitSentences } from './sentences.js';
import { stems } from './terms.js';

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
