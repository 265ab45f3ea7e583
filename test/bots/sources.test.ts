import { expect, it } from 'vitest';
import { aboutSource, factsOf } from '#src/bots/sources.js';
import type { Answer } from '#src/domain.js';
import { aPassage } from '../helpers/builders.js';
import { citationOf } from '../helpers/scripted-ask.js';

const NOW = new Date('2023-12-19T18:00:00.000Z');
const anAnswer = (parts: Partial<Answer> = {}): Answer => ({
  text: 'Harbour won. [1]',
  citations: [citationOf('final')],
  retrieved: [aPassage({ articleId: 'a' }), aPassage({ articleId: 'a' }), aPassage({ articleId: 'b' })],
  abstained: false,
  asOf: '2023-12-19T15:05:00.000Z',
  publishersAgree: 4,
  warnings: [],
  dropped: 0,
  generator: 'scripted',
  ...parts,
});

it.each([
  ['2023-12-19T17:59:50.000Z', 'The Example · 1 min ago'],
  ['2023-12-19T17:18:00.000Z', 'The Example · 42 min ago'],
  ['2023-12-19T15:00:00.000Z', 'The Example · 3 h ago'],
  ['2023-12-18T18:30:00.000Z', 'The Example · 24 h ago'],
  ['2023-12-18T17:00:00.000Z', 'The Example · 18 Dec'],
  ['2022-12-18T17:00:00.000Z', 'The Example · 18 Dec 2022'],
  ['', 'The Example'],
])('tells the age of %s', (publishedAt, line) => {
  expect(aboutSource({ ...citationOf('final'), publishedAt }, NOW)).toBe(line);
});

it('says in one line what is true, and no more', () => {
  expect(factsOf(anAnswer(), NOW)).toBe(
    'as of 19 Dec 2023, 15:05 UTC (3 h ago) · 4 publishers agree · 2 articles read',
  );
  expect(factsOf(anAnswer(), NOW, () => '<15:05>')).toMatch(/^as of <15:05> \(3 h ago\)/);
  expect(factsOf(anAnswer({ publishersAgree: 1, asOf: undefined }), NOW)).toBe('2 articles read');
  expect(factsOf(anAnswer({ publishersAgree: 0, asOf: undefined, retrieved: [] }), NOW)).toBe('');
});
