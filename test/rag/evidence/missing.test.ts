import { expect, it } from 'vitest';
import { missingFrom } from '#src/rag/evidence/missing.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const best = aPassage({ title: 'Harbour win', text: 'Quill made 71 at Quayside.' });
const other = aPassage({ articleId: 'b', title: 'Valley', text: 'The hospital is near.' });

it('names the words that no passage has, then those that the best lacks', () => {
  const query = aQuery({
    text: 'Which hospital operated on Quill in Capetown?',
    weights: { hospit: 5, oper: 3, quill: 4, capetown: 6 },
  });

  expect(missingFrom(query, [best, other], best)).toBe('this and mentions “Capetown” and “operated”');
});

it('misses nothing that stands there, under its other name too', () => {
  const equivalents = new Map([['hst', ['harbour']]]);

  expect(missingFrom(aQuery({ text: 'Quill?', weights: { quill: 2 } }), [best], best)).toBeUndefined();
  expect(
    missingFrom(aQuery({ text: 'HST?', weights: { hst: 2 }, equivalents }), [best], best),
  ).toBeUndefined();
});

it('names no word that was not typed', () => {
  expect(missingFrom(aQuery({ text: 'Quil Zug?', weights: { quillan: 2 } }), [best], best)).toBeUndefined();
});
