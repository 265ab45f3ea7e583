import { expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import { inSourceWords } from '#src/rag/answer/in-source-words.js';
import { createProofs } from '#src/rag/answer/proofs.js';
import { aPassage } from '../../helpers/builders.js';

const proofs = createProofs(loadCricketNames(), () => new Date('2023-12-20T12:00:00Z'));

function sourceOf(text: string) {
  const passage = aPassage({ text, title: 'Quill takes Harbour past Marsh' });
  return { passage, context: text };
}

it.each([
  [
    'puts a wrong number right',
    'Mara Quill made 81 for Harbour against Marsh.',
    'Mara Quill made 71 for Harbour against Marsh. Rain had fallen in the morning.',
    'Mara Quill made 71 for Harbour against Marsh.',
  ],
  [
    'tells what was freely worded in the words of the report',
    'With Marsh beaten, Harbour owed it to the 71 of Quill.',
    'Rain had fallen in the morning. Harbour beat Marsh thanks to 71 by Mara Quill.',
    'Harbour beat Marsh thanks to 71 by Mara Quill.',
  ],
])('%s', (_, written, report, told) => {
  expect(inSourceWords(proofs, written, [sourceOf(report)])?.text).toBe(told);
});

it.each([
  ['shares too little', 'Tom Reed signed for Marsh until 2026.', 'Harbour beat Marsh by six wickets.'],
  ['cannot stand alone', 'Quill made 81 off 60 balls.', 'She made 71 off 60 balls, her best so far.'],
  [
    'holds an address',
    'Harbour sell tickets for 12.',
    'Harbour sell tickets for 10 at www.tickets.example now.',
  ],
  ['is no whole sentence', 'Quill made 81 for Harbour.', 'Quill made 71 for Harbour and then'],
])('tells nothing that %s', (_, written, report) => {
  expect(inSourceWords(proofs, written, [sourceOf(report)])).toBeUndefined();
});
