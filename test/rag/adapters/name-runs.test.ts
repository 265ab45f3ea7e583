import { expect, it } from 'vitest';
import { nameRuns } from '#src/rag/adapters/name-runs.js';

it.each([
  ['Then Mara Quill and Bo van der Marsh won.', ['Mara Quill', 'Bo van der Marsh']],
  ['The KL Rahul story. Nobody won.', ['KL Rahul']],
  ["Harbour's Mara Quill won at Quayside on Sunday.", ['Mara Quill', 'Quayside']],
  ['Imam-ul-Haq made 62.', []],
  ['He bowled Imam-ul-Haq.', ['Imam-ul-Haq']],
  ['Rain fell. Heavily it fell', []],
  ['In December Mara Quill said so.', ['Mara Quill']],
  ['', []],
])('reads the names of %j', (text, names) => {
  expect(nameRuns(text, 40)).toEqual(names);
});

it('reads no more than it may', () => {
  expect(nameRuns('So Ann Bo, Cy Dee, Eve Fox came.', 2)).toEqual(['Ann Bo', 'Cy Dee']);
});
