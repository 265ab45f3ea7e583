import { expect, it } from 'vitest';
import type { Answer } from '#src/domain.js';
import { createNewsIn } from '#src/rag/answer/news.js';
import { aPassage } from '../../helpers/builders.js';

const QUESTION = 'Who won between Harbour and Ridge?';
const passage = aPassage({ title: 'Cricket', text: 'Rain fell. Harbour edged past Ridge on Sunday.' });
const citation = {
  n: 1,
  url: 'https://other.example/',
  title: '',
  publisher: '',
  publishedAt: '',
  quote: '',
};
const answer: Answer = {
  ...{ text: 'Rain fell. [1]', citations: [citation], retrieved: [passage], abstained: false },
  ...{ publishersAgree: 0, warnings: [], dropped: 0, generator: 'extractive' },
};

it('tells a quoted answer by the sentence that settles it, with its source', () => {
  const news = createNewsIn('extractive', () => true)(QUESTION, answer);

  expect(news?.text).toBe('Harbour edged past Ridge on Sunday. [1]');
  expect(news?.citations).toMatchObject([
    { n: 1, url: passage.url, quote: 'Harbour edged past Ridge on Sunday.' },
  ]);
});

it('leaves what a model wrote as it is where it rests on that article, and does not tell it elsewhere', () => {
  const newsIn = createNewsIn('extractive', () => true);
  const written = { ...answer, generator: 'model', text: 'Harbour won. [1]' };

  expect(newsIn(QUESTION, written)).toBeUndefined();
  const cited = { ...written, citations: [{ ...citation, url: passage.url }] };
  expect(newsIn(QUESTION, cited)).toBe(cited);
});

it('tells nothing that settles nothing, or that moderation keeps', () => {
  expect(
    createNewsIn('extractive', () => true)('Who won between Harbour and Lakeside?', answer),
  ).toBeUndefined();
  expect(createNewsIn('extractive', () => false)(QUESTION, answer)).toBeUndefined();
});
