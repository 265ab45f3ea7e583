// A language model on this machine: its process, the queue before it and the answers that are being written.
import { BotError } from '../../../errors.js';
import type { Log } from '../../../log.js';
import { createFairQueue } from '../fair-queue.js';
import { createAnswers } from './answers.js';
import { createCounters } from './counters.js';
import type { LlamaModel, LlamaOptions, LlamaStats } from './llama-options.js';
import type { Order, Ready } from './messages.js';
import { superviseModel } from './supervise.js';
import { createTokenCounts } from './token-counts.js';

/**
 * Comes back when the model is loaded; it may take minutes, which the signal ends. Errors: the signal's reason,
 * `model_missing`, `model_broken`, `model_old_format`, `model_too_big`, `gpu_missing`, `template_unknown`,
 * `model_crashed`, `model_hung`; of what it does then also `model_busy`, `model_down` and `model_closed`.
 */
export async function openLlama(
  deps: { log: Log },
  options: LlamaOptions,
  signal?: AbortSignal,
): Promise<LlamaModel> {
  const { file, gpu, gpuLayers, hangSeconds, instructions, sequences, template, threads } = options;
  const queue = createFairQueue({ now: () => performance.now() }, options.queue);
  const counters = createCounters(() => performance.now());
  const send = (order: Order) => supervised.send(order);
  const counts = createTokenCounts(send);
  const answers = createAnswers({ counters, send, onDone: () => supervised.provenWell() });
  let state: LlamaStats['state'] = 'loading';
  let ready: Ready | undefined;
  /** Why nothing can be asked for, perhaps for long. */
  let refusal: BotError | undefined;

  const supervised = await superviseModel(
    {
      log: deps.log,
      onReport: (report) =>
        report.type === 'counted' ? counts.counted(report.id, report.counts) : answers.take(report),
      onReady(report) {
        ready = report;
        refusal = undefined;
        state = 'ready';
        queue.setPlaces(sequences);
        counts.resume();
      },
      onDown(error, isLasting) {
        state = 'restarting';
        queue.setPlaces(0);
        answers.failAll(error);
        if (isLasting) {
          // It may be long until it runs again: nobody waits for that unawares.
          refusal = new BotError('model_down', 'The model cannot be started at the moment.', {
            cause: error,
          });
          queue.turnAway(refusal);
          counts.fail(refusal);
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
      signal,
    },
  );

  function throwIfRefused(): void {
    if (refusal) {
      throw refusal;
    }
  }

  return {
    get name() {
      return ready?.name ?? file;
    },
    get contextTokens() {
      return ready?.contextTokens ?? options.contextTokens;
    },
    async countTokens(text) {
      throwIfRefused();
      return counts.count(text);
    },
    async complete(prompt, sampling, asked) {
      throwIfRefused();
      const waited = counters.wait();
      let leave = await queue.enter(asked);
      // The process may have ended between the turn and this line: then it is no turn.
      while (state !== 'ready') {
        leave(false);
        leave = await queue.enter({ ...asked, goesOn: true });
      }
      if (asked.signal.aborted) {
        leave(false);
        throw asked.signal.reason;
      }
      waited();
      return answers.write(prompt, sampling, asked, leave);
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
    load() {
      const { taken, waiting } = queue.counts();
      return { total: options.sequences, writing: taken, waiting };
    },
    async close() {
      const error = new BotError('model_closed', 'The program is ending.');
      state = 'closed';
      refusal = error;
      queue.close(error);
      counts.fail(error);
      answers.failAll(error);
      await supervised.close();
    },
  };
}
