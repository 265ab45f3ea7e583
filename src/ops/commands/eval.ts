// `eval`: asks the questions of a file one after the other and says how good the answers are. It fails when a figure
// misses its threshold, so that a build can stop on it.
import type { Answer } from '../../domain.js';
import { BotError, describeError, isBotError } from '../../errors.js';
import type { App } from '../app.js';
import { FIGURES, figuresOf } from '../eval/figures.js';
import { type EvalQuestion, loadQuestions } from '../eval/question-file.js';
import { jsonReport, renderReport } from '../eval/report.js';
import { type Score, scoreAnswer, scoreFailure } from '../eval/score-answer.js';
import { thresholdsSchema } from '../eval/thresholds.js';
import { EXIT, type Session } from '../session.js';

interface EvalOptions {
  threshold?: string[];
  json?: boolean;
}

/** Errors: `questions_missing`, `config_invalid` (with file and line), `usage`, `index_empty`. */
export async function runEval(session: Session, options: EvalOptions, args: string[]): Promise<number> {
  const file = args[0] ?? '';
  const { questions, thresholds } = loadQuestions(file);
  const bounds = { ...thresholds, ...thresholdsOf(options.threshold ?? []) };
  let now = session.clock();
  const app = await session.composition.openApp(session.settings(), { clock: () => now });
  try {
    app.prepareAnswers();
    await checkIndex(app);
    const scores: Score[] = [];
    for (const question of questions) {
      session.status(`question ${scores.length + 1} of ${questions.length}`);
      now = question.now ?? session.clock();
      scores.push(await scoreOne(app, question, now, session.signal));
    }
    session.status('');
    const figures = figuresOf(scores, bounds);
    const isGood = figures.every(({ met }) => met !== false) && scores.every(({ error }) => !error);
    const notice = app.notice();
    if (options.json) {
      const report = { file, passed: isGood, notice: notice ?? null, ...jsonReport(figures, scores) };
      await session.out(`${JSON.stringify(report, null, 2)}\n`);
    } else {
      await session.out(renderReport(figures, scores, session.outStyle));
    }
    if (notice && !options.json) {
      session.note(session.errorStyle.paint('dim', notice));
    }
    return isGood ? EXIT.done : EXIT.failed;
  } finally {
    await app.close();
  }
}

async function scoreOne(app: App, question: EvalQuestion, now: Date, signal: AbortSignal): Promise<Score> {
  const started = performance.now();
  const took = () => performance.now() - started;
  try {
    const answer = await answerTo(app, question, signal);
    return scoreAnswer(question, answer, { latencyMs: took(), now });
  } catch (error) {
    signal.throwIfAborted();
    if (!isBotError(error)) {
      throw error;
    }
    return scoreFailure(question, describeError(error), took());
  }
}

async function answerTo(app: App, { earlier, id, text }: EvalQuestion, signal: AbortSignal): Promise<Answer> {
  for await (const event of app.ask({ id, text, earlier }, signal)) {
    if (event.type === 'done') {
      return event.answer;
    }
    if (event.type === 'error') {
      throw new BotError(event.code, event.message);
    }
  }
  throw new Error('the answer ended without a result');
}

async function checkIndex(app: App): Promise<void> {
  const { chunks } = await app.counts();
  if (chunks === 0) {
    throw new BotError('index_empty', 'No articles are indexed yet; run third-umpire ingest first');
  }
}

/** `hits@4=0.95` each. */
function thresholdsOf(given: string[]): object {
  const named = given.map((text) => {
    const [, name = '', value = ''] = text.match(/^([^=]+)=(\d+(?:\.\d+)?|\.\d+)$/) ?? [];
    const checked = thresholdsSchema.safeParse({ [name]: Number(value) });
    if (value === '' || !checked.success) {
      throw new BotError(
        'usage',
        `--threshold ${text} is no bound (allowed: FIGURE=NUMBER; shares are 0 to 1; figures: ${FIGURES.join(', ')})`,
      );
    }
    return checked.data;
  });
  return Object.assign({}, ...named);
}
