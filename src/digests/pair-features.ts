// How likely two articles tell of one event, as a few numbers that a person can read. An event is who was there and
// when: each article's weightiest names, told by the other one too, say most (bench/fit-stories.mjs; words beside names
// and vectors of meaning added nothing to them). Other numbers split: two matches of the same teams within a week have
// other scores, another place in the series, or other sides.
import type { Reading } from './read-article.js';

/** In the order of the numbers that `pairFeatures` gives. */
export const PAIR_FEATURES = [
  'mainNames', // share of the five weightiest names of each that the other tells, the mean of both, 0..1
  'figures', // weight of the shared figures over that of the article with fewer, 0..1
  'sharedScore', // 1 = both tell the same score
  'otherScore', // 1 = both tell scores and share none
  'otherPlace', // 1 = the second Test here, the third there
  'otherSide', // 1 = women or under-19s are named in one alone
  'near', // 1 = at the same time, falls by 1/e in a day
  'days', // days between them, at most 7, as a share of 7
] as const;

/** Articles further apart tell of two events, or of one that is over. */
export const LONGEST_APART_MS = 7 * 86_400_000;

/** A word's rarity, log inverse share of texts, more than 0. */
export type Rarity = (word: string) => number;

/** A reading with what is compared made ready. */
export interface Indexed {
  reading: Reading;
  names: Set<string>;
  /** Its weightiest names: by rarity, and by the logarithm of how often they stand there. */
  main: string[];
  /** The weight of each of its figures: the fewer articles tell it, the more. */
  figures: Map<string, number>;
}

const MAIN = 5;
/** Of a text with fewer names not all can be told elsewhere. */
const FEWEST = 3;
const DAY_MS = 86_400_000;

/** Makes readings comparable; `rarity` is of names, figures are weighed by how many of the readings tell them. */
export function indexReadings(readings: Reading[], rarity: Rarity): Indexed[] {
  const tellers = countOf(readings.flatMap(({ figures }) => figures));
  return readings.map((reading) => {
    const weights = [...countOf(reading.names)].map(([name, count]) => {
      return { name, weight: rarity(name) * (1 + Math.log(count)) };
    });
    return {
      reading,
      names: new Set(reading.names),
      main: weights
        .sort((a, b) => b.weight - a.weight)
        .slice(0, MAIN)
        .map(({ name }) => name),
      figures: new Map(
        reading.figures.map((figure) => [figure, Math.log(1 + readings.length / (tellers.get(figure) ?? 1))]),
      ),
    };
  });
}

/** One number per entry of PAIR_FEATURES. */
export function pairFeatures(a: Indexed, b: Indexed): number[] {
  const [one, other] = [a.reading, b.reading];
  const apart = Math.abs(one.at - other.at);
  const scores = compare(one.scores, other.scores);
  return [
    (shareOf(a.main, b.names) + shareOf(b.main, a.names)) / 2,
    sharedWeight(a.figures, b.figures),
    scores === 'shared' ? 1 : 0,
    scores === 'other' ? 1 : 0,
    isOtherPlace(one.places, other.places) ? 1 : 0,
    one.sides.join() === other.sides.join() ? 0 : 1,
    Math.exp(-apart / DAY_MS),
    Math.min(1, apart / LONGEST_APART_MS),
  ];
}

function countOf(words: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function shareOf(main: string[], names: Set<string>): number {
  return main.filter((name) => names.has(name)).length / Math.max(FEWEST, main.length);
}

function sharedWeight(a: Map<string, number>, b: Map<string, number>): number {
  let [shared, all, others] = [0, 0, 0];
  for (const [figure, weight] of a) {
    all += weight;
    shared += b.has(figure) ? weight : 0;
  }
  for (const weight of b.values()) {
    others += weight;
  }
  return shared / Math.max(1e-9, Math.min(all, others));
}

function compare(one: string[], other: string[]): 'none' | 'shared' | 'other' {
  if (one.length === 0 || other.length === 0) {
    return 'none';
  }
  return one.some((score) => other.includes(score)) ? 'shared' : 'other';
}

/** Both say which one of the same series it is, and differ. */
function isOtherPlace(one: string[], other: string[]): boolean {
  const kinds = one.map(kindOf).filter((kind) => other.some((place) => kindOf(place) === kind));
  return kinds.length > 0 && !one.some((place) => other.includes(place));
}

function kindOf(place: string): string {
  return place.slice(0, place.indexOf(':'));
}
