import { expect, it } from 'vitest';
import { candidatesOf, coverage, SENTENCE_FEATURES, sentenceFeatures } from '#src/rag/sentence-features.js';
import type { AnswerType } from '#src/rag/understand.js';
import { aPassage, aQuery } from '../helpers/builders.js';

type Feature = (typeof SENTENCE_FEATURES)[number];

function featuresOf(query: Parameters<typeof sentenceFeatures>[0], text: string, title = 'Headline') {
  const [candidate] = candidatesOf([aPassage({ text, title, score: 0.5 })]).slice(-1);
  if (!candidate) {
    throw new Error('the text holds no sentence');
  }
  const numbers = sentenceFeatures(query, candidate);
  expect(numbers).toHaveLength(SENTENCE_FEATURES.length);
  return Object.fromEntries(SENTENCE_FEATURES.map((name, i) => [name, numbers[i]])) as Record<
    Feature,
    number
  >;
}

it.each<[AnswerType, string, number]>([
  ['number', 'Quill made 71 that day.', 1],
  ['number', 'Quill took five wickets.', 1],
  ['number', 'Quill was born in 1998.', -1],
  ['number', 'Quill played well.', -1],
  ['when', 'Play starts on Monday.', 1],
  ['when', 'It happened in 1998.', 1],
  ['when', 'Play starts again.', -1],
  ['where', 'They met at Quayside again.', 1],
  ['where', 'They met in the Coast tent.', 1],
  ['where', 'They met at noon.', -1],
  ['why', 'They lost because it rained.', 1],
  ['why', 'They lost.', -1],
  ['who', 'The winner was Mara Quill.', 1],
  ['who', 'The winner was unknown.', -1],
  ['other', 'The winner was Mara Quill.', 0],
  ['news', 'The winner was Mara Quill.', 0],
])('knows whether a sentence holds what %s asks for: %j %d', (answerType, text, expected) => {
  expect(featuresOf(aQuery({ answerType }), text).answerType).toBe(expected);
});

it('takes no name of the question for the answer to who', () => {
  const query = aQuery({ answerType: 'who', said: new Set(['harbour']) });

  expect(featuresOf(query, 'All know that Harbour won.').answerType).toBe(-1);
  expect(featuresOf(query, 'All know that Harbour chose Ash.').answerType).toBe(1);
});

it('counts words of the headline and of the sentence before as context', () => {
  const query = aQuery({ weights: { quill: 1, harbour: 1, rain: 2 } });

  const features = featuresOf(query, 'Rain fell early. Quill made 71.', 'Harbour win');

  expect(features.coverage).toBe(1 / 4);
  expect(features.headlineCoverage).toBe(2 / 4);
  expect(features.contextCoverage).toBe(1);
});

it('calls less than six words a fragment and 40 words long', () => {
  expect(featuresOf(aQuery({}), 'Quill made 71 today.')).toMatchObject({ fragment: 1, length: 4 / 40 });
  expect(featuresOf(aQuery({}), `${'spin '.repeat(90)}.`)).toMatchObject({ fragment: 0, length: 1 });
});

it('covers nothing of a question without words', () => {
  expect(coverage(aQuery({}), ['quill'])).toBe(0);
});
