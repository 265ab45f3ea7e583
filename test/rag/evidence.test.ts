import { expect, it } from 'vitest';
import { createAssessor } from '#src/rag/evidence.js';
import { NO_MEANING } from '#src/rag/meaning.js';
import { aPassage, aQuery } from '../helpers/builders.js';

const signal = new AbortController().signal;
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

it('rests on one article for a question', async () => {
  const query = aQuery({ weights: { auction: 1, ash: 3 } });

  const { sentences } = await createAssessor({ meaning: NO_MEANING }, { maxWords: 47 })(
    query,
    [newer, older],
    signal,
  );

  expect(sentences[0]).toEqual({ text: 'The auction began with Ash.', passage: older });
  expect(new Set(sentences.map(({ passage }) => passage))).toEqual(new Set([older]));
});

it('tells the newest stories for a survey', async () => {
  const query = aQuery({ weights: { auction: 1 }, answerType: 'news' });

  const { sentences } = await createAssessor({ meaning: NO_MEANING }, { maxWords: 47 })(
    query,
    [older, newer],
    signal,
  );

  expect(sentences.map(({ text }) => text)).toEqual([
    'Quill broke it at the auction.',
    'The auction began with Ash.',
  ]);
});
