// Whether a report settles what somebody waits for: one of its sentences must tell it by itself (decisive-features.ts).
// Rather silence than a false alarm: nobody asked at this moment.
import type { Passage } from '../../domain.js';
import { isQuotable } from '../generate/tampering.js';
import type { Query } from '../understand/understand.js';
import { createDecisiveFeatures, wantedIn } from './decisive-features.js';
import { DECISIVE_WEIGHTS, SURELY } from './decisive-weights.js';
import { candidatesOf } from './sentence-features.js';

export interface Decisive {
  /** A sentence of the passage, word for word, or its headline. */
  text: string;
  passage: Passage;
}

/** Of a question; with fewer anything would settle it. */
const FEWEST_WORDS = 2;
/** A table in one line tells of many matches. */
const MOST_CHARACTERS = 500;

/** The sentence that settles the question best; undefined = none surely does. A question in English is expected. */
export function decisiveSentence(query: Query, passages: Passage[]): Decisive | undefined {
  const [best] = weighDecisive(query, passages);
  return best && best.odds >= SURELY ? { text: best.text, passage: best.passage } : undefined;
}

/** Sentences and headlines with the log odds that they settle the question, the best first. */
export function weighDecisive(
  query: Query,
  passages: Passage[],
  { bias, weights } = DECISIVE_WEIGHTS,
): (Decisive & { features: number[]; odds: number })[] {
  const wanted = wantedIn(query, passages);
  // Names alone may be told anything of.
  if (wanted.others.length === 0 || wanted.names.length + wanted.others.length < FEWEST_WORDS) {
    return [];
  }
  const weighed = passages.flatMap((passage) => {
    const featuresOf = createDecisiveFeatures(wanted, passage);
    const headline = isQuotable(passage.title) ? [passage.title] : [];
    const sentences = candidatesOf([passage]).map(({ text }) => text);
    return [...headline, ...sentences]
      .filter((text) => text.length <= MOST_CHARACTERS)
      .map((text, at) => {
        const features = featuresOf(text, Math.max(0, at - headline.length));
        const odds = features.reduce((sum, feature, i) => sum + feature * (weights[i] ?? 0), bias);
        return { text, passage, features, odds };
      });
  });
  return weighed.sort((a, b) => b.odds - a.odds);
}
