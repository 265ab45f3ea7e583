import { expect, it } from 'vitest';
import { namesSomebodyNew, surnamesIn } from '#src/rag/understand/people.js';

const NOBODY = new Set<string>();

it.each([
  ['a name in full', 'The prize went to hooker Mara Quill.', 1],
  ['a name with a link', 'It went to Jan van der Ash.', 1],
  ['a name in full at the beginning', 'Mara Quill won it.', 1],
  ['a name behind where somebody is from', 'It went to Briton Mara Quill.', 1],
  ['a name behind a possessive', "It went to Harbour's Mara Quill.", 1],
  ['a single name that may be a place', 'The prize went to Quill.', 0],
  ['a place', 'It was given in New Quayside.', -1],
  ['a town in which', 'It was given in Quayside Mere.', -1],
  ['a competition', 'It was given at the Harbour Open.', -1],
  ['a day', 'It was given on Monday.', -1],
  ['where somebody is from', 'It went to an Italian.', -1],
  ['the first word of a sentence', 'Nobody won it.', -1],
])('tells people from %s', (_what, text, expected) => {
  expect(namesSomebodyNew(text, NOBODY, NOBODY)).toBe(expected);
});

it('knows somebody by the last part of a name that stands in full elsewhere', () => {
  const known = surnamesIn('Striker Mara Quill scored in Old Harbour. It rained at the Valley Open.');

  expect([...known]).toEqual(['quill']);
  expect(namesSomebodyNew('Quill scored.', NOBODY, known)).toBe(1);
  expect(namesSomebodyNew('Ash scored.', NOBODY, known)).toBe(-1);
});

it('finds nobody new where only people of the question are named', () => {
  const said = new Set(['who', 'beat', 'quill']);

  expect(namesSomebodyNew('It was Mara Quill who lost.', said, NOBODY)).toBe(-1);
  expect(namesSomebodyNew('Mara Quill lost to Tom Ash.', said, NOBODY)).toBe(1);
});
