// Fits the wish for evidence to the operator's own index. In a large index about one thing, something that looks
// like an answer stands near every question; in a small one it does not. So the bot asks itself questions whose
// article is hidden: how sure it is of a wrong answer here, against how sure it was on the index that the weights
// were fitted on, is by how much the threshold for short questions moves, less what chance may do to so few questions.
import { pseudoQuestion } from './pseudo-question.js';

export interface CalibrateDeps {
  /** What the log odds rest on: words alone, or sentence vectors too. */
  kind: 'words' | 'meaning';
  /** At most `count` passages from all over the index, each with its article's id and those of its copies. */
  sample(count: number): Promise<{ text: string; articleIds: string[] }[]>;
  /** Log odds of the best answer to a question while some articles are hidden. */
  logOddsWithout(question: string, articleIds: string[]): Promise<number>;
}

const QUESTIONS = 120;
/** With fewer there is nothing to go by. */
const FEWEST_QUESTIONS = 20;
/** The medians on the index of bench/fit-extractive.mjs, so that a like index moves nothing; they move with its weights. */
const REFERENCE = { words: 0.2, meaning: -0.29 };
/** How it is done, for what was kept of a former way: changes with REFERENCE and QUESTIONS. */
export const CALIBRATION_METHOD = 2;
/** The move is a correction and must not become a switch. */
const MOST = 0.75;

/** What to subtract from the log odds of short questions, -0.75..0.75; undefined = the index is too small to tell. */
export async function calibrate(deps: CalibrateDeps): Promise<number | undefined> {
  const reference = REFERENCE[deps.kind];
  const found: number[] = [];
  for (const { articleIds, text } of await deps.sample(QUESTIONS)) {
    const question = pseudoQuestion(text);
    const odds = question ? await deps.logOddsWithout(question, articleIds) : Number.NEGATIVE_INFINITY;
    // Where nothing at all is found, nothing is learned of how sure the bot would be.
    if (Number.isFinite(odds)) {
      found.push(odds);
    }
  }
  if (found.length < FEWEST_QUESTIONS) {
    return undefined;
  }
  const median = medianOf(found);
  const moved = Math.max(0, Math.abs(median - reference) - errorOf(found, median));
  return Math.sign(median - reference) * Math.min(MOST, moved);
}

/** The standard error of a median (1.25 times a mean's), by the median distance, which few odd questions do not move. */
function errorOf(values: number[], median: number): number {
  const spread = 1.48 * medianOf(values.map((value) => Math.abs(value - median)));
  return (1.25 * spread) / Math.sqrt(values.length);
}

function medianOf(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
