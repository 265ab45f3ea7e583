import { expect, it } from 'vitest';
import { createCopyTest } from '#src/store/copies.js';
import { EDITIONS, FOLLOW_UP, OWN_REPORT, PREVIEWS, textOf, WIRE } from '../helpers/reports.js';

const wire = textOf(WIRE);

/** Asks both ways round: the answer may not depend on which text came first. */
function isCopy(a: string, b: string): boolean {
  const there = createCopyTest(a)(b);
  expect(createCopyTest(b)(a)).toBe(there);
  return there;
}

it.each(Object.entries(EDITIONS))('takes for a copy: %s', (_, paragraphs) => {
  expect(isCopy(wire, textOf(paragraphs))).toBe(true);
});

it.each([
  ['an own report of the same match, with the same quotation', textOf(OWN_REPORT)],
  ['a follow-up that repeats the background', textOf(FOLLOW_UP)],
  [
    'a follow-up that is half background',
    textOf([...FOLLOW_UP.slice(0, 4), ...WIRE.slice(1, 3), ...WIRE.slice(6)]),
  ],
  [
    'a round-up that tells it among other matches',
    textOf([...OWN_REPORT, ...PREVIEWS, ...PREVIEWS, ...WIRE.slice(0, 5)]),
  ],
  ['a preview', PREVIEWS[0] ?? ''],
  ['no text', ''],
])('takes for no copy: %s', (_, text) => {
  expect(isCopy(wire, text)).toBe(false);
});

it('tells two previews from one template apart by their names and numbers', () => {
  const [first = '', second = ''] = PREVIEWS;

  expect(isCopy(first, second)).toBe(false);
  expect(isCopy(first, `${first}\nTickets can be bought at the gate.`)).toBe(true);
});

it('says nothing of short texts, even equal ones', () => {
  const short = 'Follow live text commentary of the match at the Breakwater Ground from 14:00.';

  expect(isCopy(short, short)).toBe(false);
});

it('does not mind case, quotation marks, ligatures and line ends', () => {
  const typed = wire.toUpperCase().replaceAll('"', '').replaceAll('\n', '\r\n\r\n').replaceAll('FI', 'ﬁ');

  expect(isCopy(wire, typed)).toBe(true);
});

it('reads a long text in a time that grows with its length alone', () => {
  const long = Array.from({ length: 100_000 }, (_, i) => `word${i % 977}`).join(' ');
  const start = performance.now();

  expect(isCopy(long, long)).toBe(true);

  expect(performance.now() - start).toBeLessThan(3000);
});
