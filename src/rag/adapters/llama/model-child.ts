// One life of the model's process, from its start to its death. It is told once, whatever it died of: a crash, a kill,
// a silence, or a machine that could not start it at all.
import { type ChildProcess, fork } from 'node:child_process';
import { describeError } from '../../../errors.js';
import { type Order, type Report, reportSchema } from './messages.js';

export interface ChildDeps {
  onReport: (report: Report) => void;
  /** Never before `startChild` has come back. */
  onDeath: (death: Death) => void;
}

export interface Death {
  isHung: boolean;
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** What it printed last, or why it could not be started; '' = nothing. */
  lastWords: string;
}

export interface ModelChild {
  /** Absent = it could not be started. */
  pid: number | undefined;
  /** Does nothing when the process cannot be reached: its death says the rest. */
  send(order: Order): void;
  /** Closes its channel, and ends it by force when it does not end by itself. */
  end(): Promise<void>;
}

/** Silent beats after which it counts as hung. In beats and not by the clock, so that a suspended machine kills nothing. */
export const SILENT_BEATS = 10;
/** While it loads, drivers, slow disks and a first reading without cache hold it up: so many times as long. */
const LOADING_PATIENCE = 10;
const CLOSE_MS = 3000;
/** A process that hangs in a driver outlives a kill; nobody waits for it longer. */
const KILL_MS = 2000;
/** Of what it printed last: enough for a failed assertion of the native library. */
const LAST_WORDS = 2000;

/** Starts it; a sign of life is expected every `beatMs`. Throws nothing. */
export function startChild({ onDeath, onReport }: ChildDeps, { beatMs }: { beatMs: number }): ModelChild {
  let isReady = false;
  let isHung = false;
  let isDead = false;
  let lastWords = '';
  let silentBeats = 0;
  const { promise: death, resolve: tellDeath } = withResolver();
  const watch = setInterval(() => {
    silentBeats += 1;
    if (!isHung && silentBeats > SILENT_BEATS * (isReady ? 1 : LOADING_PATIENCE)) {
      isHung = true;
      kill();
    }
  }, beatMs);

  function die(exitCode: number | null, signal: NodeJS.Signals | null): void {
    if (!isDead) {
      isDead = true;
      clearInterval(watch);
      onDeath({ isHung, exitCode, signal, lastWords: lastWords.trim() });
      tellDeath();
    }
  }

  function cannotStart(error: unknown): void {
    lastWords = describeError(error);
    die(null, null);
  }

  function kill(): void {
    child?.kill('SIGKILL');
    setTimeout(() => die(null, 'SIGKILL'), KILL_MS).unref();
  }

  let child: ChildProcess | undefined;
  try {
    child = startProcess();
  } catch (error) {
    setImmediate(cannotStart, error);
  }
  child?.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });
  child?.on('message', (raw) => {
    const { data: report } = reportSchema.safeParse(raw);
    if (report && !isHung && !isDead) {
      silentBeats = 0;
      isReady ||= report.type === 'ready';
      onReport(report);
    }
  });
  // Without a process there is no exit; else it is a message that could not be sent.
  child?.on('error', (error) => child?.pid === undefined && cannotStart(error));
  child?.once('exit', die);

  return {
    pid: child?.pid,
    send(order) {
      if (child?.connected && child.pid !== undefined) {
        child.send(order, () => {});
      }
    },
    async end() {
      if (isDead) {
        return;
      }
      const force = setTimeout(kill, CLOSE_MS);
      if (child?.connected) {
        child.disconnect();
      }
      await death;
      clearTimeout(force);
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

function withResolver() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
