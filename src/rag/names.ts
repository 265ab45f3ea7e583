// Other words for the same thing: "RCB" is Royal Challengers Bengaluru, "the Windies" are West Indies. A
// question is searched under both names, and a passage that holds either holds what was asked for.
import { stems } from './terms.js';

/** One thing with all that it is called. */
export interface Name {
  name: string;
  /** Other names, short forms, words for its people; matched as whole words in any case. */
  aliases: string[];
}

/** A name found in a question: the words that stand there, and what they mean. */
export interface FoundName {
  said: string;
  name: string;
}

export type FindNames = (text: string) => FoundName[];

/**
 * Finds names by their aliases, longest first, each word in one name at most. An alias of several names is
 * ambiguous and left alone; one in `capitalsOnly` counts only in capitals, and never in a text all in capitals.
 */
export function createNameFinder(names: Name[], capitalsOnly: string[]): FindNames {
  const byAlias = new Map<string, string | undefined>();
  for (const { aliases, name } of names) {
    for (const alias of aliases) {
      const key = alias.toLowerCase();
      byAlias.set(key, byAlias.has(key) && byAlias.get(key) !== name ? undefined : name);
    }
  }
  for (const { name } of names) {
    byAlias.set(name.toLowerCase(), name);
  }
  const careful = new Set(capitalsOnly.map((word) => word.toLowerCase()));
  const mostWords = Math.max(1, ...[...byAlias.keys()].map((alias) => alias.split(/\s+/).length));

  return (text) => {
    const isShouted = text === text.toUpperCase();
    const tokens = text.match(/[\p{L}\p{N}&'’-]+/gu) ?? [];
    const found: FoundName[] = [];
    for (let at = 0; at < tokens.length; at += 1) {
      for (let length = Math.min(mostWords, tokens.length - at); length > 0; length -= 1) {
        const said = tokens
          .slice(at, at + length)
          .join(' ')
          .replace(/['’]s$/, '');
        const name = byAlias.get(said.toLowerCase());
        const counts = !careful.has(said.toLowerCase()) || (said === said.toUpperCase() && !isShouted);
        if (name && counts) {
          found.push({ said, name });
          at += length - 1;
          break;
        }
      }
    }
    return found;
  };
}

/** For each stem of the said words, the stems that mean the same when all of them are there. */
export function equivalentsOf(found: FoundName[]): Map<string, string[]> {
  const equivalents = new Map<string, string[]>();
  for (const { name, said } of found) {
    const meant = stems(name);
    for (const stem of stems(said)) {
      if (!meant.includes(stem)) {
        equivalents.set(stem, meant);
      }
    }
  }
  return equivalents;
}
