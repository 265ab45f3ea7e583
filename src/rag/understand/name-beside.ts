// A misspelt name may be a word of its own: "michelle colins" is found, because a Colin is written about. The word beside
// it tells: of all who are called Michelle in the news none is a Colins, but one is a Collins.
import { stemmer } from 'stemmer';
import type { NamesWith } from '../ports.js';
import { words } from './terms.js';

/** Letters of what is typed, and of the name that is meant: a shorter one is an edit away from too many others. */
const SHORTEST_TYPED = 4;
const SHORTEST = 5;

/**
 * What known words of a question were meant to be, by the names that hold a neighbour; `names` has those of each word.
 * Only words that stand in small letters in the text: who types a capital knows the name.
 */
export function meantBeside(asked: string[], names: NamesWith[], text: string): Map<string, string> {
  const inSmall = new Set(text.match(/(?<![\p{L}\p{N}])\p{Ll}+/gu) ?? []);
  const meant = new Map<string, string>();
  asked.forEach((word, at) => {
    if (word.length < SHORTEST_TYPED || !inSmall.has(word)) {
      return;
    }
    const beside = [at - 1, at + 1].flatMap((i) => names[i]?.names ?? []).flatMap(({ name }) => words(name));
    const isRight = beside.some((other) => stemmer(other) === stemmer(word));
    const near = isRight ? undefined : beside.find((other) => isOneEdit(word, other));
    if (near) {
      meant.set(word, near);
    }
  });
  return meant;
}

/** One letter more, less or other, or two swapped; the first letter is right. */
function isOneEdit(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) {
    end += 1;
  }
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwap = left.length === 2 && right === `${left[1]}${left[0]}`;
  return start > 0 && b.length >= SHORTEST && (isSwap || Math.max(left.length, right.length) <= 1);
}
