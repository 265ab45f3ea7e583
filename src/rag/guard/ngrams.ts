// A text as counts of its words, pairs and triples of words, and of the runs of letters in them, each hashed to one of a fixed
// number of slots ("the hashing trick", Weinberger et al. 2009): no vocabulary has to be shipped, and a word that is
// misspelt shares most of its letters with the right one. What is rare weighs more (inverse document frequency, Spärck Jones 1972).

/** Slot -> weight; empty for a text without words. */
export type Sparse = Map<number, number>;

export interface Said {
  /** In lower case, in order. */
  words: string[];
  /** What stands at each word's place, of which pairs and triples count; absent = the words alone. */
  classes?: string[] | undefined;
}

const SHORTEST_RUN = 2;
const LONGEST_RUN = 5;
/** A text of more words says no more, and costs time. */
const MOST_WORDS = 120;
/** Rarity is kept as a byte of so many parts of ln(texts / texts that have it). */
export const RARITY_STEP = 1 / 23;

/** Words, runs of letters and classes: each of length 1 as a vector. `rarity` has a byte for each slot; absent = all weigh alike. */
export function ngrams(said: Said, slots: number, rarity?: Uint8Array): Sparse {
  return weighed(countGrams(said, slots), rarity);
}

/** How often each slot is met, damped: of words, of runs of letters, of classes. */
export function countGrams({ classes = [], words }: Said, slots: number): Sparse[] {
  const blocks: Sparse[] = [new Map(), new Map(), new Map()];
  const add = (block: number, gram: string) => {
    const counts = blocks[block] as Sparse;
    const slot = hash(gram) % slots;
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  };
  const at = (list: string[], place: number) => list[place] ?? '^';
  words.slice(0, MOST_WORDS).forEach((word, place) => {
    const pair = `${at(words, place - 1)} ${word}`;
    add(0, `w ${word}`);
    add(0, `p ${pair}`);
    add(0, `q ${at(words, place - 2)} ${pair}`);
    for (const run of runsOf(word)) {
      add(1, run);
    }
  });
  classes.slice(0, MOST_WORDS).forEach((name, place) => {
    const pair = `${at(classes, place - 1)} ${name}`;
    add(2, `c ${pair}`);
    add(2, `t ${at(classes, place - 2)} ${pair}`);
  });
  return blocks.map((counts) => new Map([...counts].map(([slot, count]) => [slot, 1 + Math.log(count)])));
}

export function weighed(blocks: Sparse[], rarity?: Uint8Array): Sparse {
  const sum: Sparse = new Map();
  for (const block of blocks) {
    const weights = [...block].map(([slot, count]): [number, number] => [
      slot,
      count * (rarity ? (rarity[slot] ?? 0) * RARITY_STEP : 1),
    ]);
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    for (const [slot, weight] of weights) {
      sum.set(slot, (sum.get(slot) ?? 0) + weight / length);
    }
  }
  return sum;
}

function runsOf(word: string): string[] {
  const marked = `^${word}$`;
  const runs: string[] = [];
  for (let length = SHORTEST_RUN; length <= LONGEST_RUN; length += 1) {
    for (let at = 0; at + length <= marked.length; at += 1) {
      runs.push(`r ${marked.slice(at, at + length)}`);
    }
  }
  return runs;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  // The last bits of FNV depend on the last letters alone.
  return (value ^ (value >>> 15)) >>> 0;
}
