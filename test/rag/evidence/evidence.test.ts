import { expect, it } from 'vitest';
import { createAssessor } from '#src/rag/evidence/evidence.js';
import { NO_MEANING } from '#src/rag/evidence/meaning.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

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

it('answers each part of a question, from whatever article', async () => {
  const passages = [
    aPassage({
      articleId: 'h',
      title: 'Harbour win the final',
      text: 'The final was won by Mara Quill for Harbour.',
    }),
    aPassage({ articleId: 'v', title: 'Valley sign Ash', text: 'Valley have signed the bowler Jo Ash.' }),
  ];
  const parts = [
    aQuery({
      text: 'Who won the final?',
      weights: { won: 2, final: 3 },
      said: new Set(['who', 'won', 'final']),
    }),
    aQuery({
      text: 'Who did Valley sign?',
      weights: { vallei: 3, sign: 3 },
      said: new Set(['valley', 'sign']),
    }),
  ];
  const query = aQuery({
    text: 'Who won the final and who did Valley sign?',
    weights: { final: 3, vallei: 3 },
    parts,
  });

  const { confidence, sentences } = await createAssessor({ meaning: NO_MEANING }, { maxWords: 47 })(
    query,
    passages,
    signal,
  );

  expect(sentences.map(({ passage }) => passage.articleId)).toEqual(['h', 'v']);
  expect(confidence).toBeGreaterThan(0.5);
});

it('says what is missing', async () => {
  const query = aQuery({ text: 'Which hospital was near Ash?', weights: { ash: 3, hospit: 5 } });

  const { missing } = await createAssessor({ meaning: NO_MEANING }, { maxWords: 47 })(query, [older], signal);

  expect(missing).toBe('this and mentions “hospital”');
});
