// Which articles tell of one event, across publishers: copies of one report always, others as their features say.
import { group, SURE } from './group.js';
import { type Indexed, indexReadings, LONGEST_APART_MS, pairFeatures } from './pair-features.js';
import type { Reading } from './read-article.js';
import { LEAST_ODDS, PAIR_WEIGHTS } from './story-weights.js';

export interface ClusterTask {
  /** Comparing takes time in their square: 1,000 take about a second. */
  readings: Reading[];
  /** Log inverse share of texts of each name, more than 0; one that is absent counts as never seen. */
  rarities: Map<string, number>;
  /** Ids of articles that are editions of one report. */
  copies: string[][];
}

export interface ClusteredStory {
  /** Each article is in one story. */
  articleIds: string[];
  /** Articles of other stories that tell the same by themselves, though not all around them does: at most one is told. */
  kin: string[];
}

/** Log odds from which a pair makes its stories kin. */
const KIN_ODDS = 0;

/** Pure and slow: for a thread (open-clusterer.ts). */
export function clusterStories({ copies, rarities, readings }: ClusterTask): ClusteredStory[] {
  const rarest = Math.max(1, ...rarities.values());
  const indexed = indexReadings(readings, (name) => rarities.get(name) ?? rarest);
  const reportOf = new Map(copies.flatMap((ids, report) => ids.map((id) => [id, report] as const)));
  const odds = (i: number, j: number) => {
    const [a, b] = [indexed[i] as Indexed, indexed[j] as Indexed];
    const report = reportOf.get(a.reading.id);
    if (report !== undefined && report === reportOf.get(b.reading.id)) {
      return SURE;
    }
    const isFar = Math.abs(a.reading.at - b.reading.at) > LONGEST_APART_MS;
    return isFar ? -SURE : oddsOf(pairFeatures(a, b));
  };
  const groups = group(readings.length, odds, LEAST_ODDS);
  const idOf = (item: number) => (readings[item] as Reading).id;
  return groups.map((items) => {
    const own = new Set(items);
    const kin = readings.flatMap((_, other) =>
      !own.has(other) && items.some((item) => odds(Math.min(item, other), Math.max(item, other)) > KIN_ODDS)
        ? [idOf(other)]
        : [],
    );
    return { articleIds: items.map(idOf), kin };
  });
}

/** Log odds that a pair with these features tells of one event. */
export function oddsOf(features: number[], { bias, weights } = PAIR_WEIGHTS): number {
  return features.reduce((sum, feature, i) => sum + feature * (weights[i] ?? 0), bias);
}
