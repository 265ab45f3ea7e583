// `ask`: one question at the terminal, one as JSON, or many as JSON lines.
import { z } from 'zod';
import { renderAnswer } from '../../bots/terminal/render-answer.js';
import { renderComparison } from '../../bots/terminal/render-comparison.js';
import type { Answer, AnswerEvent, Ask, Question } from '../../domain.js';
import { BotError } from '../../errors.js';
import type { App } from '../app.js';
import { serveJsonLines } from '../json-lines.js';
import { EXIT, type Session } from '../session.js';

interface AskOptions {
  json?: boolean;
  jsonl?: boolean;
  closedBook?: boolean;
  compare?: boolean;
}

const requestSchema = z.object({
  id: z.union([z.string(), z.number()]).default(''),
  question: z.string(),
  turns: z.array(z.string()).max(50).optional(),
  passages: z.array(z.string()).max(100).optional(),
});

export async function runAsk(session: Session, options: AskOptions, args: string[]): Promise<number> {
  const question = args.join(' ');
  if (!options.jsonl && args.length === 0) {
    throw new BotError(
      'usage',
      'No question given; for example: third-umpire ask "Who bought Mitchell Starc?"',
    );
  }
  const app = await session.composition.openApp(session.settings(), { clock: session.givenClock });
  try {
    app.prepareAnswers();
    const answer = answererOf(app, session, options);
    if (options.jsonl) {
      await serveJsonLines(session, requestSchema, answer);
    } else if (options.json) {
      await session.out(`${JSON.stringify(await answer({ id: '', question }), null, 2)}\n`);
    } else if (options.compare) {
      await showComparison(app, session, { id: 'terminal', text: question });
    } else {
      await showAnswer(
        app,
        session,
        { id: 'terminal', text: question },
        options.closedBook ? closedBookOf(app) : app.ask,
      );
      noteOf(app, session);
    }
    return EXIT.done;
  } finally {
    await app.close();
  }
}

/** What answers one request as JSON. Error: `model_missing`. */
function answererOf(app: App, session: Session, { closedBook, compare }: AskOptions) {
  const alone = closedBook || compare ? closedBookOf(app) : undefined;
  return async (request: z.output<typeof requestSchema>): Promise<object> => {
    if (!alone) {
      return answerRequest(app.ask, request, session);
    }
    const withoutArticles = await answerRequest(alone, request, session);
    return compare
      ? { closed_book: withoutArticles, with_articles: await answerRequest(app.ask, request, session) }
      : withoutArticles;
  };
}

/** Error: `model_missing`. */
function closedBookOf({ closedBook }: App): Ask {
  if (!closedBook) {
    throw new BotError(
      'model_missing',
      '--closed-book and --compare need a language model, and none is loaded: answers are quoted from the articles',
    );
  }
  return closedBook;
}

/** The model without and with the articles, side by side. */
async function showComparison(app: App, session: Session, question: Question): Promise<void> {
  const answers: Answer[] = [];
  for (const ask of [closedBookOf(app), app.ask]) {
    const answer = await finishedAnswer(ask(question, session.signal), session);
    answers.push(answer);
  }
  session.status('');
  const [without, withArticles] = answers as [Answer, Answer];
  await session.out(renderComparison(without, withArticles, session.outStyle, session.clock()));
}

async function finishedAnswer(events: AsyncIterable<AnswerEvent>, session: Session): Promise<Answer> {
  for await (const event of events) {
    if (event.type === 'status') {
      session.status(event.text);
    } else if (event.type === 'error') {
      throw new BotError(event.code, event.message);
    } else if (event.type === 'done') {
      return event.answer;
    }
  }
  throw new Error('the answer ended without a result');
}

/** Streams an answer to the terminal. */
export async function showAnswer(
  app: App,
  session: Session,
  question: Question,
  ask = app.ask,
): Promise<Answer> {
  const pending: Promise<void>[] = [];
  const answer = await renderAnswer(ask(question, session.signal), {
    out: (text) => void pending.push(session.out(text)),
    status: session.status,
    style: session.outStyle,
    now: session.clock,
  });
  await Promise.all(pending);
  return answer;
}

function noteOf(app: App, session: Session): void {
  const notice = app.notice();
  if (notice) {
    session.note(session.errorStyle.paint('dim', notice));
  }
}

async function answerRequest(
  ask: Ask,
  request: z.output<typeof requestSchema>,
  session: Session,
): Promise<object> {
  const started = performance.now();
  const turns = request.turns ?? [];
  const text = turns.at(-1) ?? request.question;
  const question = { id: String(request.id), text, earlier: turns.slice(0, -1), passages: request.passages };
  const answer = await finishedAnswer(ask(question, session.signal), session);
  return { id: request.id, ...asJson(text, answer), latency_ms: Math.round(performance.now() - started) };
}

/** The answer in the shape of the command-line contract. */
function asJson(question: string, answer: Answer): object {
  const retrieved = answer.retrieved.filter(({ url }) => url !== '');
  return {
    question,
    answer: answer.text,
    sources: [...new Set(answer.citations.map(({ url }) => url).filter(Boolean))],
    citations: answer.citations,
    retrieved: retrieved.map(({ url }) => url),
    retrieved_text: retrieved.map(({ header, text }) => `${header}\n${text}`.trim().slice(0, 1400)),
    abstained: answer.abstained,
    refused: answer.refused ?? null,
    verdict: answer.verdict ?? null,
    warnings: answer.warnings,
    dropped: answer.dropped,
    asOf: answer.asOf ?? null,
    generator: answer.generator,
    ...(answer.closedBook ? { closed_book: true } : {}),
  };
}
