// Keeps the model's process alive. A native crash, a kill for want of memory and a hang end that process, never
// this one: it is started again, sooner or later by how often it failed, and what was being written is told why.
import { BotError } from '../../../errors.js';
import type { Log } from '../../../log.js';
import type { LoadOrder, Order, Ready, Report } from './messages.js';
import { type Death, type ModelChild, SILENT_BEATS, startChild } from './model-child.js';

export interface SuperviseDeps {
  log: Log;
  onReady: (ready: Ready) => void;
  onReport: (report: Report) => void;
  /** The process is gone, and with it all that it was doing. `isLasting` = the next start failed as well. */
  onDown: (error: BotError, isLasting: boolean) => void;
}

export interface SuperviseOptions {
  load: Omit<LoadOrder, 'beatMs'>;
  hangSeconds: number;
  /** Aborted while it loads = the process is ended and the reason thrown; afterwards nothing. */
  signal?: AbortSignal | undefined;
}

export interface Supervised {
  /** Does nothing while there is no process: what it was about fails by itself. */
  send(order: Order): void;
  /** An answer was finished, so that earlier failures count no longer. */
  provenWell(): void;
  pid(): number | undefined;
  restarts(): number;
  close(): Promise<void>;
}

const RESTART_DELAYS_MS = [100, 500, 2000, 10_000, 30_000];

/** Comes back when the model is loaded. Errors: that of the load, `model_crashed`, `model_hung`, the signal's reason. */
export async function superviseModel(deps: SuperviseDeps, options: SuperviseOptions): Promise<Supervised> {
  const { hangSeconds, load, signal } = options;
  const beatMs = (hangSeconds * 1000) / SILENT_BEATS;
  let child: ModelChild | undefined;
  let isClosing = false;
  let failures = 0;
  let restarts = 0;
  let timer: NodeJS.Timeout | undefined;

  function start(onFirst?: { ready: () => void; failed: (error: BotError) => void }): void {
    let isReady = false;
    let loadError: BotError | undefined;

    function onReport(report: Report): void {
      if (isClosing) {
        return;
      }
      switch (report.type) {
        case 'failed':
          loadError = new BotError(report.code, report.message);
          break;
        case 'ready':
          isReady = true;
          deps.onReady(report);
          onFirst?.ready();
          break;
        case 'log':
          deps.log[report.level](report.fields, report.text);
          break;
        default:
          deps.onReport(report);
      }
    }

    function onDeath(death: Death): void {
      child = undefined;
      if (isClosing) {
        return;
      }
      const error = loadError ?? endOf(death, isReady);
      if (onFirst && !isReady) {
        onFirst.failed(error);
        return;
      }
      const delayMs = RESTART_DELAYS_MS[Math.min(failures, RESTART_DELAYS_MS.length - 1)] ?? 0;
      failures += 1;
      restarts += 1;
      const { exitCode, lastWords: last, signal: by } = death;
      const fields = { code: error.code, exitCode, signal: by, restarts, delayMs, ...(last ? { last } : {}) };
      deps.log.warn(fields, `${lineOf(death, hangSeconds)} and is started again`);
      deps.onDown(error, !isReady);
      timer = setTimeout(start, delayMs);
    }

    child = startChild({ onReport, onDeath }, { beatMs });
    child.send({ type: 'load', options: { ...load, beatMs } });
  }

  async function close(): Promise<void> {
    isClosing = true;
    clearTimeout(timer);
    await child?.end();
  }

  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const giveUp = () => void close().then(() => reject(signal?.reason));
    const settled = () => signal?.removeEventListener('abort', giveUp);
    signal?.addEventListener('abort', giveUp);
    start({
      ready() {
        settled();
        resolve();
      },
      failed(error) {
        settled();
        reject(error);
      },
    });
  });
  return {
    send: (order) => child?.send(order),
    provenWell: () => {
      failures = 0;
    },
    pid: () => child?.pid,
    restarts: () => restarts,
    close,
  };
}

function endOf({ isHung, lastWords }: Death, wasReady: boolean): BotError {
  const [code, said] = isHung ? ['model_hung', 'stood still'] : ['model_crashed', 'ended by itself'];
  const last = lastWords.split('\n').at(-1);
  return wasReady
    ? new BotError(code, 'The model restarted while writing.')
    : new BotError(
        code,
        `The model ${said} while it was loaded; there may be too little memory for it${last ? ` (${last})` : ''}.`,
      );
}

function lineOf({ isHung }: Death, hangSeconds: number): string {
  return isHung
    ? `the model gave no sign of life for ${hangSeconds} s (if it is only slow, raise model.hangSeconds), was ended`
    : 'the model ended by itself';
}
