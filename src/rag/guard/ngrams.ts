// A text as counts of its words, its pairs of words and the runs of letters in them, each hashed to one of a fixed
// number of slots ("the hashing trick", Weinberger et al. 2009): no vocabulary has to be shipped, and a word that is
// misspelt shares most of its letters with the right one.

/** Slot -> weight, length 1 as a vector; empty for a text without words. */
export type Sparse = Map<number, number>;

const SHORTEST_RUN = 3;
const LONGEST_RUN = 5;
/** A text of more words says no more, and costs time. */
const MOST_WORDS = 120;

/** `words` in lower case; `classes` are what stands at each word's place, of which pairs and triples count. */
export function ngrams(words: string[], classes: string[], slots: number): Sparse {
  const counts: Sparse = new Map();
  const add = (gram: string) => {
    const slot = hash(gram) % slots;
    counts.set(slot, (counts.get(slot) ?? 0) + 1);
  };
  words.slice(0, MOST_WORDS).forEach((word, at) => {
    add(`w ${word}`);
    add(`p ${words[at - 1] ?? '^'} ${word}`);
    runsOf(word).forEach(add);
  });
  classes.slice(0, MOST_WORDS).forEach((_, at) => {
    add(`c ${classes[at - 1] ?? '^'} ${classes[at]}`);
    add(`t ${classes[at - 2] ?? '^'} ${classes[at - 1] ?? '^'} ${classes[at]}`);
  });
  return scaled(counts);
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

function scaled(counts: Sparse): Sparse {
  const damped = [...counts].map(([slot, count]): [number, number] => [slot, 1 + Math.log(count)]);
  const length = Math.hypot(...damped.map(([, weight]) => weight)) || 1;
  return new Map(damped.map(([slot, weight]) => [slot, weight / length]));
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value >>> 0;
}
