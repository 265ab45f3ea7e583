// The names of a text: those that are known by several words ("RCB", "Royal Challengers Bengaluru", "the
// Proteas") and all other runs of capitalised words ("Pat Cummins", "St George's Park").
import type { NameLists } from '../understand/names.js';
import { isVerb } from './belonging/verbs.js';
import { isOpener, isRole } from './common-words.js';
import { createHomes } from './homes.js';
import { bare, fold, type Token, tokensOf } from './tokens.js';

export interface NameSpan {
  /** What it may stand for, of the names that are known; [] = it is none of them. */
  groups: number[];
  /** Where it lies or whose it is, of the names that are known: Perth, for the Scorchers and for the WACA. */
  homes: string[];
  /** What is of no list is most often a person. */
  kind: 'team' | 'person' | 'other';
  /** Its words in lower case, without possessive endings; titles are left out. Of a nickname the name behind it. */
  words: string[];
  /** Sides that the name speaks of beside itself: those of the Under-19 World Cup are under 19. */
  sides: number[];
  start: number;
  next: number;
}

/** Whether a word is known to be a name, also where it may be a common word: "Young", "Head". */
export type IsName = (word: string) => boolean;

/** Names of a text in order; `taken` are tokens of dates. */
export type ReadNames = (tokens: Token[], taken: Set<number>, isName?: IsName) => NameSpan[];

/** Reads names that are known as `lists` say, and all others as runs of capitals. */
export function createNameReader(lists: NameLists): ReadNames {
  const groupsOf = new Map<string, Set<number>>();
  let longest = 1;
  for (const [group, { aliases, kind, name, people = [], sides = {} }] of lists.names.entries()) {
    const all = kind === 'word' ? [] : [name, ...aliases, ...people, ...Object.values(sides).flat()];
    for (const alias of all) {
      const key = tokensOf(fold(alias)).map(({ lower }) => lower);
      longest = Math.max(longest, key.length);
      const groups = groupsOf.get(key.join(' ')) ?? new Set();
      groupsOf.set(key.join(' '), groups.add(group));
    }
  }
  const homesOf = createHomes(lists.names);
  const capitals = new Set(lists.capitalsOnly.map((word) => word.toLowerCase()));
  const capitalised = new Set(lists.capitalisedOnly.map((word) => word.toLowerCase()));
  const kinds = lists.names.map(({ kind }) =>
    /^(?:team|club)$/.test(kind) ? 'team' : kind === 'person' ? kind : 'other',
  );
  const kindOf = (groups: number[]) =>
    (['team', 'person'] as const).find((kind) => groups.some((group) => kinds[group] === kind)) ?? 'other';

  const sideGroups = new Map(
    lists.names.flatMap(({ kind, name }, group) => (kind === 'side' ? [[name, group] as const] : [])),
  );
  const sidesOf = (groups: number[]) =>
    groups.flatMap((group) => sideGroups.get(lists.names[group]?.only ?? '') ?? []);

  function knownAt(tokens: Token[], at: number): NameSpan | undefined {
    for (let length = Math.min(longest, tokens.length - at); length > 0; length -= 1) {
      const part = tokens.slice(at, at + length);
      const words = part.map(({ lower }, i) => (i === length - 1 ? bare(lower) : lower));
      const key = words.join(' ');
      // Lord's is a ground, Starc's is Starc.
      const whole = part.map(({ lower }) => lower).join(' ');
      const groups = [...(groupsOf.get(whole) ?? groupsOf.get(key) ?? [])];
      const isShouted = part.every(({ text }) => bare(text) === bare(text).toUpperCase());
      const isMeant = (!capitals.has(key) || isShouted) && (!capitalised.has(key) || part[0]?.isCapital);
      if (groups.length > 0 && isMeant) {
        const own = lists.names[groups[0] ?? 0];
        const isNickname = groups.length === 1 && own?.kind === 'person';
        return {
          groups,
          homes: homesOf(groups),
          kind: kindOf(groups),
          words: isNickname ? tokensOf(fold(own.name)).map(({ lower }) => lower) : words,
          sides: sidesOf(groups),
          start: at,
          next: at + length,
        };
      }
    }
    return undefined;
  }

  return (tokens, taken, isName = () => false) => {
    const spans: NameSpan[] = [];
    for (let at = 0; at < tokens.length; ) {
      const span =
        taken.has(at) || !tokens[at]?.isWord
          ? undefined
          : (knownAt(tokens, at) ?? runAt(tokens, at, taken, knownAt, isName));
      if (span && span.words.length > 0) {
        spans.push(span);
      }
      at = span ? span.next : at + 1;
    }
    return spans;
  };
}

