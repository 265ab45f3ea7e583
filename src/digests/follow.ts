// Whether a story is of what somebody follows: teams and leagues add up, formats and sides narrow down. A report
// that names no format may be of any; one that names no side is of the men's.
import type { Following } from './ports.js';

/** A name of the game as config/cricket.yaml has it, found in a text. */
export interface GameName {
  kind: string;
  name: string;
  /** "women", "under-19"; absent = the words leave it open. */
  side?: string | undefined;
  /** The words that stand in the text. */
  said: string;
}

/** How many of the names are followed, where the text may be told at all; 0 = it is not of what is followed. */
export function followedIn(
  names: GameName[],
  sides: string[],
  { formats, leagues, sides: wanted, teams }: Following,
): number {
  const found = new Set(names.map(({ name }) => name));
  const own = new Set([...sides, ...names.flatMap(({ side }) => side ?? [])]);
  const isOfSide =
    wanted.length === 0 ||
    wanted.some((side) => (side === 'men' ? own.size === 0 || own.has('men') : own.has(side)));
  const named = names.filter(({ kind }) => kind === 'format');
  const isOfFormat =
    formats.length === 0 || named.length === 0 || named.some(({ name }) => formats.includes(name));
  if (!isOfSide || !isOfFormat) {
    return 0;
  }
  const topics = [...teams, ...leagues];
  return topics.length === 0 ? 1 : topics.filter((name) => found.has(name)).length;
}
