// What an evaluation says: a table of figures and what went wrong, for people; one object for programs.
import { plain, type Style } from '../../bots/terminal/style.js';
import type { Figure } from './figures.js';
import type { Score } from './score-answer.js';

const LONGEST_ANSWER = 160;

/** Figures that were measured, then each question that went wrong with the reasons. */
export function renderReport(figures: Figure[], scores: Score[], style: Style): string {
  const shown = figures.filter(({ threshold, value }) => value !== undefined || threshold !== undefined);
  const wide = Math.max(...shown.map(({ name }) => name.length));
  const lines = shown.map((figure) => figureLine(figure, wide, style));
  const wrong = scores.filter(({ mistakes }) => mistakes.length > 0);
  const count = `${scores.length - wrong.length} of ${scores.length} questions as expected`;
  return [
    style.paint('bold', `${'figure'.padEnd(wide)}     value  questions  threshold`),
    ...lines,
    '',
    style.paint('bold', count),
    ...wrong.map((score) => wrongLines(score, style)),
    '',
  ].join('\n');
}

/** The report as JSON: figures by name, then one row a question. */
export function jsonReport(figures: Figure[], scores: Score[]): object {
  const byName = figures.map(({ name, value = null, questions, threshold, met }) => [
    name,
    { value: value === null ? null : rounded(value), questions, threshold, met },
  ]);
  return { figures: Object.fromEntries(byName), questions: scores.map(jsonRow) };
}

function jsonRow(score: Score): object {
  const { latencyMs, mustAbstain, ageHours, answerRight, citedRight, rankOfAll, sourcesRight, ...rest } =
    score;
  return {
    ...rest,
    must_abstain: mustAbstain,
    cited_right: citedRight,
    rank_of_all: rankOfAll,
    sources_right: sourcesRight,
    answer_right: answerRight,
    age_hours: ageHours === undefined ? undefined : rounded(ageHours),
    latency_ms: Math.round(latencyMs),
  };
}

function figureLine(
  { bound, met, name, questions, threshold, unit, value }: Figure,
  wide: number,
  style: Style,
) {
  const number = value === undefined ? 'not measured' : shownValue(value, unit);
  const limit = threshold === undefined ? '' : `${bound === 'least' ? '>=' : '<='} ${threshold}`;
  const mark = met === undefined ? '' : met ? style.paint('green', ' ✓') : style.paint('red', ' ✗');
  return `${name.padEnd(wide)}  ${number.padStart(8)}  ${String(questions).padStart(9)}  ${limit}${mark}`.trimEnd();
}

function shownValue(value: number, unit: Figure['unit']): string {
  if (unit === 'share') {
    return value.toFixed(3);
  }
  return unit === 'ms' ? `${Math.round(value)} ms` : `${value.toFixed(1)} h`;
}

function wrongLines({ abstained, answer, id, mistakes, question }: Score, style: Style): string {
  const text = abstained ? '' : plain(answer).replace(/\s+/g, ' ');
  const short = text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER - 1)}…` : text;
  return [
    `${style.paint('red', '✗')} ${plain(id)}  ${style.paint('bold', plain(question))}`,
    ...mistakes.map((mistake) => `    ${plain(mistake)}`),
    ...(short ? [`    ${style.paint('dim', short)}`] : []),
  ].join('\n');
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
