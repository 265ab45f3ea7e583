import { expect, it } from 'vitest';
import { isSuperseded } from '#src/rag/evidence/superseded.js';
import { aPassage } from '../../helpers/builders.js';

const at = (hour: number, text: string) =>
  aPassage({ articleId: String(hour), title: '', text, publishedAt: `2023-12-19T${hour}:00:00.000Z` });
const CLAIM = 'Quill is the most expensive player of the auction.';
const older = at(12, CLAIM);

it.each([
  ['the same of somebody else', 'Ash is the dearest player of the auction at 24 crore.', true],
  ['it of the same one', 'Quill, the most expensive player of the auction, smiled.', false],
  ['something else of another', 'Ash is the youngest player of the auction.', false],
  ['that another was it', 'Ash was the most expensive player of the last auction.', false],
  ['nothing of the kind', 'The auction goes on.', false],
])('knows when a newer report says %s', (_, text, expected) => {
  expect(isSuperseded(CLAIM, older, [older, at(14, text)])).toBe(expected);
});

it('leaves what is newer, and what is told of the past', () => {
  const other = at(11, 'Ash is the most expensive player of the auction.');

  expect(isSuperseded(CLAIM, older, [other, older])).toBe(false);
  expect(
    isSuperseded('Quill was the most expensive player until noon.', older, [
      at(14, 'Ash is the most expensive player.'),
    ]),
  ).toBe(false);
});
