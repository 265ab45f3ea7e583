import { expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import { withSubject } from '#src/rag/answer/subject.js';
import { createReader } from '#src/rag/ground/check.js';
import { createNameReader } from '#src/rag/ground/names.js';
import { aPassage } from '../../helpers/builders.js';

const read = createReader(createNameReader(loadCricketNames()));
const SENTENCE = 'He took five wickets.';
const passage = (before: string, title = 'Quill makes his return count') =>
  aPassage({ title, text: `${before} ${SENTENCE}` });

it('names the one whom headline and passage name alone', () => {
  expect(withSubject(read, SENTENCE, passage('Bo Quill came back.'))).toBe('[Quill] took five wickets.');
});

it.each([
  ['another stands before it', passage('Bo Quill came back. Ash had made 71.')],
  ['the headline names two', passage('Quill came back.', 'Quill makes his return count as Ash waits')],
  ['the headline names nobody', passage('Quill came back.', 'a return that was long awaited')],
  ['the headline is in capitals', passage('Quill came back.', 'Quill Makes His Return')],
  ['nobody is named before it', passage('It rained.')],
  ['it begins the passage', aPassage({ title: 'Quill makes his return count', text: SENTENCE })],
])('leaves the pronoun where %s', (_, given) => {
  expect(withSubject(read, SENTENCE, given)).toBe(SENTENCE);
});

it.each(['They won.', 'He and Ash took five.', 'Quill took five.'])('leaves %j as it is', (sentence) => {
  const text = `Bo Quill came back. ${sentence}`;

  expect(withSubject(read, sentence, aPassage({ title: 'Quill makes his return count', text }))).toBe(
    sentence,
  );
});
