import { expect, it } from 'vitest';
import { marksOf, shinglesOf, wordsOf } from '#src/store/shingles.js';

const words = (count: number, from = 0) => Array.from({ length: count }, (_, i) => `word${i + from}`);
const marks = (list: string[]) => marksOf(shinglesOf(list));

it.each([
  ["Quill's 71* off 49 balls, don't ask", ['quills', '71', 'off', '49', 'balls', 'dont', 'ask']],
  ['an average of 45.30 and $1,250', ['an', 'average', 'of', '45.30', 'and', '1,250']],
  ['5-43 — T20', ['5', '43', 't20']],
  ['भारत ने जीता', ['भारत', 'ने', 'जीता']],
  ['…', []],
])('reads the words of %j', (text, expected) => {
  expect(wordsOf(text)).toEqual(expected);
});

it('makes one shingle of each run of four words', () => {
  const [first, ...rest] = shinglesOf(['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd']);

  expect(rest).toHaveLength(4);
  expect(rest.at(-1)).toBe(first);
  expect(new Set(rest).size).toBe(4);
  expect(shinglesOf(['a', 'b', 'c'])).toHaveLength(0);
});

it('marks a twelfth of a text, at least 16 and at most 64 shingles', () => {
  const counts = [3, 10, 100, 403, 5000].map((count) => marks(words(count)).length);

  expect(counts).toEqual([0, 7, 16, 34, 64]);
});

it('marks a text the same wherever it stands: what is shared is marked in both or neither', () => {
  const shared = words(600);
  const a = marks([...shared, ...words(60, 10_000)]);
  const b = new Set(marks([...words(60, 20_000), ...shared]));

  expect(a.filter((mark) => b.has(mark)).length).toBeGreaterThan(0.75 * a.length);
});

it('keeps its hashes: stored marks depend on them', () => {
  expect([...shinglesOf(['harbour', 'won', 'the', 'final', 'again'])]).toEqual([2565954700, 1681670159]);
});
