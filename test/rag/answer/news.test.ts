import { expect, it } from 'vitest';
import type { Answer } from '#src/domain.js';
import { createNewsIn } from '#src/rag/answer/news.js';
import { aPassage, aQuestion } from '../../helpers/builders.js';

const QUESTION = 'Who won the match between Harbour and Ridge?';
const TOLD = 'Harbour won the match against Ridge.';
const passage = aPassage({ title: TOLD, text: `Rain fell. ${TOLD}` });
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

const newsIn = (mayShow = true) =>
  createNewsIn({
    understand: async (question) => aQuestion(question),
    quotes: 'extractive',
    mayShow: () => mayShow,
  });

it('tells a quoted answer by the sentence that settles it, with its source', async () => {
  const news = await newsIn()(QUESTION, answer);

  expect(news?.text).toBe(`${TOLD} [1]`);
  expect(news?.citations).toMatchObject([{ n: 1, url: passage.url, quote: TOLD }]);
});

it('leaves what a model wrote as it is where it rests on that article, and does not tell it elsewhere', async () => {
  const written = { ...answer, generator: 'model', text: 'Harbour won. [1]' };

  expect(await newsIn()(QUESTION, written)).toBeUndefined();
  const cited = { ...written, citations: [{ ...citation, url: passage.url }] };
  expect(await newsIn()(QUESTION, cited)).toBe(cited);
});

it('tells nothing that settles nothing, or that moderation keeps', async () => {
  expect(await newsIn()('Who is the new coach of Lakeside?', answer)).toBeUndefined();
  expect(await newsIn(false)(QUESTION, answer)).toBeUndefined();
});

it('tells what settles a question though nothing was quoted; what a model declined is not told', async () => {
  const silent = { ...answer, text: 'Not enough evidence.', citations: [], abstained: true };
  const news = await newsIn()(QUESTION, { ...silent, verdict: 'not-enough' as const });

  expect(news).toMatchObject({ text: `${TOLD} [1]`, abstained: false, verdict: undefined });
  const citations = [{ ...citation, url: passage.url }];
  expect(await newsIn()(QUESTION, { ...silent, generator: 'model', citations })).toBeUndefined();
});
