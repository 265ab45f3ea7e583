import { expect, it } from 'vitest';
import { createExtractiveGenerator } from '#src/rag/generate.js';
import { aPassage, aQuery } from '../helpers/builders.js';

const never = new AbortController().signal;
const newer = aPassage({
  articleId: 'n',
  title: 'Quill breaks record',
  text: 'Quill broke it at the auction. More.',
});
const older = aPassage({
  articleId: 'o',
  title: 'Valley buy Ash',
  text: 'The auction began with Ash. More of it.',
  publishedAt: '2023-12-01T10:00:00.000Z',
});

it('quotes one article for a question', async () => {
  const query = aQuery({ weights: { auction: 1, ash: 3 } });

  const draft = await createExtractiveGenerator({ maxWords: 47 }).generate(query, [newer, older], never);

  expect(draft.sentences[0]).toEqual({ text: 'The auction began with Ash.', passages: [older] });
  expect(new Set(draft.sentences.flatMap(({ passages }) => passages))).toEqual(new Set([older]));
});

it('tells the newest stories for a survey', async () => {
  const query = aQuery({ weights: { auction: 1 }, answerType: 'news' });

  const draft = await createExtractiveGenerator({ maxWords: 47 }).generate(query, [older, newer], never);

  expect(draft.sentences.map(({ text }) => text)).toEqual([
    'Quill broke it at the auction.',
    'The auction began with Ash.',
  ]);
});

it('has a name for results', () => {
  expect(createExtractiveGenerator({ maxWords: 47 }).name).toBe('extractive');
});
