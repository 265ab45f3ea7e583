import { expect, it } from 'vitest';
import { withWording } from '#src/rag/wording.js';
import { aPassage, aQuery } from '../helpers/builders.js';

const query = aQuery({ weights: { carl: 5, cup: 3, final: 1 } });
const passage = (text: string, parts = {}) =>
  aPassage({ text, title: 'Tea', header: 'Tea.', score: 1, ...parts });
const scores = (
  passages: ReturnType<typeof passage>[],
  options: { pairWeight: number; headlineWeight: number },
) => withWording(passages, query, options).map(({ score }) => score);

it('counts the neighbouring words of the question that stand side by side', () => {
  const passages = [
    passage('He won the Carling Cup.'),
    passage('The cup of Carling.'),
    passage('The Carling-Cup final'),
    passage('A cup, and the final.'),
  ];

  const found = scores(passages, { pairWeight: 1, headlineWeight: 0 });

  // Of the weight of both pairs (3 and 1) the first holds 3, the third all, the last one 1.
  expect(found).toEqual([(1 + 0.75) / 2, 0.5, 1, (1 + 0.25) / 2]);
});

it('counts the share of the question that stands in the headline', () => {
  const found = scores([passage('', { title: 'Cup final' }), passage('')], {
    pairWeight: 0,
    headlineWeight: 1,
  });

  expect(found).toEqual([(1 + 4 / 9) / 2, 0.5]);
});

it('reads pairs across stop-words, and in the header', () => {
  const passages = [passage('the final of the cup'), passage('', { header: 'The cup: a final.' })];

  expect(scores(passages, { pairWeight: 1, headlineWeight: 0 })).toEqual([0.5, (1 + 0.25) / 2]);
});

it('leaves scores alone without weights, and scales them alike without words', () => {
  const passages = [passage('Carling Cup'), passage('', { score: 0.5 })];

  expect(scores(passages, { pairWeight: 0, headlineWeight: 0 })).toEqual([1, 0.5]);
  const none = withWording(passages, aQuery({}), { pairWeight: 0.5, headlineWeight: 0.5 });
  expect(none.map(({ score }) => score)).toEqual([0.5, 0.25]);
});

it('reads the best 60 alone', () => {
  const many = Array.from({ length: 61 }, () => passage('Carling Cup final'));

  const found = scores(many, { pairWeight: 1, headlineWeight: 0 });

  expect([found[59], found[60]]).toEqual([1, 0.5]);
});
