import { expect, it } from 'vitest';
import { figuresOf } from '#src/ops/eval/figures.js';
import type { Score } from '#src/ops/eval/score-answer.js';

const aScore = (given: Partial<Score>): Score => ({
  id: '1',
  question: 'Who?',
  answer: '',
  abstained: false,
  mustAbstain: false,
  cited: [],
  latencyMs: 10,
  mistakes: [],
  ...given,
});

const SCORES = [
  aScore({ rank: 1, rankOfAll: 5, cited: ['a', 'b', 'c'], citedRight: 3, answerRight: true, latencyMs: 30 }),
  aScore({
    rank: 4,
    rankOfAll: 4,
    cited: ['d'],
    citedRight: 0,
    answerRight: false,
    fresh: true,
    ageHours: 3,
  }),
  aScore({ rank: 0, rankOfAll: 0, abstained: true, citedRight: 0, answerRight: false, fresh: false }),
  aScore({ mustAbstain: true, abstained: true }),
  aScore({ mustAbstain: true, ageHours: 1 }),
];

const figureOf = (name: string, scores = SCORES) =>
  figuresOf(scores, {}).find((figure) => figure.name === name);

it.each([
  ['hits@1', 1 / 3, 3],
  ['hits@4', 2 / 3, 3],
  ['hits@10', 2 / 3, 3],
  ['all@4', 1 / 3, 3],
  ['mrr', 1.25 / 3, 3],
  ['answers-right', 1 / 3, 3],
  ['citation-precision', 3 / 4, 2],
  ['abstention-precision', 1 / 2, 2],
  ['abstention-recall', 1 / 2, 2],
  ['false-abstention', 1 / 3, 3],
  ['freshness', 1 / 2, 2],
  ['source-age-p50', 1, 2],
  ['latency-p50', 10, 5],
  ['latency-p95', 30, 5],
])('%s is a mean over the questions that ask for it', (name, value, questions) => {
  const figure = figureOf(name);

  expect(figure?.value).toBeCloseTo(value, 9);
  expect(figure?.questions).toBe(questions);
});

it('has no value where no question asks, and such a figure meets no threshold', () => {
  const [hits] = figuresOf([aScore({})], { 'hits@1': 0 });

  expect(hits).toMatchObject({ value: undefined, questions: 0, met: false });
});

it('holds a share from below and a time from above', () => {
  const met = (thresholds: Parameters<typeof figuresOf>[1]) =>
    figuresOf(SCORES, thresholds).find((figure) => figure.threshold !== undefined)?.met;

  expect(met({ 'abstention-recall': 0.5 })).toBe(true);
  expect(met({ 'abstention-recall': 0.51 })).toBe(false);
  expect(met({ 'latency-p95': 30 })).toBe(true);
  expect(met({ 'latency-p95': 29 })).toBe(false);
  expect(met({ 'false-abstention': 0.3 })).toBe(false);
});
