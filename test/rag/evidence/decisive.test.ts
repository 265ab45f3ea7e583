import { expect, it } from 'vitest';
import { SURELY, weighDecisive } from '#src/rag/evidence/decisive.js';
import { DECISIVE_FEATURES } from '#src/rag/evidence/decisive-features.js';
import { DECISIVE_WEIGHTS } from '#src/rag/evidence/decisive-weights.js';
import { aPassage, aQuestion } from '../../helpers/builders.js';

const told = (question: string, text: string, title = 'Harbour v Ridge') =>
  weighDecisive(aQuestion(question), [aPassage({ title, text })]).find(({ odds }) => odds >= SURELY)?.text;

/** How surely the sentence settles it, as log odds. */
const oddsOf = (question: string, text: string, title = 'Cricket') =>
  weighDecisive(aQuestion(question), [aPassage({ title, text })]).find((one) => one.text === text)?.odds ??
  -99;

it('has a weight for each feature', () => {
  expect(DECISIVE_WEIGHTS.weights).toHaveLength(DECISIVE_FEATURES.length);
});

it.each([
  [
    'Who won the match between Harbour and Ridge?',
    'Harbour edged past Ridge in the match at Leeds.',
    'Harbour beat Ridge in match at Leeds',
  ],
  [
    'Who is the new coach of Harbour?',
    'Harbour have appointed Mara Quill as coach.',
    'Harbour appoint new coach',
  ],
  [
    'has harbour signed mara quill yet',
    'Harbour have signed Mara Quill for three years.',
    'Harbour sign Mara Quill',
  ],
])('settles %s with %s', (question, text, title) => {
  expect(told(question, text, title)).toBeDefined();
});

it.each([
  ['odds', 'Who won between Harbour and Ridge?', 'Harbour will beat Ridge, the odds say.'],
  ['a hope', 'Who is the new coach of Harbour?', 'Mara Quill could be appointed coach of Harbour.'],
  ['another match', 'Who won between Harbour and Ridge?', 'Harbour beat Lakeside by six wickets.'],
  ['another player', 'How much was Tom Fell sold for?', 'Harbour paid Rs 24.75 Cr for Mara Quill.'],
  ['the matter alone', 'Did Tom Fell get his second knee operation?', 'Tom Fell was born with a weak knee.'],
  ['a rumour', 'Which club did Mara Quill sign with?', 'Potential clubs for Mara Quill: the candidates.'],
  ['names alone', 'What of Harbour and Ridge?', 'Harbour played Ridge.'],
  ['an empty question', 'What then?', 'Harbour beat Ridge on Tuesday.'],
])('is not settled by %s', (_, question, text) => {
  expect(told(question, text, 'Cricket')).toBeUndefined();
});

it.each([
  ['a fact above a hope', 'Harbour beat Ridge in Leeds.', 'Harbour could beat Ridge in Leeds.'],
  ['today above a former year', 'Harbour beat Ridge in Leeds.', 'Harbour beat Ridge in 1998 in Leeds.'],
  ['both sides above one', 'Harbour beat Ridge in Leeds.', 'Harbour beat Lakeside in Leeds.'],
])('takes %s', (_, better, worse) => {
  const question = 'Who won between Harbour and Ridge in Leeds?';

  expect(oddsOf(question, better)).toBeGreaterThan(oddsOf(question, worse));
});

it('knows a body by its initials, and a happening in other words', () => {
  const question = 'Did the ECB sack Tom Fell?';

  expect(oddsOf(question, 'The England Cricket Board fired Tom Fell.')).toBeGreaterThan(
    oddsOf(question, 'The England Cricket Board met Tom Fell.'),
  );
  expect(oddsOf(question, 'The England Cricket Board fired Tom Fell.')).toBeGreaterThan(
    oddsOf(question, 'The Ridge Harbour Board fired Tom Fell.'),
  );
});

it('reads a question in small letters as passages write its names', () => {
  const question = 'who won between harbour and ridge in leeds';

  expect(oddsOf(question, 'On Sunday Harbour beat Ridge in Leeds.')).toBeGreaterThan(
    oddsOf(question, 'On Sunday Lakeside beat Ridge in Leeds.'),
  );
});
