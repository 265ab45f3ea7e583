import { expect, it } from 'vitest';
import { zoneNamed } from '#src/digests/zone.js';

it.each([
  ['Europe/London', 'Europe/London'],
  ['europe/london', 'Europe/London'],
  ['London', 'Europe/London'],
  ['new york', 'America/New_York'],
  ['kolkata', 'Asia/Kolkata'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['UTC', 'UTC'],
  ['Londn', undefined],
  ['+05:30', undefined],
  ['', undefined],
  // India's, Israel's and Ireland's.
  ['IST', undefined],
  ['constructor', undefined],
])('reads "%s" as %s', (text, zone) => {
  expect(zoneNamed(text)).toBe(zone);
});
