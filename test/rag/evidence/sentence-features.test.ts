import { expect, it } from 'vitest';
import {
  candidatesOf,
  coverage,
  createSentenceFeatures,
  SENTENCE_FEATURES,
} from '#src/rag/evidence/sentence-features.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

type Feature = (typeof SENTENCE_FEATURES)[number];

function featuresOf(query: Parameters<typeof createSentenceFeatures>[0], text: string, title = 'Headline') {
  const [candidate] = candidatesOf([aPassage({ text, title, score: 0.5 })]).slice(-1);
  if (!candidate) {
    throw new Error('the text holds no sentence');
  }
  const numbers = createSentenceFeatures(query)(candidate);
  expect(numbers).toHaveLength(SENTENCE_FEATURES.length);
  return Object.fromEntries(SENTENCE_FEATURES.map((name, i) => [name, numbers[i]])) as Record<
    Feature,
    number
  >;
}

it('finds the answer near the words of the question', () => {
  const query = aQuery({ text: 'How many points did Quill score?', weights: { point: 2, quill: 2 } });

  const near = featuresOf(query, 'Quill won 22 points there.');
  const far = featuresOf(query, 'Quill was there all day and on the very last ball made 22.');

  expect(near.nearness).toBeGreaterThan(far.nearness);
  expect(featuresOf(query, 'Quill won points.').nearness).toBe(0);
  expect(featuresOf(aQuery({ text: 'Who won?' }), 'Ash won.').nearness).toBe(0);
});

it('looks for a number before what is counted', () => {
  const query = aQuery({ text: 'How many points did Quill score?', weights: { point: 2 } });

  expect(featuresOf(query, 'Quill won 22 points there.').counted).toBe(1);
  expect(featuresOf(query, 'The 22-year-old won all those many points.').counted).toBe(-1);
  expect(featuresOf(aQuery({ text: 'Who won?' }), 'Ash won 22 points.').counted).toBe(0);
});

it('counts words of the headline and of the sentence before as context', () => {
  const query = aQuery({ weights: { quill: 1, harbour: 1, rain: 2 } });

  const features = featuresOf(query, 'Rain fell early. Quill made 71.', 'Harbour win');

  expect(features.coverage).toBe(1 / 4);
  expect(features.headlineCoverage).toBe(2 / 4);
  expect(features.contextCoverage).toBe(1);
});

it('gives a line of few words nothing for its length', () => {
  expect(featuresOf(aQuery({}), 'Quill made 71 today.').length).toBe(10 / 40);
  expect(featuresOf(aQuery({}), `${'spin '.repeat(20)}.`).length).toBe(20 / 40);
  expect(featuresOf(aQuery({}), `${'spin '.repeat(90)}.`).length).toBe(1);
});

it('covers nothing of a question without words', () => {
  expect(coverage(aQuery({}), ['quill'])).toBe(0);
});

it('lets a passage stand above what scores more behind it', () => {
  const passages = [aPassage({ articleId: 'new', score: 0.6 }), aPassage({ articleId: 'old', score: 0.9 })];

  expect(candidatesOf(passages).map(({ standing }) => standing)).toEqual([0.9, 0.9]);
});
