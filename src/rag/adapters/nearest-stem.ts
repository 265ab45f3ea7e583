// Finds what a misspelt word was meant to be. Both sides are Porter stems. One edit is forgiven in a short
// word and two in a long one; an edit is a letter put in, left out, replaced or swapped with its neighbour
// (optimal string alignment, after Damerau 1964).
import { stemmer } from 'stemmer';

const SHORTEST = 4;
const LONG = 8;

/** A word of an index, and in how many chunks it stands. */
export interface Term {
  term: string;
  count: number;
}

/** The first text that comes after all that begin with the given one. */
export function after(letters: string): string {
  const last = letters.codePointAt(letters.length - 1) ?? 0;
  return letters.slice(0, -1) + String.fromCodePoint(last + 1);
}

/** The nearest stem that is counted, the most frequent among equals; undefined when none is near enough. */
export function nearestStem(
  word: string,
  stems: string[],
  countOf: (stem: string) => number,
): string | undefined {
  const wanted = stemmer(word);
  if (wanted.length < SHORTEST || /\d/.test(wanted)) {
    return undefined;
  }
  const most = wanted.length >= LONG ? 2 : 1;
  let best: { term: string; count: number; distance: number } | undefined;
  for (const term of stems) {
    if (Math.abs(term.length - wanted.length) > most) {
      continue;
    }
    const distance = editDistance(wanted, term, best?.distance ?? most);
    const count = distance <= (best?.distance ?? most) ? countOf(term) : 0;
    if (count > 0 && (!best || distance < best.distance || count > best.count)) {
      best = { term, count, distance };
    }
  }
  return best?.term;
}

/** The distance, or some number above `most` as soon as it must exceed that. */
export function editDistance(a: string, b: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > most) {
      return most + 1;
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
