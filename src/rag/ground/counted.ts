// Numbers of a sentence that count what it lists itself.
import type { Reckoned } from './derived.js';
import type { NumberFact } from './facts.js';
import { sentenceAt } from './pieces.js';

/** A list of more is not counted. */
const MOST_LISTED = 6;
/** Tokens between a number and its list. */
const NEAR = 4;

/** "Two New Zealanders, Daryl Mitchell and Rachin Ravindra": as many as are named after it. */
export function isCountOfList({ names, tokens }: Reckoned, { kind, next, value }: NumberFact): boolean {
  const sign = tokens.findIndex(({ text }, i) => i >= next && /^[,:(-]$/.test(text));
  if (kind !== 'count' || value < 2 || value > MOST_LISTED || sign < 0 || sign > next + NEAR) {
    return false;
  }
  const end = sentenceAt(tokens, sign).next;
  const isFree = tokens.slice(next, sign).every(({ isNumber }) => !isNumber);
  const listed = names.filter((name) => name.start > sign && name.next <= end && name.kind !== 'other');
  const kinds = new Set(listed.map((name) => name.kind));
  return isFree && kinds.size === 1 && listed.length === value && listed[0]?.start === sign + 1;
}

/** "Three men are named: Ash, Bay and Vale", "two titles, in 2003 and 2007": as many in one run as it counts. */
export function isCountOfRun(
  { dates, names, tokens }: Reckoned,
  { isSpelt, kind, next, value }: NumberFact,
): boolean {
  const isLink = (from: number, to: number) =>
    to - from <= MOST_LINKS &&
    tokens.slice(from, to).every(({ lower }) => /^(?:,|and|in|the|his|her)$/.test(lower));
  const isRun = (spans: { start: number; next: number }[]) =>
    spans.some((_, i) => {
      const run = spans.slice(i, i + value);
      const [before, after] = [spans[i - 1], spans[i + value]];
      const last = run.at(-1);
      return (
        run.length === value &&
        run.every((span, j) => j === 0 || isLink(run[j - 1]?.next ?? 0, span.start)) &&
        !(before && isLink(before.next, run[0]?.start ?? 0)) &&
        !(after && last && isLink(last.next, after.start))
      );
    });
  const isCounting = kind === 'count' && isSpelt === true && value >= 2 && value <= MOST_LISTED;
  return (
    isCounting &&
    (isRun(names.filter((name) => name.start > next && name.kind !== 'other')) ||
      isRun(dates.filter((date) => date.start > next)))
  );
}

const MOST_LINKS = 3;
