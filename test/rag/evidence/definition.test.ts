import { expect, it } from 'vitest';
import { definitionFor } from '#src/rag/evidence/definition.js';
import { aPassage } from '../../helpers/builders.js';

const passages = [
  aPassage({ text: 'Mara Quill was out for 71. Then Quill is said to have left the ground.' }),
  aPassage({
    text: 'Quill, 29, is a Harbour batter from the islands. She bats at four. Ivo Ash is the coach.',
  }),
];

it.each([
  ['Who is Mara Quill?', undefined],
  ['who is quill', 'Quill, 29, is a Harbour batter from the islands.'],
  ["Who's Ivo Ash?", 'Ivo Ash is the coach.'],
  ['Who is the coach?', undefined],
  ['Who is Valley’s coach and when does he start?', undefined],
  ['Who won the final?', undefined],
])('answers %j with %j', (question, sentence) => {
  expect(definitionFor(question, passages)?.text).toBe(sentence);
});

it('names the passage that the sentence stands in', () => {
  expect(definitionFor('Who was Quill?', passages)?.passage).toBe(passages[1]);
});
