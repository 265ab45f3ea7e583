// A list of words and names, found in plain text as whole words, in the singular or the plural; "x*" is every word that
// begins so.
import { isStopWord } from '../understand/terms.js';

export interface Lexicon {
  /** How many of its entries stand in a text, each once. */
  count(plain: string): number;
  /** Whether a text has no telling word but those of the list. */
  isAll(plain: string): boolean;
}

export function createLexicon(entries: string[]): Lexicon {
  const singles = new Set<string>();
  const beginnings: string[] = [];
  /** Names of several words by their first. */
  const longer = new Map<string, string[][]>();
  for (const entry of entries) {
    const [first = '', ...rest] = wordsOf(entry);
    if (rest.length === 0 && entry.endsWith('*')) {
      beginnings.push(first);
    } else if (rest.length === 0) {
      singles.add(first);
    } else {
      longer.set(first, [...(longer.get(first) ?? []), [first, ...rest]]);
    }
  }
  const has = (word: string) =>
    singles.has(word) ||
    singles.has(singular(word)) ||
    beginnings.some((beginning) => word.startsWith(beginning));

  return {
    count(plain) {
      const words = wordsOf(plain);
      const found = new Set<string>();
      for (let at = 0; at < words.length; at += 1) {
        const word = words[at] as string;
        const name = longer.get(word)?.find((parts) => parts.every((part, i) => isForm(words[at + i], part)));
        if (name) {
          found.add(name.join(' '));
          at += name.length - 1;
        } else if (has(word)) {
          found.add(singular(word));
        }
      }
      return found.size;
    },
    isAll: (plain) => wordsOf(plain).every((word) => isStopWord(word) || has(word)),
  };
}

function wordsOf(plain: string): string[] {
  return (
    plain
      .toLowerCase()
      .replace(/['’]s\b/g, '')
      .match(/[\p{L}\p{M}\p{N}+#]+/gu) ?? []
  );
}

function isForm(word: string | undefined, entry: string): boolean {
  return word === entry || (word !== undefined && singular(word) === entry);
}

function singular(word: string): string {
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
