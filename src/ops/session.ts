// One run of one command: where its output goes, what time it is, how it is interrupted, and what a failure
// looks like. Results go to stdout, everything else to stderr; no stack trace reaches a person.
import { setMaxListeners } from 'node:events';
import { createProgress, type Progress } from '../bots/terminal/progress.js';
import { createStyle, type Style } from '../bots/terminal/style.js';
import { type Settings, wantsColours } from '../config.js';
import type { Clock } from '../domain.js';
import { BotError, describeError, isBotError } from '../errors.js';
import type { Composition } from './app.js';

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export interface Session {
  composition: Composition;
  /** Read once, at first use: a wrong value fails the command, not the program. */
  settings(): Settings;
  clock: Clock;
  /** The time that was given (--now); undefined = the real one, which is the store's where there is one. */
  givenClock: Clock | undefined;
  /** Aborted by Ctrl-C, SIGTERM or a terminal that is closed; a second one ends the process at once. */
  signal: AbortSignal;
  out(text: string): Promise<void>;
  note(text: string): void;
  /** One moving line on a terminal, nothing in a pipe. '' wipes it. */
  status(text: string): void;
  progress(): Progress;
  outStyle: Style;
  errorStyle: Style;
  /** Runs the command and turns its failure into one line and an exit code. */
  guard(run: () => Promise<number>): Promise<number>;
}

export function createSession(given: {
  composition: Composition;
  settings: () => Settings;
  now?: string | undefined;
}): Session {
  const noColor = !wantsColours();
  const outStyle = createStyle(process.stdout, { noColor });
  const errorStyle = createStyle(process.stderr, { noColor });
  const note = (text: string) => {
    process.stderr.write(`${text}\n`);
  };
  const controller = new AbortController();
  // One run may have many fetches under way, each listening.
  setMaxListeners(0, controller.signal);
  let settings: Settings | undefined;

  return {
    composition: given.composition,
    settings: () => {
      settings ??= given.settings();
      return settings;
    },
    clock: () => clockOf(given.now)(),
    givenClock: given.now === undefined ? undefined : () => clockOf(given.now)(),
    signal: controller.signal,
    out: writeAll,
    note,
    status(text) {
      if (errorStyle.isRich) {
        process.stderr.write(`\r\u001b[2K${text && errorStyle.paint('dim', `${text}…`)}`);
      }
    },
    progress: () =>
      createProgress(
        (text) => process.stderr.write(text),
        errorStyle,
        () => performance.now(),
      ),
    outStyle,
    errorStyle,
    async guard(run) {
      const stop = () => {
        if (controller.signal.aborted) {
          process.exit(EXIT.interrupted);
        }
        controller.abort(new BotError('interrupted', 'Stopped; what was finished is kept.'));
      };
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      for (const signal of signals) {
        process.on(signal, stop);
      }
      // A reader that has seen enough ("| head") is no failure.
      process.stdout.on('error', (error: NodeJS.ErrnoException) =>
        process.exit(error.code === 'EPIPE' ? 0 : 1),
      );
      try {
        clockOf(given.now);
        return await run();
      } catch (error) {
        const cause = controller.signal.aborted ? controller.signal.reason : error;
        note(`${errorStyle.paint('red', '✗')} ${lineOf(cause)}`);
        return isBotError(cause, 'interrupted')
          ? EXIT.interrupted
          : isBotError(cause, 'usage')
            ? EXIT.usage
            : EXIT.failed;
      } finally {
        for (const signal of signals) {
          process.off(signal, stop);
        }
      }
    },
  };
}

function lineOf(error: unknown): string {
  const text = describeError(error);
  return isBotError(error)
    ? text
    : `Something broke that should not: ${text} (this is a bug; --log-level debug tells more)`;
}

function clockOf(now: string | undefined): Clock {
  if (now === undefined) {
    return () => new Date();
  }
  const fixed = Date.parse(now);
  if (Number.isNaN(fixed)) {
    throw new BotError(
      'usage',
      `--now ${now} is not a time (allowed: ISO 8601, for example 2023-12-19T15:05:00Z)`,
    );
  }
  return () => new Date(fixed);
}

function writeAll(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
