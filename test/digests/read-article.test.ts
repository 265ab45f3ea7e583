import { expect, it } from 'vitest';
import { readArticle } from '#src/digests/read-article.js';
import { anArticle } from '../helpers/builders.js';

const read = (title: string, text: string) => readArticle(anArticle({ title, text }));

it('takes words with a capital for names, but not one that only opens a sentence', () => {
  const { names } = read(
    'Quill leads',
    'Rain fell early. There Mara Quill made runs. Quill left. Later it rained.',
  );

  expect(names.toSorted()).toEqual(['mara', 'quill', 'quill', 'quill']);
});

it.each([
  ['Ireland 17-12 South Africa', ['17-12']],
  ['India 12–17 down', ['17-12']],
  ['Pakistan are 132 for 2', ['132-2']],
  ['All out: 89 all out', ['89-10']],
  ['A 6-4 7-6 win', []],
  ['In the 2004-05 season', []],
])('reads the scores of %j', (title, scores) => {
  expect(read(title, '').scores).toEqual(scores);
});

it.each([
  ['the second Test', ['test:2']],
  ['the 3rd ODI and Week 12', ['odi:3', 'week:12']],
  ['day two', ['day:2']],
  ['at first sight', []],
])('reads the place in a series of %j', (title, places) => {
  expect(read(title, '').places).toEqual(places);
});

it('reads sides and figures, and no year as a figure', () => {
  const { figures, sides } = read("Women's final", 'In 2023 the price was £24.75m for 1,200 seats.');

  expect(sides).toEqual(['women']);
  expect(figures).toEqual(['24.75', '1200']);
});
