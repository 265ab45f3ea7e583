// Where something is said to happen: names after "in" and "at".
import type { Pieced, Span } from './pieces.js';

const BEFORE = /^(?:in|at)$/;

/** Places of a text with all that each may be called; towns and grounds of the lists share what they lie in. */
export function placesOf({ names, tokens }: Pieced): (Span & { keys: string[] })[] {
  return names
    .filter(({ start }) =>
      BEFORE.test(tokens[start - (tokens[start - 1]?.lower === 'the' ? 2 : 1)]?.lower ?? ''),
    )
    .map(({ groups, homes, next, start, words }) => ({
      start,
      next,
      keys: [...groups.map((group) => `#${group}`), ...homes, words.join(' '), ...words.slice(0, 1)],
    }));
}
