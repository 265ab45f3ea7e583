// From the scores of single questions to the figures of a run, and which of them are good enough. A figure is a
// mean over the questions that ask for it; one that no question asks for has no value.
import type { Score } from './score-answer.js';

interface Measure {
  /** `least`: a threshold is met from there upwards; `most`: from there downwards. */
  bound: 'least' | 'most';
  unit: 'share' | 'ms' | 'hours';
  of(scores: Score[]): { value: number | undefined; questions: number };
}

const defined = <Value>(values: (Value | undefined)[]): Value[] =>
  values.filter((value): value is Value => value !== undefined);

function mean(values: number[]) {
  const sum = values.reduce((a, b) => a + b, 0);
  return { value: values.length > 0 ? sum / values.length : undefined, questions: values.length };
}

/** Share of the defined values that pass. */
const share = <Value>(values: (Value | undefined)[], passes: (value: Value) => boolean) =>
  mean(defined(values).map((value) => Number(passes(value))));

const atLeast = (of: Measure['of']): Measure => ({ bound: 'least', unit: 'share', of });
const within = (read: (score: Score) => number | undefined, places: number): Measure =>
  atLeast((scores) => share(scores.map(read), (rank) => rank > 0 && rank <= places));
const claim = (read: (score: Score) => boolean | undefined): Measure =>
  atLeast((scores) => share(scores.map(read), Boolean));

/** Nearest-rank percentile. */
const percentile = (values: number[], part: number) => ({
  value: values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(part * values.length) - 1)],
  questions: values.length,
});
const latency = (part: number): Measure => ({
  bound: 'most',
  unit: 'ms',
  of: (scores) =>
    percentile(
      scores.map(({ latencyMs }) => latencyMs),
      part,
    ),
});

const rank = (score: Score) => score.rank;

const MEASURES = {
  'hits@1': within(rank, 1),
  'hits@4': within(rank, 4),
  'hits@10': within(rank, 10),
  'all@4': within((score) => score.rankOfAll, 4),
  mrr: atLeast((scores) => mean(defined(scores.map(rank)).map((place) => (place > 0 ? 1 / place : 0)))),
  'answers-right': claim((score) => score.answerRight),
  'sources-right': claim((score) => score.sourcesRight),
  'citation-precision': atLeast(citationPrecision),
  'abstention-precision': atLeast((scores) =>
    share(
      scores.filter(({ abstained }) => abstained),
      ({ mustAbstain }) => mustAbstain,
    ),
  ),
  'abstention-recall': atLeast((scores) =>
    share(
      scores.filter(({ mustAbstain }) => mustAbstain),
      ({ abstained }) => abstained,
    ),
  ),
  'false-abstention': {
    bound: 'most',
    unit: 'share',
    of: (scores) =>
      share(
        scores.filter(({ mustAbstain }) => !mustAbstain),
        ({ abstained }) => abstained,
      ),
  },
  freshness: claim((score) => score.fresh),
  'source-age-p50': {
    bound: 'most',
    unit: 'hours',
    of: (scores) => percentile(defined(scores.map(({ ageHours }) => ageHours)), 0.5),
  },
  'latency-p50': latency(0.5),
  'latency-p95': latency(0.95),
} satisfies Record<string, Measure>;

export type FigureName = keyof typeof MEASURES;
export const FIGURES = Object.keys(MEASURES) as FigureName[];

/** Bounds by figure; absent = none. */
export type Thresholds = Partial<Record<FigureName, number | undefined>>;

export const unitOf = (name: FigureName): Measure['unit'] => MEASURES[name].unit;

export interface Figure {
  name: FigureName;
  unit: Measure['unit'];
  /** Undefined = no question asks for it. */
  value: number | undefined;
  /** How many questions (of percentages: cases) it is a mean of. */
  questions: number;
  bound: Measure['bound'];
  threshold?: number | undefined;
  /** Absent without a threshold. A figure that was not measured meets none. */
  met?: boolean | undefined;
}

/** All figures of a run, in a fixed order. */
export function figuresOf(scores: Score[], thresholds: Thresholds): Figure[] {
  return FIGURES.map((name) => {
    const { bound, of, unit } = MEASURES[name];
    const { questions, value } = of(scores);
    const threshold = thresholds[name];
    const figure = { name, unit, value, questions, bound };
    return threshold === undefined ? figure : { ...figure, threshold, met: meets(value, bound, threshold) };
  });
}

function meets(value: number | undefined, bound: Measure['bound'], threshold: number): boolean {
  if (value === undefined) {
    return false;
  }
  // 19 of 20 is .95, whatever the machine's numbers make of it.
  return bound === 'least' ? value >= threshold - 1e-9 : value <= threshold + 1e-9;
}

/** Of the sources that answers cite, the share that their questions name. */
function citationPrecision(scores: Score[]) {
  const asked = scores.filter(({ citedRight }) => citedRight !== undefined);
  const right = asked.reduce((sum, { citedRight = 0 }) => sum + citedRight, 0);
  const all = asked.reduce((sum, { cited }) => sum + cited.length, 0);
  return {
    value: all > 0 ? right / all : undefined,
    questions: asked.filter(({ cited }) => cited.length > 0).length,
  };
}
