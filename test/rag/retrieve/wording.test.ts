import { expect, it } from 'vitest';
import { withWording } from '#src/rag/retrieve/wording.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const query = aQuery({ weights: { carl: 5, cup: 3, final: 1 } });
const passage = (text: string, parts = {}) =>
  aPassage({ text, title: 'Tea', header: 'Tea.', score: 1, ...parts });
const scores = (passages: ReturnType<typeof passage>[], pairWeight: number) =>
  withWording(passages, query, { pairWeight }).map(({ score }) => score);

it('counts the neighbouring words of the question that stand side by side', () => {
  const passages = [
    passage('He won the Carling Cup.'),
    passage('The cup of Carling.'),
    passage('The Carling-Cup final'),
    passage('A cup, and the final.'),
  ];

  const found = scores(passages, 1);

  // Of the weight of both pairs (3 and 1) the first holds 3, the third all, the last one 1.
  expect(found).toEqual([(1 + 0.75) / 2, 0.5, 1, (1 + 0.25) / 2]);
});

it('reads pairs across stop-words, and in the header', () => {
  const passages = [passage('the final of the cup'), passage('', { header: 'The cup: a final.' })];

  expect(scores(passages, 1)).toEqual([0.5, (1 + 0.25) / 2]);
});

it('leaves scores alone without weights, and scales them alike without words', () => {
  const passages = [passage('Carling Cup'), passage('', { score: 0.5 })];

  expect(scores(passages, 0)).toEqual([1, 0.5]);
  const none = withWording(passages, aQuery({}), { pairWeight: 1 });
  expect(none.map(({ score }) => score)).toEqual([0.5, 0.25]);
});

it('reads the best 60 alone', () => {
  const many = Array.from({ length: 61 }, () => passage('Carling Cup final'));

  const found = scores(many, 1);

  expect([found[59], found[60]]).toEqual([1, 0.5]);
});
