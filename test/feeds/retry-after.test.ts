import { expect, it } from 'vitest';
import { retryAfterMs } from '#src/feeds/retry-after.js';

const NOW = new Date('2023-12-19T12:00:00Z');

it.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Tue, 19 Dec 2023 12:30:00 GMT', 1_800_000],
  ['Tue, 19 Dec 2023 11:00:00 GMT', 0],
  ['99999999999', 86_400_000],
  ['Tue, 19 Dec 2033 12:30:00 GMT', 86_400_000],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads Retry-After "%s"', (header, milliseconds) => {
  expect(retryAfterMs(header, NOW)).toBe(milliseconds);
});
