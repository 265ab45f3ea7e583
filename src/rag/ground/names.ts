// The names of a text: those that are known by several words ("RCB", "Royal Challengers Bengaluru", "the
// Proteas") and all other runs of capitalised words ("Pat Cummins", "St George's Park").
import type { Name } from '../names.js';
import { isOpener, isRole } from './common-words.js';
import { bare, fold, type Token, tokensOf } from './tokens.js';

export interface NameSpan {
  /** What it may stand for, of the names that are known; [] = it is none of them. */
  groups: number[];
  /** Its words in lower case, without possessive endings; titles are left out. */
  words: string[];
  start: number;
  next: number;
}

/** Names of a text in order; `taken` are tokens of dates. */
export type ReadNames = (tokens: Token[], taken: Set<number>) => NameSpan[];

/** Reads known names by `names`; short forms in `capitalsOnly` count in capitals alone. */
export function createNameReader(names: Name[], capitalsOnly: string[]): ReadNames {
  const groupsOf = new Map<string, Set<number>>();
  let longest = 1;
  for (const [group, { aliases, name }] of names.entries()) {
    for (const alias of [name, ...aliases]) {
      const key = tokensOf(fold(alias)).map(({ lower }) => lower);
      longest = Math.max(longest, key.length);
      const groups = groupsOf.get(key.join(' ')) ?? new Set();
      groupsOf.set(key.join(' '), groups.add(group));
    }
  }
  const careful = new Set(capitalsOnly.map((word) => word.toLowerCase()));

  function knownAt(tokens: Token[], at: number): NameSpan | undefined {
    for (let length = Math.min(longest, tokens.length - at); length > 0; length -= 1) {
      const part = tokens.slice(at, at + length);
      const words = part.map(({ lower }, i) => (i === length - 1 ? bare(lower) : lower));
      const groups = groupsOf.get(words.join(' '));
      const isShouted = part.every(({ text }) => bare(text) === bare(text).toUpperCase());
      if (groups && (!careful.has(words.join(' ')) || isShouted)) {
        return { groups: [...groups], words, start: at, next: at + length };
      }
    }
    return undefined;
  }

  return (tokens, taken) => {
    const spans: NameSpan[] = [];
    for (let at = 0; at < tokens.length; ) {
      const span =
        taken.has(at) || !tokens[at]?.isWord
          ? undefined
          : (knownAt(tokens, at) ?? runAt(tokens, at, taken, knownAt));
      if (span && span.words.length > 0) {
        spans.push(span);
      }
      at = span ? span.next : at + 1;
    }
    return spans;
  };
}

/** A run of capitalised words up to the next known name; "J. Root" and "Smith-Rowe" are one run. */
function runAt(
  tokens: Token[],
  start: number,
  taken: Set<number>,
  knownAt: (tokens: Token[], at: number) => NameSpan | undefined,
): NameSpan | undefined {
  const words: string[] = [];
  let at = start;
  for (
    ;
    tokens[at]?.isCapital &&
    !taken.has(at) &&
    (at === start || (!tokens[at]?.isFirst && !knownAt(tokens, at)));
    at += 1
  ) {
    const token = tokens[at];
    const word = bare(token?.lower ?? '');
    const isNoName = token?.text === 'I' || isRole(word) || (token?.isFirst && isOpener(word));
    if (!isNoName) {
      words.push(word);
    }
    if (token?.text !== bare(token?.text ?? '')) {
      at += 1;
      break;
    }
    const after = tokens[at + 1];
    const isInitial = token?.text.length === 1 && after?.text === '.';
    const isHyphen = after?.text === '-' && after.isGlued && tokens[at + 2]?.isCapital;
    at += isInitial || isHyphen ? 1 : 0;
  }
  return at > start ? { groups: [], words, start, next: at } : undefined;
}
