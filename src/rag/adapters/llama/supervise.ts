// Keeps the model's process alive. A native crash, a kill for want of memory and a hang end that process, never
// this one: it is started again, sooner or later by how often it failed, and what was being written is told why.
import { type ChildProcess, fork } from 'node:child_process';
import { BotError } from '../../../errors.js';
import type { Log } from '../../../log.js';
import { type LoadOrder, type Order, type Ready, type Report, reportSchema } from './messages.js';

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
/** Silent beats after which it counts as hung. In beats and not by the clock, so that a suspended machine kills nothing. */
const SILENT_BEATS = 10;
/** While it loads, drivers and modules hold it up: so many times as long. */
const LOADING_PATIENCE = 5;
const CLOSE_MS = 3000;
/** Of what it printed last: enough for a failed assertion of the native library. */
const LAST_WORDS = 2000;

/** Comes back when the model is loaded. Errors: that of the load, `model_crashed`, `model_hung`. */
export async function superviseModel(deps: SuperviseDeps, options: SuperviseOptions): Promise<Supervised> {
  const beatMs = (options.hangSeconds * 1000) / SILENT_BEATS;
  let child: ChildProcess | undefined;
  let isReady = false;
  let isClosing = false;
  let failures = 0;
  let restarts = 0;
  let timer: NodeJS.Timeout | undefined;

  function start(onFirst?: { ready: () => void; failed: (error: BotError) => void }): void {
    const started = startProcess();
    child = started;
    let loadError: BotError | undefined;
    let lastWords = '';
    let silentBeats = 0;
    let isHung = false;
    const watch = setInterval(() => {
      silentBeats += 1;
      if (silentBeats > SILENT_BEATS * (isReady ? 1 : LOADING_PATIENCE)) {
        isHung = true;
        started.kill('SIGKILL');
      }
    }, beatMs);
    started.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS);
    });
    started.on('message', (raw) => {
      const { data: report } = reportSchema.safeParse(raw);
      if (!report || child !== started) {
        return;
      }
      silentBeats = 0;
      if (report.type === 'failed') {
        loadError = new BotError(report.code, report.message);
      } else if (report.type === 'ready') {
        isReady = true;
        deps.onReady(report);
        onFirst?.ready();
      } else if (report.type === 'log') {
        deps.log[report.level](report.fields, report.text);
      } else {
        deps.onReport(report);
      }
    });
    // A message that cannot be sent: the end of the process says the rest.
    started.on('error', () => {});
    started.once('exit', (code, signal) => {
      clearInterval(watch);
      child = undefined;
      if (isClosing) {
        return;
      }
      const wasReady = isReady;
      isReady = false;
      const error = loadError ?? endOf(isHung, wasReady);
      if (onFirst && !wasReady) {
        onFirst.failed(error);
        return;
      }
      const delayMs = RESTART_DELAYS_MS[Math.min(failures, RESTART_DELAYS_MS.length - 1)] ?? 0;
      failures += 1;
      restarts += 1;
      const last = lastWords.trim();
      deps.log.warn(
        { code: error.code, exitCode: code, signal, restarts, delayMs, ...(last ? { last } : {}) },
        'the model ended by itself and is started again',
      );
      deps.onDown(error, !wasReady);
      timer = setTimeout(start, delayMs);
    });
    send({ type: 'load', options: { ...options.load, beatMs } });
  }

  function send(order: Order): void {
    if (child?.connected) {
      child.send(order, () => {});
    }
  }

  await new Promise<void>((resolve, reject) => start({ ready: resolve, failed: reject }));
  return {
    send,
    provenWell: () => {
      failures = 0;
    },
    pid: () => child?.pid,
    restarts: () => restarts,
    async close() {
      isClosing = true;
      clearTimeout(timer);
      await end(child);
    },
  };
}

function startProcess(): ChildProcess {
  return fork(new URL('./llama-process.js', import.meta.url), {
    // What it prints is no result of ours; the native library reports a failed assertion on stderr.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: process.execArgv.filter((argument) => argument === '--expose-gc'),
  });
}

function endOf(isHung: boolean, wasReady: boolean): BotError {
  const [code, said] = isHung ? ['model_hung', 'stood still'] : ['model_crashed', 'ended by itself'];
  return wasReady
    ? new BotError(code, 'The model restarted while writing.')
    : new BotError(code, `The model ${said} while it was loaded; there may be too little memory for it.`);
}

/** It ends when the channel closes; if not, by force. */
async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  await new Promise<void>((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    if (child.connected) {
      child.disconnect();
    }
  });
}
