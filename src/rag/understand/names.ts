// Names of the game and all that they are called: "RCB" is Royal Challengers Bengaluru, "the White Ferns" are
// New Zealand's women. One finder reads questions and articles, so that both can be searched under one name.
// A word of several names ("Royals", "MI") is settled by what stands beside it; else the best known is meant.
import { type Match, sensesByKey, settle } from './name-senses.js';
import { keyOf, type Token, tokensOf } from './name-tokens.js';
import { stems } from './terms.js';

/** The sides that play under a country's or a club's name. */
export type Side = 'men' | 'women' | 'under-19';

export type NameKind =
  | 'team'
  | 'club'
  | 'league'
  | 'format'
  | 'trophy'
  | 'ground'
  | 'place'
  | 'person'
  | 'side'
  | 'word';

/** One thing with all that it is called. */
export interface Name {
  /** A `word` ("auction") is no name; it settles what others mean. */
  kind: NameKind;
  name: string;
  /** Other names, short forms, words for its people; matched as whole words in any case, hyphens as spaces. */
  aliases: string[];
  /** Words for its people, who are no other name of it: Australian. */
  people?: string[] | undefined;
  /** Aliases that name one side of it alone. */
  sides?: Partial<Record<Side, string[]>> | undefined;
  /** The side that alone bears this name; absent = any may. */
  only?: Side | undefined;
  /** Names that settle an alias of several in its favour: a club's leagues, a ground's country. */
  context?: string[] | undefined;
  /** What else it may be reported under: the city of a ground. */
  place?: string | undefined;
}

export interface NameLists {
  /** The best known first: it is meant when nothing else decides. */
  names: Name[];
  /** Short forms that count only in capitals, in a text that is not in capitals throughout. */
  capitalsOnly: string[];
  /** Plain words ("Heat", "Stars") that count only with a capital letter. */
  capitalisedOnly: string[];
}

/** A name found in a text. */
export interface FoundName {
  /** A `word` is told only when it is of several: "head coach" holds no player named Head. */
  kind: NameKind;
  name: string;
  /** The words that stand in the text. */
  said: string;
  /** Side that the words mean: White Ferns, WBBL; absent = they leave it open. */
  side?: Side | undefined;
  place?: string | undefined;
  /** Other names that the words may stand for, none of them less likely by what stands beside; absent = settled. */
  others?: string[] | undefined;
  /** Whether the words are for its people: "the Australian captain". */
  isPeople?: true | undefined;
  /** Whether the rest of the text speaks for this meaning. */
  isSupported: boolean;
}

export type FindNames = (text: string) => FoundName[];

/** Finds names by their aliases, longest first, each word in one name at most. */
export function createNameFinder(lists: NameLists): FindNames {
  const senses = sensesByKey(lists.names);
  /** Numbers of words of the aliases that begin with a word, the longest first. */
  const lengths = new Map<string, number[]>();
  for (const key of senses.keys()) {
    const words = key.split(' ');
    const first = words[0] as string;
    lengths.set(
      first,
      [...new Set([...(lengths.get(first) ?? []), words.length])].sort((a, b) => b - a),
    );
  }
  const capitals = new Set(lists.capitalsOnly.map(keyOf));
  const capitalised = new Set(lists.capitalisedOnly.map(keyOf));

  function matchAt(tokens: Token[], at: number, text: string): (Match & { length: number }) | undefined {
    const token = tokens[at] as Token;
    for (const length of lengthsAt(token, lengths)) {
      const last = tokens[at + length - 1];
      if (!last) {
        continue;
      }
      const start = tokens.slice(at, at + length - 1).map(({ key }) => key);
      for (const ending of endingsOf(last, length)) {
        const key = [...start, ending].join(' ');
        const found = senses.get(key);
        const said = text.slice(token.from, last.to);
        if (found && isMeant(key, said, text, capitals, capitalised)) {
          const words = last.variants.includes(ending) ? said.replace(/['’ʼ]s?$/i, '') : said;
          return { said: words, senses: found, before: tokens[at - 1]?.key, length };
        }
      }
    }
    return undefined;
  }

  return (text) => {
    const tokens = tokensOf(text);
    const matches: Match[] = [];
    for (let at = 0; at < tokens.length; at += 1) {
      const match = matchAt(tokens, at, text);
      if (match) {
        matches.push(match);
        at += match.length - 1;
      }
    }
    return matches.flatMap((match) => settle(match, matches));
  };
}

function lengthsAt({ key, variants }: Token, lengths: Map<string, number[]>): number[] {
  const own = lengths.get(key) ?? [];
  const hasVariant = variants.some((variant) => lengths.get(variant)?.includes(1));
  return hasVariant ? [...new Set([...own, 1])] : own;
}

/** The last word's keys; of several words in the singular, too: "World Cups". */
function endingsOf({ key, variants }: Token, length: number): string[] {
  const singular = length > 1 && /[^s]s$/.test(key) ? [key.slice(0, -1)] : [];
  return [key, ...variants, ...singular];
}

function isMeant(
  key: string,
  said: string,
  text: string,
  capitals: Set<string>,
  capitalised: Set<string>,
): boolean {
  if (capitals.has(key)) {
    return said === said.toUpperCase() && text !== text.toUpperCase();
  }
  return !capitalised.has(key) || /^(the )?\p{Lu}/u.test(said);
}

/** For each stem of the said words, the stems that mean the same when all of them are there. */
export function equivalentsOf(found: Pick<FoundName, 'name' | 'said'>[]): Map<string, string[]> {
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
