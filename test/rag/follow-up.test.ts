import { expect, it } from 'vitest';
import { contextOf } from '#src/rag/follow-up.js';

const FIRST = 'Who captains Harbour?';

it.each([
  ['names nobody', 'and who bowled best?'],
  ['is short and points back', 'When did he join Valley?'],
  ['points back to a place', 'Who won there, Harbour?'],
])('puts the question before in front of one that %s', (_, question) => {
  expect(contextOf(question, [FIRST])).toBe(FIRST);
});

it.each([
  ['names somebody', 'Who captains Valley?'],
  ['is long and names somebody', 'Did Mara Quill say that she would play on for them after the long winter?'],
])('leaves a question alone that %s', (_, question) => {
  expect(contextOf(question, [FIRST])).toBe('');
});

it('leaves the first question of a thread alone', () => {
  expect(contextOf('who won?', [])).toBe('');
});

it('walks back to the last question that stands alone', () => {
  const earlier = ['Who won the Coast Cup?', FIRST, 'and since when?'];

  expect(contextOf('why?', earlier)).toBe(`${FIRST} and since when?`);
});
