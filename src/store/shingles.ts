// What a text is made of when copies are looked for: its words, the runs of neighbouring words (shingles), and
// a small fixed choice of those runs (marks). Two texts that share much share many marks, so a lookup by marks
// finds the few stored texts that are worth comparing. The choice is the smallest hashes ("On the resemblance
// and containment of documents", Broder 1997): it depends on the text alone, never on what else is stored.

/** Words in a shingle: two reporters rarely write the same four in a row, a copy editor leaves most. */
export const SHINGLE = 4;
/** One shingle in so many becomes a mark, within the bounds below. */
const ONE_IN = 12;
const FEWEST_MARKS = 16;
const MOST_MARKS = 64;

/** Lower-case words and numbers in order; "don't" and "5.3" are one word each, "5-43" is two. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/['’]/g, '')
      .match(/\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** The hash of each run of `SHINGLE` words, 0..2^32-1, in order; [] for a text of fewer words. */
export function shinglesOf(words: string[]): Uint32Array {
  const hashes = words.map(hashOf);
  const shingles = new Uint32Array(Math.max(0, words.length - SHINGLE + 1));
  for (let i = 0; i < shingles.length; i += 1) {
    let mixed = 0;
    for (let j = i; j < i + SHINGLE; j += 1) {
      mixed = Math.imul(mixed, 0x01000193) + (hashes[j] ?? 0);
    }
    shingles[i] = spread(mixed);
  }
  return shingles;
}

/** The marks of a text: its smallest distinct shingles, ascending. */
export function marksOf(shingles: Uint32Array): number[] {
  const count = Math.min(MOST_MARKS, Math.max(FEWEST_MARKS, Math.ceil(shingles.length / ONE_IN)));
  const marks: number[] = [];
  for (const shingle of shingles.toSorted()) {
    if (shingle !== marks.at(-1)) {
      marks.push(shingle);
    }
    if (marks.length === count) {
      break;
    }
  }
  return marks;
}

/** FNV-1a over UTF-16 units. Stored marks depend on it: changing it changes `METHOD` in stories.ts. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  }
  return hash;
}

/** MurmurHash3's finaliser: every bit of the input moves every bit of the output. */
function spread(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
