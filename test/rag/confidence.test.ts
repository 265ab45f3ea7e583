import { expect, it } from 'vitest';
import { CONFIDENCE_SIGNALS, confidenceSignals } from '#src/rag/confidence.js';
import { rankSentences } from '#src/rag/select-sentences.js';
import { aPassage, aQuery } from '../helpers/builders.js';

type Signal = (typeof CONFIDENCE_SIGNALS)[number];

function signalsOf(
  query: Parameters<typeof confidenceSignals>[0],
  passages: Parameters<typeof rankSentences>[1],
) {
  const numbers = confidenceSignals(query, rankSentences(query, passages));
  expect(numbers).toHaveLength(CONFIDENCE_SIGNALS.length);
  return Object.fromEntries(CONFIDENCE_SIGNALS.map((name, i) => [name, numbers[i]])) as Record<
    Signal,
    number
  >;
}

const passage = aPassage({ title: 'Harbour win', text: 'Quill made 71 at Quayside. Rain fell.', score: 0.8 });

it('measures how much of the question stands where', () => {
  const query = aQuery({ weights: { quill: 3, harbour: 1, rain: 4 } });

  const signals = signalsOf(query, [passage]);

  expect(signals.passageCoverage).toBe(1);
  expect(signals.articleCoverage).toBe(1);
  expect(signals.headlineCoverage).toBeCloseTo(5 / 8);
  expect(signals.missing).toBe(0);
  expect(signals.passageScore).toBe(0.8);
});

it('weighs the rarest word that the passage lacks', () => {
  const query = aQuery({ weights: { quill: 1, auction: 2, zugzwang: 4 } });

  expect(signalsOf(query, [passage]).missing).toBe(1);
  expect(signalsOf(aQuery({ weights: { quill: 4, auction: 1 } }), [passage]).missing).toBe(0.25);
});

it('misses no word that stands there under its other name', () => {
  const query = aQuery({ weights: { hst: 4 }, equivalents: new Map([['hst', ['harbour', 'quill']]]) });

  expect(signalsOf(query, [passage])).toMatchObject({ missing: 0, passageCoverage: 1 });
  query.equivalents.set('hst', ['harbour', 'striker']);
  expect(signalsOf(query, [passage])).toMatchObject({ missing: 1, passageCoverage: 0 });
});

it('notices a number that the passage lacks', () => {
  expect(signalsOf(aQuery({ text: 'Who made 71?', weights: { made: 1 } }), [passage]).numberMissing).toBe(0);
  expect(signalsOf(aQuery({ text: 'Who made 72?', weights: { made: 1 } }), [passage]).numberMissing).toBe(1);
});

it('measures the margin to the best sentence of another article', () => {
  const query = aQuery({ weights: { quill: 3 } });
  const rival = aPassage({
    articleId: 'b',
    title: 'Valley',
    text: 'Quill was there with all her bats.',
    score: 0.8,
  });

  const [best, second] = rankSentences(query, [passage, rival]).filter(
    ({ candidate }, i, all) =>
      i === all.findIndex((one) => one.candidate.passage.articleId === candidate.passage.articleId),
  );

  expect(signalsOf(query, [passage]).margin).toBe(5);
  expect(signalsOf(query, [passage, rival]).margin).toBeCloseTo((best?.score ?? 0) - (second?.score ?? 0));
});

it('gives zeros without sentences', () => {
  expect(confidenceSignals(aQuery({}), [])).toEqual(CONFIDENCE_SIGNALS.map(() => 0));
});

it('stays finite for a question without words', () => {
  expect(Object.values(signalsOf(aQuery({}), [passage])).every(Number.isFinite)).toBe(true);
});
