// What somebody writes that they follow ("IPL", "White Ferns", "women"), as the names of config/cricket.yaml.
import type { Following } from './digests/ports.js';
import { BotError } from './errors.js';
import { editDistance } from './rag/adapters/nearest-stem.js';
import { keyOf } from './rag/understand/name-tokens.js';
import { createNameFinder, type NameKind, type NameLists } from './rag/understand/names.js';

type Kind = 'teams' | 'leagues' | 'formats';

const KINDS: Partial<Record<NameKind, Kind>> = {
  team: 'teams',
  club: 'teams',
  league: 'leagues',
  trophy: 'leagues',
  format: 'formats',
};
const SIDES = new Map<string, Following['sides'][number]>([
  ['men', 'men'],
  ['women', 'women'],
  ['under-19', 'under-19'],
  ['u19', 'under-19'],
]);
const MOST_NAMES = 50;

/** The names in a fixed order, each once; `all` = everything. Error: `usage`, with the nearest that is known. */
export function followingOf(words: string[], lists: NameLists): Following {
  const find = createNameFinder(lists);
  const following: Following = { teams: [], leagues: [], formats: [], sides: [] };
  if (words.length > MOST_NAMES) {
    throw new BotError('usage', `${words.length} names are followed at once (allowed: ${MOST_NAMES})`);
  }
  for (const word of words.map((text) => text.trim().slice(0, 80))) {
    const side = SIDES.get(word.toLowerCase());
    if (side) {
      following.sides.push(side);
    } else if (word.toLowerCase() !== 'all') {
      // Short forms count in a text that is not in capitals throughout.
      const [found, ...others] = find(`of ${word}`);
      const kind = found && KINDS[found.kind];
      if (!found || !kind || others.length > 0 || keyOf(found.said) !== keyOf(word)) {
        throw unknown(word, lists);
      }
      following[kind].push(found.name);
      following.sides.push(...(found.side ? [found.side] : []));
    }
  }
  return {
    teams: ordered(following.teams),
    leagues: ordered(following.leagues),
    formats: ordered(following.formats),
    sides: ordered(following.sides),
  };
}

/** Equal lists are equal texts, whatever order they were written in: equal orders are composed once. */
const ordered = <Item extends string>(items: Item[]): Item[] => [...new Set(items)].sort();

function unknown(word: string, { names }: NameLists): BotError {
  const known = names.filter(({ kind }) => KINDS[kind]);
  const near = nearest(word, [...known.flatMap(({ aliases, name }) => [name, ...aliases]), ...SIDES.keys()]);
  return new BotError(
    'usage',
    `"${word}" is no team, league, format or side that is known${near ? ` (nearest: ${near})` : ''}; all, men, women and under-19 are allowed, too`,
  );
}

/** The nearest of the words, as long as it is near: a third of its letters may differ. */
export function nearest(word: string, words: string[]): string | undefined {
  const wanted = word.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  let best: { word: string; distance: number } | undefined;
  for (const each of words) {
    const distance = editDistance(wanted, each.toLowerCase(), most);
    if (distance <= most && (!best || distance < best.distance)) {
      best = { word: each, distance };
    }
  }
  return best?.word;
}

/** Parts of what is followed. */
const PARTS = ['teams', 'leagues', 'formats', 'sides'] as const;
/** All of it, as `followingOf` reads it. */
export const wordsOf = (following: Following): string[] =>
  PARTS.flatMap((kind) => following[kind] as string[]);

/** Both. */
export function joined(own: Following | undefined, more: Following): Following {
  const both = (kind: (typeof PARTS)[number]) => [...(own?.[kind] ?? []), ...more[kind]];
  return Object.fromEntries(PARTS.map((kind) => [kind, both(kind)])) as unknown as Following;
}

/** The one without the other. */
export function without(own: Following | undefined, less: Following): Following {
  const rest = (kind: (typeof PARTS)[number]) =>
    (own?.[kind] ?? []).filter((name) => !(less[kind] as string[]).includes(name));
  return Object.fromEntries(PARTS.map((kind) => [kind, rest(kind)])) as unknown as Following;
}
