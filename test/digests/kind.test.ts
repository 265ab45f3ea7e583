import { expect, it } from 'vitest';
import { kindOf, tellsResult } from '#src/digests/kind.js';

it.each([
  ['Australia beat Pakistan by 360 runs', 'Australia beat Pakistan by 360 runs in Perth.', 'result'],
  ['Ireland 17-12 South Africa', 'Ireland won in Dublin.', 'result'],
  ['South Africa v India: team news', 'The third ODI is on Thursday.', 'preview'],
  ['Why Starc is worth it', 'He bowls fast.', 'opinion'],
  ['Iyer joins the squad', 'Iyer was released to the Test squad.', 'news'],
])('%s is a %s', (title, text, kind) => {
  expect(kindOf(title, text)).toBe(kind);
});

it.each([
  ['South Africa beat India.', true],
  ['Pakistan are 132 for 2.', true],
  ['They went down by eight wickets.', true],
  ['Bavuma rests for the decider.', false],
])('knows whether %j tells a result', (text, tells) => {
  expect(tellsResult(text)).toBe(tells);
});
