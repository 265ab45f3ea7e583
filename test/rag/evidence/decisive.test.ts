import { expect, it } from 'vitest';
import { decisiveSentence } from '#src/rag/evidence/decisive.js';
import { aPassage } from '../../helpers/builders.js';

const told = (question: string, text: string, title = 'Harbour v Ridge') =>
  decisiveSentence(question, [aPassage({ title, text })])?.text;

it.each([
  ['Who won the match between Harbour and Ridge?', 'Harbour edged past Ridge on Sunday.'],
  ['Who won between Harbour and Ridge?', 'Final: Harbour 212, Ridge 187'],
  ['How much was Mara Quill sold for?', 'Harbour broke the bank for Mara Quill, paying Rs 24.75 Cr.'],
  ['Who is the new coach of Harbour?', 'Harbour have appointed Mara Quill as coach.'],
  ['Who will coach Harbour?', 'Mara Quill is set to coach Harbour.'],
  ['How did Harbour against Ridge end?', 'It ended when Harbour thrashed Ridge by ten wickets.'],
  ['Did Harbour beat Ridge?', 'Ridge fell to a third defeat, by 40 runs, to Harbour.'],
])('settles %s with %s', (question, text) => {
  expect(told(question, text)).toBe(text);
});

it.each([
  ['a preview', 'Who won between Harbour and Ridge?', 'Harbour will beat Ridge, the odds say.'],
  ['a hope', 'Who is the new coach of Harbour?', 'Mara Quill could be appointed coach of Harbour.'],
  ['a denial', 'Has Ridge bought Mara Quill?', 'Ridge have not bought Mara Quill.'],
  ['another match', 'Who won between Harbour and Ridge?', 'Harbour beat Lakeside by six wickets.'],
  ['a match of long ago', 'Who won between Harbour and Ridge?', 'Harbour beat Ridge in 1998 at the Oval.'],
  ['another player', 'How much was Tom Fell sold for?', 'Harbour paid Rs 24.75 Cr for Mara Quill.'],
  ['no sum', 'How much was Mara Quill sold for?', 'Mara Quill was sold to Harbour.'],
  ['another round', 'Who won the final between Harbour and Ridge?', 'Harbour beat Ridge on Tuesday.'],
  ['the matter alone', 'Did Tom Fell get his second knee operation?', 'Tom Fell was born with a weak knee.'],
  [
    'a thing that is not counted',
    'How many scooters did Harbour sell?',
    'Harbour sold Mara Quill for 24.75 crore.',
  ],
  [
    'one that is near',
    'Which club did Mara Quill sign with?',
    'Mara Quill is closing in on signing with Harbour.',
  ],
  ['names alone', 'Are Harbour out of the Ridge Cup?', 'Harbour played in the Ridge Cup.'],
  ['an empty question', 'What then?', 'Harbour beat Ridge on Tuesday.'],
])('is not settled by %s', (_, question, text) => {
  expect(told(question, text)).toBeUndefined();
});

it('takes the sentence that has most of the question', () => {
  const text = 'Ridge lost to Harbour. Harbour beat Ridge by two runs in the T20 in Leeds.';

  expect(told('Who won the T20 of Harbour and Ridge in Leeds?', text)).toContain('by two runs');
});
