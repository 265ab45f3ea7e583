import { expect, it } from 'vitest';
import { waitInWords } from '#src/rag/answer/wait-in-words.js';

it.each([
  [{ ahead: 2, seconds: 19 }, 'Two questions before yours, about 20 s.'],
  [{ ahead: 1, seconds: 4 }, 'One question before yours, about 4 s.'],
  [{ ahead: 0, seconds: 1 }, 'Yours is the next question, about 1 s.'],
  [{ ahead: 30, seconds: 100 }, '30 questions before yours, about 2 min.'],
  [{ ahead: 12 }, 'Twelve questions before yours.'],
])('says %j as "%s"', (wait, expected) => {
  expect(waitInWords(wait)).toBe(expected);
});
