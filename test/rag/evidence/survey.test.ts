import { expect, it } from 'vitest';
import { isSurvey, selectLatest, topicOf } from '#src/rag/evidence/survey.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

it.each([
  "What's happening in the auction?",
  'what’s new?',
  'What is going on at Harbour?',
  'Any news about Quill?',
  'latest news please',
  'Recent updates on the auction',
  "What's the latest?",
  'Catch me up',
])('hears that %j asks for the news', (text) => {
  expect(isSurvey(text)).toBe(true);
  expect(isSurvey(text)).toBe(true);
});

it.each(['Who won the final?', 'What happened in over 12?', 'Is the newspaper right?'])(
  'hears a plain question in %j',
  (text) => {
    expect(isSurvey(text)).toBe(false);
  },
);

it('leaves the topic', () => {
  expect(topicOf("What's happening in the auction?").trim()).toBe('in the auction?');
});

const query = aQuery({ weights: { auction: 3 }, answerType: 'news' });
const story = (articleId: string, day: number, title: string, text = `${title} at the auction. More.`) =>
  aPassage({ articleId, title, text, publishedAt: `2023-12-${day}T10:00:00.000Z` });

it('tells the opening sentence of each story, newest first', () => {
  const passages = [
    story('a', 17, 'Valley buy Ash'),
    story('b', 19, 'Quill breaks record'),
    story('c', 18, 'Harbour keep quiet'),
  ];

  const { confidence, sentences } = selectLatest(query, passages, 60);

  expect(sentences.map(({ text }) => text)).toEqual([
    'Quill breaks record at the auction.',
    'Harbour keep quiet at the auction.',
    'Valley buy Ash at the auction.',
  ]);
  expect(confidence).toBe(1);
});

it('tells a story once, and at most three stories', () => {
  const passages = [
    story('a', 19, 'Quill breaks record'),
    story('b', 18, 'Quill breaks auction record'),
    story('c', 17, 'Valley buy Ash'),
    story('d', 16, 'Harbour keep quiet'),
    story('e', 15, 'Coast release seven'),
  ];

  const { sentences } = selectLatest(query, passages, 200);

  expect(sentences.map(({ passage }) => passage.articleId)).toEqual(['a', 'c', 'd']);
});

it('leaves out later passages of an article and what is off the topic', () => {
  const passages = [
    { ...story('a', 19, 'Rain stops play', 'Rain fell.') },
    { ...story('b', 18, 'Valley buy Ash'), ordinal: 1 },
  ];

  expect(selectLatest(query, passages, 60)).toEqual({ sentences: [], confidence: 0 });
});

it('stops at half as many words again, but tells at least one story', () => {
  const long = (word: string) => `${`${word} `.repeat(30)}auction.`;
  const passages = [
    story('a', 19, 'Quill breaks record', long('spin')),
    story('b', 18, 'Valley buy Ash', long('seam')),
  ];

  expect(selectLatest(query, passages, 10).sentences).toHaveLength(1);
  expect(selectLatest(query, passages, 50).sentences).toHaveLength(2);
});

it('tells the newest of everything when no topic is named', () => {
  const { sentences } = selectLatest(aQuery({ weights: {} }), [story('a', 19, 'Rain', 'Rain fell.')], 40);

  expect(sentences.map(({ text }) => text)).toEqual(['Rain fell.']);
});

it('tells a story once though its headlines differ', () => {
  const opening = 'Mara Quill broke the record for a day of bidding when Valley paid';
  const passages = [
    story('a', 19, 'Quill the dearest', `${opening} a million at the auction. More.`),
    story('b', 18, 'A day of big money', `${opening} so much at the auction. More.`),
    story('c', 17, 'Valley keep Ash'),
  ];

  expect(selectLatest(query, passages, 200).sentences.map(({ passage }) => passage.articleId)).toEqual([
    'a',
    'c',
  ]);
});

it('tells editions of one story once', () => {
  const edition = (id: string, day: number, title: string) => ({
    ...story(id, day, title),
    story: { id: 'a', articleIds: ['a', 'b'], publishers: [] },
  });

  const { sentences } = selectLatest(
    query,
    [edition('a', 19, 'Quill dearest'), edition('b', 18, 'Coast quiet')],
    200,
  );

  expect(sentences.map(({ passage }) => passage.articleId)).toEqual(['a']);
});

it('does not quote as current what a newer report outdates', () => {
  const passages = [
    story('a', 19, 'Ash breaks it', 'Ash is the most expensive player of the auction. More.'),
    story(
      'b',
      18,
      'Quill goes high',
      'Quill is the most expensive player of the auction. Quill joins Coast.',
    ),
  ];

  const { sentences } = selectLatest(query, passages, 200);

  expect(sentences.map(({ text }) => text)).toEqual([
    'Ash is the most expensive player of the auction.',
    'Quill joins Coast.',
  ]);
});

it('does not quote as current what a report outside the topic outdates', () => {
  const passages = [
    story('b', 18, 'Quill dearest', 'Quill is the most expensive player of the auction. More.'),
  ];
  const rival = story('a', 19, 'Elsewhere', 'Ash is the most expensive player of the auction.');

  const { sentences } = selectLatest(query, passages, 200, [rival]);

  expect(sentences.map(({ text }) => text)).toEqual(['More.']);
});
