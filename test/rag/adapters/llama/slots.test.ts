import { expect, it } from 'vitest';
import { chooseSlot, reusable, sharedLength } from '#src/rag/adapters/llama/slots.js';

it.each([
  ['the longest common beginning', [[1, 2], [1, 2, 3, 9], [1]], [1, 2, 3, 4], 1],
  [
    'the one used longest ago among equals',
    [
      [1, 2, 8],
      [1, 2, 9],
    ],
    [1, 2, 3],
    0,
  ],
  ['an empty one when none shares anything and it is the oldest', [[], [7, 7]], [1, 2], 0],
  ['none when none is free', [], [1], -1],
])('takes %s', (_, held, prompt, expected) => {
  const free = held.map((tokens, i) => ({ tokens, usedAt: i }));

  expect(chooseSlot(free, prompt)).toBe(expected);
});

it('takes the older of two equals, wherever it stands', () => {
  const free = [
    { tokens: [1, 2], usedAt: 9 },
    { tokens: [1, 3], usedAt: 4 },
  ];

  expect(chooseSlot(free, [1, 5])).toBe(1);
});

it('does not lose what a slot holds for a few tokens more', () => {
  const prompt = Array.from({ length: 100 }, (_, i) => i);
  const held = { tokens: [...prompt.slice(0, 15), 777, 778, 779], usedAt: 5 };

  expect(chooseSlot([held, { tokens: prompt.slice(0, 8), usedAt: 1 }], prompt)).toBe(1);
  expect(chooseSlot([held, { tokens: prompt.slice(0, 4), usedAt: 1 }], prompt)).toBe(0);
});

it('always leaves a token to be read, since the first word comes from it', () => {
  expect(reusable([1, 2, 3, 4], [1, 2, 3])).toBe(2);
  expect(reusable([1, 2], [1, 2, 3])).toBe(2);
  expect(reusable([], [1])).toBe(0);
});

it('compares from the beginning only', () => {
  expect(sharedLength([1, 2, 3], [9, 2, 3])).toBe(0);
});
