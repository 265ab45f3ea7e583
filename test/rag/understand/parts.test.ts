import { expect, it } from 'vitest';
import { askedOfEach, listedPeople, splitQuestion } from '#src/rag/understand/parts.js';

it.each([
  ['Who won the toss and how many did Kohli make?', ['Who won the toss?', 'how many did Kohli make?']],
  ['Who won, and by how many runs?', []],
  ['Who won the final, and by how many runs?', ['Who won the final?', 'by how many runs?']],
  ['Who won the final? How many did Quill make?', ['Who won the final?', 'How many did Quill make?']],
  ['who captains Harbour and who coaches Valley', ['who captains Harbour?', 'who coaches Valley']],
  ['When did India and Pakistan meet?', []],
  ['Who won between Harbour and Valley?', []],
  ['How and why did Quill leave?', ['How did Quill leave?', 'why did Quill leave?']],
  ['Which ground is it, and has it ever been full?', ['Which ground is it?', 'has it ever been full?']],
  ['Price of Quill, and how did she do?', ['Price of Quill?', 'how did she do?']],
  ['Harbour and who else won?', []],
  ["When's the final and where?", ["When's the final?", "where's the final"]],
  ['When is the final and where', ['When is the final?', 'where is the final']],
  ['harbour purse and who took their captain', ['harbour purse?', 'who took their captain']],
  ['Who won at Quayside and who at Valley', ['Who won at Quayside?', 'Who won at Valley']],
  [
    'Harbour lost by how many wickets, who got the hundred',
    ['Harbour lost by how many wickets?', 'who got the hundred'],
  ],
  [
    'Harbour in Valley: who won the toss and who bowled best',
    ['Harbour in Valley: who won the toss?', 'Harbour in Valley: who bowled best'],
  ],
  ['Dates and venues of the two Tests', ['Dates of the two Tests', 'venues of the two Tests']],
  ['mara quill match figures and runs', ['mara quill match figures', 'mara quill runs']],
  ['What did Starc, who took five, say?', []],
  ['Who made the most runs and wickets?', []],
  ['Who said that he knew when and where it was?', []],
  ['What did Quill say about the toss and the pitch?', []],
  ['I saw it. Who won the final?', []],
  ['', []],
])('splits %j into %j', (text, parts) => {
  expect(splitQuestion(text)).toEqual(parts);
});

it.each([
  ['What did Starc and Cummins go for?', ['Starc', 'Cummins']],
  ['How many did Mara Quill, Finch and Bo Marsh make?', ['Mara Quill', 'Finch', 'Bo Marsh']],
  ['What did Starc and Cummins put on together?', []],
  ['What stand did Starc and Cummins share?', []],
  ['How many did Starc make?', []],
  ['What was the score of the match against Starc and Cummins?', []],
  ['Starc and Cummins', []],
  ['Are Starc and Cummins fit?', []],
  ['prices of Starc and Cummins', ['Starc', 'Cummins']],
])('finds the people whom %j asks about one by one', (text, people) => {
  expect(listedPeople(text)).toEqual(people);
});

it('asks once for each', () => {
  expect(askedOfEach('What did Starc and Cummins go for?', ['Starc', 'Cummins'])).toEqual([
    'What did Starc go for?',
    'What did Cummins go for?',
  ]);
});
