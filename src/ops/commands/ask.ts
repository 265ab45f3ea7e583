// `ask`: one question at the terminal, one as JSON, or many as JSON lines.
import { z } from 'zod';
import { renderAnswer } from '../../bots/terminal/render-answer.js';
import type { Answer, Question } from '../../domain.js';
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
  if (options.closedBook || options.compare) {
    throw new BotError(
      'model_missing',
      '--closed-book and --compare need a language model, and none is loaded',
    );
  }
  const question = args.join(' ');
  if (!options.jsonl && args.length === 0) {
    throw new BotError(
      'usage',
      'No question given; for example: third-umpire ask "Who bought Mitchell Starc?"',
    );
  }
  const app = await session.composition.openApp(session.settings(), { clock: session.clock });
  try {
    if (options.jsonl) {
      await serveJsonLines(session, requestSchema, (request) => answerRequest(app, request, session));
    } else if (options.json) {
      await session.out(
        `${JSON.stringify(await answerRequest(app, { id: '', question }, session), null, 2)}\n`,
      );
    } else {
      await showAnswer(app, session, { id: 'terminal', text: question });
      noteOf(app, session);
    }
    return EXIT.done;
  } finally {
    await app.close();
  }
}

/** Streams an answer to the terminal. */
export async function showAnswer(app: App, session: Session, question: Question): Promise<Answer> {
  const pending: Promise<void>[] = [];
  const answer = await renderAnswer(app.ask(question, session.signal), {
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
  app: App,
  request: z.output<typeof requestSchema>,
  session: Session,
): Promise<object> {
  const started = performance.now();
  const turns = request.turns ?? [];
  const text = turns.at(-1) ?? request.question;
  const question = { id: String(request.id), text, earlier: turns.slice(0, -1), passages: request.passages };
  for await (const event of app.ask(question, session.signal)) {
    if (event.type === 'done') {
      return {
        id: request.id,
        ...asJson(text, event.answer),
        latency_ms: Math.round(performance.now() - started),
      };
    }
    if (event.type === 'error') {
      throw new BotError(event.code, event.message);
    }
  }
  throw new Error('the answer ended without a result');
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
    refused: null,
    asOf: answer.asOf ?? null,
    generator: answer.generator,
  };
}
