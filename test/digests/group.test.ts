import { expect, it } from 'vitest';
import { group, SURE } from '#src/digests/group.js';

/** Log odds by pair, "0-1"; all others are 5 against. */
const from = (odds: Record<string, number>) => (i: number, j: number) => odds[`${i}-${j}`] ?? -5;

it('does not let a chain swallow two that do not like each other', () => {
  expect(group(3, from({ '0-1': 3, '1-2': 2 }))).toEqual([[0, 1], [2]]);
});

it('puts together those that like each other on average', () => {
  expect(group(4, from({ '0-1': 3, '1-2': 2, '0-2': -1 }))).toEqual([[0, 1, 2], [3]]);
});

it('never parts what surely belongs together', () => {
  expect(group(2, from({ '0-1': SURE }))).toEqual([[0, 1]]);
  expect(group(3, from({ '0-1': SURE, '0-2': 3, '1-2': -6 }))).toEqual([[0, 1], [2]]);
});

it('gives each of many items one group, as comparing all pairs anew does', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const table = new Map<string, number>();
  const odds = (i: number, j: number) => {
    const key = `${i}-${j}`;
    table.set(key, table.get(key) ?? random() * 8 - 5);
    return table.get(key) ?? 0;
  };

  const found = group(40, odds);

  expect(found.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  expect(found).toEqual(naive(40, odds));
});

/** Average link by its definition: all means anew at each step. */
function naive(n: number, odds: (i: number, j: number) => number): number[][] {
  const groups = Array.from({ length: n }, (_, i) => [i]);
  for (;;) {
    let best = { mean: 0, a: -1, b: -1 };
    for (const [a, one] of groups.entries()) {
      for (const [b, other] of groups.entries()) {
        const pairs = a < b ? one.flatMap((i) => other.map((j) => odds(Math.min(i, j), Math.max(i, j)))) : [];
        const mean = pairs.reduce((sum, value) => sum + value, 0) / Math.max(1, pairs.length);
        best = mean > best.mean ? { mean, a, b } : best;
      }
    }
    if (best.a < 0) {
      return groups;
    }
    const [from] = groups.splice(best.b, 1);
    groups[best.a] = [...(groups[best.a] ?? []), ...(from ?? [])].sort((x, y) => x - y);
  }
}

it('makes one group of one item and none of none', () => {
  expect(group(1, () => 0)).toEqual([[0]]);
  expect(group(0, () => 0)).toEqual([]);
});
