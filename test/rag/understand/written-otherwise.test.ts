import { expect, it } from 'vitest';
import { inFull, writtenOtherwise } from '#src/rag/understand/written-otherwise.js';

it('finds figures for words, words for figures, and what short forms stand for', () => {
  expect(Object.fromEntries(writtenOtherwise(['8', 'twelve', 'gb', 'wickets']))).toEqual({
    8: ['eight'],
    twelv: ['12'],
    gb: ['britain'],
  });
});

it('searches for short forms in full, and for numbers as they stand', () => {
  expect(inFull(['utd', 'six', 'wickets'])).toEqual(['united']);
});
