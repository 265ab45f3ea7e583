// What an alias of several names means: the sense that most of what stands beside it speaks for (a league, a
// club of the same league, a side, a word of the auction), else the best known.
import { keyOf } from './name-tokens.js';
import type { FoundName, Name, Side } from './names.js';
import { stems } from './terms.js';

/** A name as one of the meanings of an alias, with the side that the alias names. */
export interface Sense {
  name: Name;
  side: Side | undefined;
  isPeople?: boolean;
  /** It counts only where its side is named elsewhere: the under-19s "in the Asia Cup". */
  isOfSide?: boolean;
}

/** Words of a text that are an alias. */
export interface Match {
  said: string;
  senses: Sense[];
  /** The key of the word before them. */
  before: string | undefined;
}

/** "Under-19 Asia Cup" is the under-19s' Asia Cup. */
const SIDE_BEFORE = /^(?:Women's|Under-19) /;
/** What stands before a place. */
const IN = new Set(['in', 'at', 'near', 'outside', 'around']);

/** All meanings of each alias; a name of its own beats an alias of another. */
export function sensesByKey(names: Name[]): Map<string, Sense[]> {
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
    if (name.kind === 'word') {
      add(name.name, { name, side: undefined });
    }
    for (const alias of name.people ?? []) {
      add(alias, { name, side: name.only, isPeople: true });
    }
  }
  for (const name of names.filter(({ kind }) => kind !== 'place' && kind !== 'word').toReversed()) {
    senses.set(keyOf(name.name), [{ name, side: name.only }]);
  }
  for (const name of names.filter(({ kind, only }) => kind === 'league' && only !== undefined)) {
    const key = keyOf(name.name.replace(SIDE_BEFORE, ''));
    const [own] = senses.get(key) ?? [];
    if (own && own.name !== name && own.name.kind === 'league') {
      senses.get(key)?.push({ name, side: name.only, isOfSide: true });
    }
  }
  return senses;
}

/** What the words mean beside the other matches; [] for a word that is no name. */
export function settle(match: Match, matches: Match[]): FoundName[] {
  const around = matches.filter((other) => other !== match && other.said !== match.said);
  const certain = around.flatMap(({ senses }) => {
    const [own, ...others] = senses.filter(({ isOfSide }) => !isOfSide);
    return own && others.length === 0 ? [own] : [];
  });
  const beside = new Set(certain.flatMap(({ name }) => [name.name, ...(name.context ?? [])]));
  const sides = new Set(certain.map((sense) => sideOfSense(sense)));
  const possible = match.senses.filter(({ isOfSide, side }) => !isOfSide || sides.has(side));
  const scored = possible.map((sense) => ({ sense, score: supportOf(sense, beside, sides) }));
  const best = Math.max(...scored.map(({ score }) => score));
  const [first, ...rest] = scored.filter(({ score }) => score === best).map(({ sense }) => sense);
  if (!first || (first.name.kind === 'word' && !/\s/.test(match.said))) {
    return [];
  }
  const { kind, name, place } = first.name;
  const isSupported = best > 0 || !saysPartOf(match.said, name);
  if (kind === 'club' && !isSupported && match.before !== undefined && IN.has(match.before)) {
    // "In Mumbai": the city.
    return [];
  }
  const others = rest.filter((sense) => sense.name.kind !== 'word').map((sense) => sense.name.name);
  const found: FoundName = { kind, name, said: match.said, isSupported };
  return [
    {
      ...found,
      ...(sideOfSense(first) ? { side: sideOfSense(first) } : {}),
      ...(place ? { place } : {}),
      ...(first.isPeople ? { isPeople: true as const } : {}),
      ...(others.length > 0 ? { others } : {}),
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
