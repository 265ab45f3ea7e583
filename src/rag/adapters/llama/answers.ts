// The answers that the model's process is writing: what it tells of each goes to whoever asked for it.
import { BotError } from '../../../errors.js';
import type { CompleteOptions, Prompt, Sampling } from '../../ports.js';
import type { Leave } from '../fair-queue.js';
import type { Counters } from './counters.js';
import type { Order, Report } from './messages.js';

export interface Answers {
  /** Writes in a turn that was given; `leave` gives it back when the slot is free, which may be after an abort is told. */
  write(
    prompt: Prompt,
    sampling: Sampling,
    options: Pick<CompleteOptions, 'onText' | 'signal'>,
    leave: Leave,
  ): Promise<{ stop: 'end' | 'length' }>;
  /** What the process tells; of an answer that is unknown, nothing comes. */
  take(report: Report): void;
  /** The process is gone. */
  failAll(error: Error): void;
}

interface Job {
  onText: (text: string) => void;
  onBegun: (counts: { promptTokens: number; reusedTokens: number }) => void;
  onDone: (result: { stop: 'end' | 'length' | 'cancelled'; tokens: number }) => void;
  /** Its slot is free as well. */
  onFailed: (error: Error) => void;
}

/** `onDone` is called for each answer that was written to its end. */
export function createAnswers(deps: {
  send: (order: Order) => void;
  counters: Pick<Counters, 'answer'>;
  onDone: () => void;
}): Answers {
  const { counters, send } = deps;
  const jobs = new Map<number, Job>();
  let lastId = 0;
  return {
    write(prompt, sampling, { onText, signal }, leave) {
      return new Promise((resolve, reject) => {
        lastId += 1;
        const id = lastId;
        const answer = counters.answer();
        const cancel = () => {
          reject(signal.reason);
          send({ type: 'cancel', id });
        };
        const end = (isWhole: boolean) => {
          signal.removeEventListener('abort', cancel);
          leave(isWhole);
        };
        jobs.set(id, {
          onText: (text) => {
            if (!signal.aborted) {
              onText(text);
            }
          },
          onBegun: answer.begun,
          onDone({ stop, tokens }) {
            end(stop !== 'cancelled');
            if (stop === 'cancelled') {
              reject(signal.reason);
              return;
            }
            answer.done(tokens);
            deps.onDone();
            resolve({ stop });
          },
          onFailed(error) {
            end(false);
            reject(error);
          },
        });
        signal.addEventListener('abort', cancel);
        send({ type: 'write', id, prompt, sampling });
      });
    },
    take(report) {
      const job = 'id' in report ? jobs.get(report.id) : undefined;
      switch (report.type) {
        case 'begun':
          job?.onBegun(report);
          break;
        case 'text':
          job?.onText(report.text);
          break;
        case 'done':
          jobs.delete(report.id);
          job?.onDone(report);
          break;
        case 'refused':
          jobs.delete(report.id);
          job?.onFailed(new BotError(report.code, report.message));
          break;
      }
    },
    failAll(error) {
      const failed = [...jobs.values()];
      jobs.clear();
      for (const job of failed) {
        job.onFailed(error);
      }
    },
  };
}
