import { expect, it } from 'vitest';
import { calibrate } from '#src/rag/evidence/calibrate.js';
import { pseudoQuestion } from '#src/rag/evidence/pseudo-question.js';

const TEXT =
  'Rain fell. The captain of the home team made 71 runs that day for Harbour against Valley. It was late.';
const sampleOf = (count: number) => async () =>
  Array.from({ length: count }, (_, i) => ({ text: TEXT, articleIds: [`a${i}`] }));

it('asks for a name with the other words of its sentence', () => {
  expect(pseudoQuestion(TEXT)).toBe('Who captain home team made 71 runs day?');
  expect(
    pseudoQuestion('Too short for Quill. And nobody is named in this one, however long it may be.'),
  ).toBeUndefined();
});

it('hides the article and moves by the difference from the reference', async () => {
  const hidden: string[][] = [];

  const shift = await calibrate({
    kind: 'meaning',
    sample: sampleOf(25),
    logOddsWithout: async (_question, articleIds) => {
      hidden.push(articleIds);
      return 0.1;
    },
  });

  expect(shift).toBeCloseTo(0.39);
  expect(hidden[3]).toEqual(['a3']);
});

it('moves by the median, and never far', async () => {
  const odds = [...Array<number>(14).fill(-9), ...Array<number>(11).fill(9)];

  expect(
    await calibrate({
      kind: 'meaning',
      sample: sampleOf(25),
      logOddsWithout: async () => odds.pop() ?? 0,
    }),
  ).toBe(-0.75);
  expect(
    await calibrate({
      kind: 'meaning',
      sample: sampleOf(25),
      logOddsWithout: async () => 9,
    }),
  ).toBe(0.75);
});

it('does not move by what chance may do', async () => {
  const odds = Array.from({ length: 25 }, (_, i) => -0.1 + (i - 12) * 0.2);

  expect(
    await calibrate({
      kind: 'meaning',
      sample: sampleOf(25),
      logOddsWithout: async () => odds.pop() ?? 0,
    }),
  ).toBeCloseTo(0);
});

it('learns nothing from questions for which nothing is found', async () => {
  const odds = [...Array<number>(25).fill(0.5), ...Array<number>(40).fill(Number.NEGATIVE_INFINITY)];
  const deps = { kind: 'meaning' as const, logOddsWithout: async () => odds.pop() ?? 0 };

  expect(await calibrate({ ...deps, sample: sampleOf(65) })).toBe(0.75);
  odds.push(...Array<number>(30).fill(Number.NEGATIVE_INFINITY));
  expect(await calibrate({ ...deps, sample: sampleOf(30) })).toBeUndefined();
});

it('tells nothing about an index that is too small', async () => {
  expect(
    await calibrate({
      kind: 'meaning',
      sample: sampleOf(19),
      logOddsWithout: async () => 1,
    }),
  ).toBeUndefined();
});
