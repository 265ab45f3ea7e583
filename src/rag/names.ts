// Names of the game and all that they are called: "RCB" is Royal Challengers Bengaluru, "the White Ferns" are
// New Zealand's women. One finder reads questions and articles, so that both can be searched under one name.
// A word of several names ("Royals", "MI") is settled by what stands beside it; else the best known is meant.
import { keyOf, type Token, tokensOf } from './name-tokens.js';
import { stems } from './terms.js';

/** The sides that play under a country's or a club's name. */
export type Side = 'men' | 'women' | 'under-19';

export type NameKind = 'team' | 'club' | 'league' | 'format' | 'trophy' | 'ground' | 'side' | 'word';

/** One thing with all that it is called. */
export interface Name {
  /** A `word` ("auction") is never found itself; it only settles what others mean. */
  kind: NameKind;
  name: string;
  /** Other names, short forms, words for its people; matched as whole words in any case, hyphens as spaces. */
  aliases: string[];
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
  kind: Exclude<NameKind, 'word'>;
  name: string;
  /** The words that stand in the text. */
  said: string;
  /** Side that the words mean: White Ferns, WBBL; absent = they leave it open. */
  side?: Side | undefined;
  place?: string | undefined;
  /** Other names that the words may stand for, none of them less likely by what stands beside; absent = settled. */
  others?: string[] | undefined;
  /** Whether the rest of the text speaks for this meaning. */
  isSupported: boolean;
}

export type FindNames = (text: string) => FoundName[];

interface Sense {
  name: Name;
  side: Side | undefined;
}

interface Match {
  said: string;
  senses: Sense[];
}

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
    for (const length of lengthsAt(tokens[at] as Token, lengths)) {
      const last = tokens[at + length - 1];
      if (!last) {
        continue;
      }
      const start = tokens.slice(at, at + length - 1).map(({ key }) => key);
      for (const ending of [last.key, last.owner]) {
        const key = [...start, ending].join(' ');
        const found = ending === undefined ? undefined : senses.get(key);
        const said = text.slice((tokens[at] as Token).from, last.to);
        if (found && isMeant(key, said, text, capitals, capitalised)) {
          return { said: ending === last.key ? said : said.replace(/['’]s?$/, ''), senses: found, length };
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

function lengthsAt({ key, owner }: Token, lengths: Map<string, number[]>): number[] {
  const own = lengths.get(key) ?? [];
  return owner !== undefined && lengths.get(owner)?.includes(1) ? [...new Set([...own, 1])] : own;
}

/** All meanings of each alias; a name of its own beats an alias of another. */
function sensesByKey(names: Name[]): Map<string, Sense[]> {
  const senses = new Map<string, Sense[]>();
  const add = (alias: string, sense: Sense) => {
    const known = senses.get(keyOf(alias)) ?? [];
    if (!known.some(({ name }) => name.name === sense.name.name)) {
      senses.set(keyOf(alias), [...known, sense]);
    }
  };
  for (const name of names) {
    for (const [side, aliases] of Object.entries(name.sides ?? {})) {
      for (const alias of aliases) {
        add(alias, { name, side: side as Side });
      }
    }
    for (const alias of name.aliases) {
      add(alias, { name, side: name.only });
    }
  }
  for (const name of names.toReversed()) {
    senses.set(keyOf(name.name), [{ name, side: name.only }]);
  }
  return senses;
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

/** What the words mean beside the other matches; [] for a word that is no name. */
function settle(match: Match, matches: Match[]): FoundName[] {
  const others = matches.filter((other) => other !== match && other.said !== match.said);
  const certain = others.flatMap(({ senses }) => (senses.length === 1 ? senses : []));
  const beside = new Set(certain.flatMap(({ name }) => [name.name, ...(name.context ?? [])]));
  const sides = new Set(certain.map((sense) => sideOfSense(sense)));
  const scored = match.senses.map((sense) => ({ sense, score: supportOf(sense, beside, sides) }));
  const best = Math.max(...scored.map(({ score }) => score));
  const [first, ...rest] = scored.filter(({ score }) => score === best).map(({ sense }) => sense);
  if (!first || first.name.kind === 'word') {
    return [];
  }
  const { kind, name, place } = first.name;
  const isSupported = best > 0 || !saysPartOf(match.said, name);
  const found: FoundName = { kind, name, said: match.said, isSupported };
  return [
    {
      ...found,
      ...(sideOfSense(first) ? { side: sideOfSense(first) } : {}),
      ...(place ? { place } : {}),
      ...(rest.length > 0 ? { others: rest.map((sense) => sense.name.name) } : {}),
    },
  ];
}

function sideOfSense({ name, side }: Sense): Side | undefined {
  return name.kind === 'side' ? (name.name as Side) : (side ?? name.only);
}

function supportOf({ name }: Sense, beside: Set<string>, sides: Set<Side | undefined>): number {
  const shared = (name.context ?? []).filter((other) => beside.has(other)).length;
  const contradicts = name.only !== undefined && !sides.has(name.only) && [...sides].some(Boolean);
  return shared + (name.only && sides.has(name.only) ? 1 : 0) - (contradicts ? 1 : 0);
}

/** "Kolkata" of Kolkata Knight Riders may be the city as well. */
function saysPartOf(said: string, name: string): boolean {
  const whole = stems(name);
  const part = stems(said);
  return part.length < whole.length && part.every((stem) => whole.includes(stem));
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
