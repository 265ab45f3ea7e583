// A language model on this machine: its process, the queue before it and the answers that are being written.
import { BotError } from '../../../errors.js';
import type { Log } from '../../../log.js';
import type { CompleteOptions, Prompt, Sampling } from '../../ports.js';
import { createCounters } from './counters.js';
import { createFairQueue } from './fair-queue.js';
import type { LlamaModel, LlamaOptions, LlamaStats } from './llama-options.js';
import type { Ready, Report } from './messages.js';
import { superviseModel } from './supervise.js';
import { createTokenCounts } from './token-counts.js';

interface Job {
  onText: (text: string) => void;
  onBegun: (counts: { promptTokens: number; reusedTokens: number }) => void;
  onDone: (result: { stop: 'end' | 'length' | 'cancelled'; tokens: number }) => void;
  /** Its slot is free as well. */
  onFailed: (error: Error) => void;
}

/**
 * Comes back when the model is loaded; it may take minutes. Errors: `model_missing`, `model_broken`,
 * `model_old_format`, `model_too_big`, `gpu_missing`, `template_unknown`, `model_crashed`, `model_hung`.
 */
export async function openLlama(deps: { log: Log }, options: LlamaOptions): Promise<LlamaModel> {
  const { file, gpu, gpuLayers, hangSeconds, instructions, sequences, template, threads } = options;
  const queue = createFairQueue({ now: () => performance.now() }, options.queue);
  const counters = createCounters(() => performance.now());
  const counts = createTokenCounts((order) => supervised.send(order));
  const jobs = new Map<number, Job>();
  let lastId = 0;
  let state: LlamaStats['state'] = 'loading';
  let ready: Ready | undefined;

  function onReport(report: Report): void {
    if (report.type === 'counted') {
      counts.counted(report.id, report.counts);
      return;
    }
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
  }

  function failAll(error: Error): void {
    const failed = [...jobs.values()];
    jobs.clear();
    for (const job of failed) {
      job.onFailed(error);
    }
  }

  const supervised = await superviseModel(
    {
      log: deps.log,
      onReport,
      onReady(report) {
        ready = report;
        state = 'ready';
        queue.setPlaces(sequences);
        counts.resume();
      },
      onDown(error, isLasting) {
        state = 'restarting';
        queue.setPlaces(0);
        failAll(error);
        if (isLasting) {
          // It may be long until it runs again: nobody waits for that unawares.
          const told = new BotError('model_crashed', 'The model cannot be started at the moment.', {
            cause: error,
          });
          queue.turnAway(told);
          counts.fail(told);
        }
      },
    },
    {
      load: {
        file,
        gpu,
        gpuLayers,
        sequences,
        template,
        threads,
        instructions,
        contextTokens: options.contextTokens,
      },
      hangSeconds,
    },
  );

  /** Writes in a turn that was given; `leave` gives it back when the slot is free, which may be after an abort is told. */
  function write(prompt: Prompt, sampling: Sampling, { onText, signal }: CompleteOptions, leave: () => void) {
    return new Promise<{ stop: 'end' | 'length' }>((resolve, reject) => {
      lastId += 1;
      const id = lastId;
      const answer = counters.answer();
      const cancel = () => {
        reject(signal.reason);
        supervised.send({ type: 'cancel', id });
      };
      const end = () => {
        signal.removeEventListener('abort', cancel);
        leave();
      };
      jobs.set(id, {
        onText: (text) => {
          if (!signal.aborted) {
            onText(text);
          }
        },
        onBegun: answer.begun,
        onDone({ stop, tokens }) {
          end();
          if (stop === 'cancelled') {
            reject(signal.reason);
            return;
          }
          answer.done(tokens);
          supervised.provenWell();
          resolve({ stop });
        },
        onFailed(error) {
          end();
          reject(error);
        },
      });
      signal.addEventListener('abort', cancel);
      supervised.send({ type: 'write', id, prompt, sampling });
    });
  }

  return {
    get name() {
      return ready?.name ?? file;
    },
    get contextTokens() {
      return ready?.contextTokens ?? options.contextTokens;
    },
    countTokens: counts.count,
    async complete(prompt, sampling, asked) {
      const waited = counters.wait();
      let leave = await queue.enter(asked);
      // The process may have ended between the turn and this line: then it is no turn.
      while (state !== 'ready') {
        leave();
        leave = await queue.enter({ ...asked, goesOn: true });
      }
      waited();
      return write(prompt, sampling, asked, leave);
    },
    stats: () => ({
      state,
      ...counters.figures(),
      writing: queue.counts().taken,
      waiting: queue.counts().waiting,
      restarts: supervised.restarts(),
      vramBytes: ready?.vramBytes ?? 0,
      gpuLayers: ready?.gpuLayers ?? 0,
      layers: ready?.layers ?? 0,
      device: ready?.device ?? '',
      pid: supervised.pid(),
    }),
    async close() {
      const error = new BotError('model_closed', 'The program is ending.');
      state = 'closed';
      queue.close(error);
      counts.fail(error);
      failAll(error);
      await supervised.close();
    },
  };
}
