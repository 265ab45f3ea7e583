import { expect, it } from 'vitest';
import { joinLists } from '#src/rag/evidence/lists.js';
import { splitSentences } from '#src/rag/evidence/sentences.js';

const joined = (text: string) => joinLists(splitSentences(text)).map((piece) => piece.trim());

it.each([
  [
    'The four: 1. Quill, 2. Ash, 3. Reed and 4. Fell. It rained.',
    ['The four: 1. Quill, 2. Ash, 3. Reed and 4. Fell.', 'It rained.'],
  ],
  ['1. Quill leads. He is out.', ['1. Quill leads.', 'He is out.']],
  ['He made 40 and 12. Ridge collapsed.', ['He made 40 and 12.', 'Ridge collapsed.']],
  ['Quill, 35. Ash, 36. Both go on.', ['Quill, 35.', 'Ash, 36.', 'Both go on.']],
  ['The last: 2. Ash won it.', ['The last: 2.', 'Ash won it.']],
  ['He took 1. Ash took none.', ['He took 1.', 'Ash took none.']],
  ['', []],
])('puts together what counts from one, and nothing else: %s', (text, sentences) => {
  expect(joined(text)).toEqual(sentences);
});
