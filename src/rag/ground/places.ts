// Where something is said to happen: names after "in" and "at".
import type { NameSpan } from './names.js';
import type { Pieced, Span } from './pieces.js';

const BEFORE = /^(?:in|at)$/;

/** A name with all that it may be called; towns and grounds of the lists share what they lie in. */
export type Place = Span & { keys: string[] };

/** Names that stand for where something happens. */
export function placesIn({ names, tokens }: Pieced): Place[] {
  return names
    .filter(({ start }) =>
      BEFORE.test(tokens[start - (tokens[start - 1]?.lower === 'the' ? 2 : 1)]?.lower ?? ''),
    )
    .map(placeOf);
}

function placeOf({ groups, homes, next, start, words }: NameSpan): Place {
  return {
    start,
    next,
    keys: [...groups.map((group) => `#${group}`), ...homes, words.join(' '), ...words.slice(0, 1)],
  };
}
