import { expect, it, vi } from 'vitest';
import { remembered } from '#src/rag/generate/remembered.js';

it('weighs a text once, and forgets when there are too many', () => {
  const weigh = vi.fn((text: string) => text.length);
  const length = remembered(weigh);

  expect([length('four'), length('four'), length('')]).toEqual([4, 4, 0]);
  expect(length('')).toBe(0);
  expect(weigh).toHaveBeenCalledTimes(2);

  for (let i = 0; i < 5000; i += 1) {
    length(`text ${i}`);
  }
  expect(length('four')).toBe(4);
  expect(weigh).toHaveBeenCalledTimes(5003);
});
