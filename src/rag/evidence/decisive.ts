// Whether a report settles what somebody waits for: one of its sentences must tell it by itself (decisive-features.ts).
// Rather silence than a false alarm: nobody asked at this moment.
import type { Passage } from '../../domain.js';
import { isQuotable } from '../generate/tampering.js';
import type { Query } from '../understand/understand.js';
import { createDecisiveFeatures, wantedIn } from './decisive-features.js';
import { DECISIVE_WEIGHTS } from './decisive-weights.js';
import { joinLists } from './lists.js';
import { candidatesOf } from './sentence-features.js';

export { MAYBE, SURELY } from './decisive-weights.js';

export interface Decisive {
  /** A sentence of the passage, word for word, or its headline. */
  text: string;
  passage: Passage;
}

export interface Weighed extends Decisive {
  /** In the order of DECISIVE_FEATURES. */
  features: number[];
  /** Log odds that it settles the question. */
  odds: number;
  /** Where it stands in its passage, from 0; a headline stands before all. */
  place: number;
}

/** Of a question; with fewer anything would settle it. */
const FEWEST_WORDS = 2;
/** A table in one line tells of many matches. */
const MOST_CHARACTERS = 500;

/** Sentences and headlines with the log odds that they settle the question, the best first. */
export function weighDecisive(
  query: Query,
  passages: Passage[],
  { bias, weights } = DECISIVE_WEIGHTS,
): Weighed[] {
  const wanted = wantedIn(query, passages);
  // Names alone may be told anything of.
  if (wanted.others.length === 0 || wanted.names.length + wanted.others.length < FEWEST_WORDS) {
    return [];
  }
  const weighed = passages.flatMap((passage) => {
    const featuresOf = createDecisiveFeatures(wanted, passage);
    const headline = isQuotable(passage.title) ? [passage.title] : [];
    const sentences = joinLists(candidatesOf([passage]).map(({ text }) => `${text} `)).map((text) =>
      text.trim(),
    );
    return [...headline, ...sentences]
      .filter((text) => text.length <= MOST_CHARACTERS)
      .map((text, at) => {
        const place = at - headline.length;
        const features = featuresOf(text, Math.max(0, place));
        const odds = features.reduce((sum, feature, i) => sum + feature * (weights[i] ?? 0), bias);
        return { text, passage, features, odds, place };
      });
  });
  return weighed.sort((a, b) => b.odds - a.odds);
}
