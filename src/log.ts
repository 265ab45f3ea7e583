// JSON lines on stderr, because stdout belongs to results. What is logged while a question is answered carries its id,
// from the mention to the last change of the reply, however deep it is logged.
import { AsyncLocalStorage } from 'node:async_hooks';
import { destination, type Logger, pino } from 'pino';
import type { LOG_LEVELS } from './choices.js';

export type Log = Logger;

const underWay = new AsyncLocalStorage<{ question: string }>();

/** Static messages, data in fields, no secrets. */
export function createLog(level: (typeof LOG_LEVELS)[number]): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: aboutQuestion },
    destination({ fd: 2, sync: true }),
  );
}

/** Runs the answering of a question: all that is logged by it, and by what it calls, carries `question`. */
export function forQuestion<Result>(id: string, run: () => Result): Result {
  return underWay.run({ question: id }, run);
}

/** The question that the present code works for; {} = none. What a line says itself wins. */
export function aboutQuestion(): { question?: string } {
  // A copy: the fields of the line are written into it.
  return { ...underWay.getStore() };
}