/** Written in capitals without being names: money, hours, "No. 4". */
const SIGNS =
  /^(?:rs|inr|usd|gbp|aud|eur|am|pm|ist|gmt|utc|bst|est|edt|pst|cet|cest|aest|aedt|sast|nzdt|no|nos|nr|number|i|the)$/;

/** "Peter de Wit", "Rassie van der Dussen". */
function isParticle(word: Token | undefined, next: Token | undefined): boolean {
  return (
    /^(?:de|van|der|den|von|du|da|di|bin|al|el|le|la)$/.test(word?.text ?? '') &&
    next?.isWord === true &&
    (next.isCapital || /^(?:der|den|la)$/.test(next.text))
  );
}

/**
 * "Holders Scotland", "Mourners will gather", "Replying to 204": no first name ends like a word for who does something,
 * and no verb stands right after a participle.
 */
function isAtOpening(word: string, tokens: Token[], at: number): boolean {
  const after = tokens[at + 1];
  const isSeveral = after?.isCapital === true || SEVERAL_DO.test(after?.lower ?? '');
  const isGoingOn = after?.isWord === true && (after.isCapital || !isVerb(tokens, at + 1));
  return (
    isOpener(word) ||
    /...(?:less|ful|ous)$/.test(word) ||
    (isSeveral && /(?:ers|ors|ists)$/.test(word)) ||
    (isGoingOn && /...ing$/.test(word) && after?.lower !== 'and') ||
    (PARTICIPLE.test(word) && FOLLOWS.test(after?.lower ?? ''))
  );
}

/** "Announced on 8 May, it …"; the endings of Ahmed, Rasheed, Javed and Alfred are left out. */
const PARTICIPLE = /...[cdgknpstwxz]ed$/;
const FOLLOWS = /^(?:on|at|by|in|as|after|before|for|from|with|to|last|this|a|an|the|only|just)$/;
const SEVERAL_DO =
  /^(?:were|are|have|will|can|could|may|might|would|must|from|who|of|in|with|on|at|to|and|flocked|queued)$/;

/** A run of capitalised words up to the next known name; "K.L. Rahul" and "Smith-Rowe" are one run each. */
function runAt(
  tokens: Token[],
  start: number,
  taken: Set<number>,
  knownAt: (tokens: Token[], at: number) => NameSpan | undefined,
  isName: IsName,
): NameSpan | undefined {
  const words: string[] = [];
  let isInitials = false;
  let at = start;
  const goesOn = () => tokens[at]?.isCapital && !taken.has(at) && (at === start || isInner());
  const isInner = () => !tokens[at]?.isFirst && !knownAt(tokens, at);
  for (; goesOn(); at += 1) {
    const token = tokens[at] as Token;
    const word = bare(token.lower);
    const after = tokens[at + 1];
    const isOffice = isRole(word) && after?.isCapital === true;
    const isInitial = token.text.length === 1 && after?.text === '.';
    if (isInitial && isInitials) {
      words.push(`${words.pop()}${word}`);
    } else if (
      !isOffice &&
      !SIGNS.test(word) &&
      !(token.isFirst && isAtOpening(word, tokens, at) && !isName(word))
    ) {
      words.push(word);
    }
    isInitials = isInitial;
    if (token.lower !== word) {
      at += 1;
      break;
    }
    const isHyphen = after?.text === '-' && after.isGlued && tokens[at + 2]?.isCapital;
    at += isInitial || isHyphen || isParticle(after, tokens[at + 2]) ? 1 : 0;
  }
  return at > start
    ? { groups: [], homes: [], kind: 'person', words, sides: [], start, next: at }
    : undefined;
}
