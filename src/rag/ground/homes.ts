// The towns of clubs and grounds. News calls a club by its town alone ("Perth won") and a match by the town of its
// ground, and the other way round.
import type { Name } from '../understand/names.js';
import { fold, tokensOf } from './tokens.js';

/** For places in the list of names, the names in lower case of the towns that they belong to. */
export function createHomes(names: Name[]): (groups: number[]) => string[] {
  const towns = names.map((name) => townsOf(name).map(keyOf));
  const aliases = new Map<string, string[]>();
  for (const { aliases: others, name } of names.filter(({ kind }) => kind === 'place')) {
    const all = [name, ...others].map(keyOf);
    for (const key of all) {
      aliases.set(key, all);
    }
  }
  return (groups) => [
    ...new Set(
      groups.flatMap((group) => (towns[group] ?? []).flatMap((town) => aliases.get(town) ?? [town])),
    ),
  ];
}

/** Of a club what its name says besides its nickname: "Perth" of the Perth Scorchers, who are the Scorchers. */
function townsOf({ aliases, kind, name, place }: Name): string[] {
  if (kind === 'ground') {
    return place ? [place] : [];
  }
  if (kind !== 'club') {
    return [];
  }
  const nicknames = aliases.filter((alias) => name.endsWith(` ${alias}`));
  return [
    ...nicknames.map((alias) => name.slice(0, -alias.length - 1)),
    ...aliases.filter((alias) => name.startsWith(`${alias} `)),
  ];
}

function keyOf(name: string): string {
  return tokensOf(fold(name))
    .map(({ lower }) => lower)
    .join(' ');
}
