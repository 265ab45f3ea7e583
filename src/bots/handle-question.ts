// One question: asked of the core, shown by the platform, event by event, and ended in words that a person understands
// whatever happens. An abort ends it with the line of its reason, or in silence when it is somebody else's by now.
import { setMaxListeners } from 'node:events';
import type { Answer, AnswerEvent, Ask, Citation, Question } from '../domain.js';
import { BotError, describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import type { Reply } from './ports.js';
import { noticeOf } from './replies.js';
import type { Ending } from './store-port.js';

export interface Handled {
  ending: Extract<Ending, 'answered' | 'failed' | 'stopped'>;
  answer?: Answer | undefined;
  /** Of the notice that was shown instead. */
  code?: string | undefined;
}

export interface Work {
  question: Pick<Question, 'id' | 'text' | 'earlier' | 'user' | 'thread'>;
  reply: Pick<Reply, 'citation' | 'text' | 'finish' | 'fail'>;
  /** What is done at the moment, until the first text. */
  status(text: string): void;
  /** Aborted with a BotError: `stopped`, `answer_timeout`, `restarting`; any silent code ends it without a word. */
  signal: AbortSignal;
  /** Told once the text is written and only has to be shown. */
  onWritten(): void;
}

/** Reasons that end it without a word: it is another process's, or another text's, or nobody's. */
export const SILENT_CODES = ['claim_lost', 'question_edited', 'question_deleted'] as const;

/** Undefined = it ended in silence. Throws what `reply.finish` and `reply.fail` throw. */
export async function handleQuestion(
  { ask, log, seconds }: { ask: Ask; log: Log; seconds: number },
  { onWritten, question, reply, signal, status }: Work,
): Promise<Handled | undefined> {
  const citations: Citation[] = [];
  let shown = false;
  let answer: Answer | undefined;
  try {
    for await (const event of abortable(ask(question, signal), signal)) {
      if (event.type === 'status' && !shown) {
        status(event.text);
      } else if (event.type === 'citation') {
        citations.push(event.citation);
        reply.citation(event.citation);
      } else if (event.type === 'delta') {
        shown = true;
        reply.text(event.text);
      } else if (event.type === 'error') {
        throw new BotError(event.code, event.message);
      } else if (event.type === 'done') {
        answer = event.answer;
        break;
      }
    }
    if (!answer) {
      throw new Error('the answer ended without a result');
    }
  } catch (error) {
    const cause: unknown = signal.aborted ? signal.reason : error;
    const code = isBotError(cause) ? cause.code : 'unexpected';
    if (SILENT_CODES.some((silent) => silent === code)) {
      return undefined;
    }
    if (!signal.aborted) {
      const about = { question: question.id, code };
      log.warn(
        isBotError(cause) ? { ...about, why: describeError(cause) } : { ...about, err: cause },
        'no answer',
      );
    }
    onWritten();
    await reply.fail(noticeOf(code, { shown, citations, seconds }));
    return { ending: code === 'stopped' ? 'stopped' : 'failed', code };
  }
  onWritten();
  await reply.finish(answer);
  return { ending: 'answered', answer };
}

/** The events until the signal aborts, even when whoever gives them does not listen to it; throws its reason then. */
async function* abortable(
  events: AsyncIterable<AnswerEvent>,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  setMaxListeners(0, signal);
  const iterator = events[Symbol.asyncIterator]();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
  });
  signal.addEventListener('abort', onAbort, { once: true });
  // Nobody waits for it when the events end first.
  aborted.catch(() => {});
  try {
    signal.throwIfAborted();
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done) {
        return;
      }
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not waited for: one that hangs would hang us.
    iterator.return?.()?.then(undefined, () => {});
  }
}
