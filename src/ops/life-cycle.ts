// The parts of a process that stays: begun in order, ended in the reverse one, each within a limit. What does not end in
// time is named and left behind, so that nothing keeps a process from ending; what begins too late is not begun.
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../errors.js';

interface Part {
  name: string;
  limitMs: number;
  end(): Promise<void>;
}

export interface LifeCycle {
  /**
   * Opens a part and keeps what ends it. Throws what `open` throws, and the signal's reason once that is aborted: the
   * parts before it are ended by `end`.
   */
  begin<Opened>(
    name: string,
    open: () => Opened | Promise<Opened>,
    end: (opened: Opened) => Promise<void> | void,
    limitMs?: number,
  ): Promise<Opened>;
  /** Ends all that was begun, the last first. Gives a line for each part that failed to, or took too long. */
  end(): Promise<string[]>;
}

const END_MS = 5000;

export function createLifeCycle(signal: AbortSignal): LifeCycle {
  const parts: Part[] = [];

  async function endOne({ end, limitMs, name }: Part): Promise<string | undefined> {
    const cancel = new AbortController();
    const late = sleep(limitMs, `${name} did not end within ${limitMs / 1000} s`, cancel).catch(
      () => undefined,
    );
    try {
      return await Promise.race([end().then(() => undefined), late]);
    } catch (error) {
      return `${name} did not end well: ${describeError(error)}`;
    } finally {
      cancel.abort();
    }
  }

  return {
    async begin(name, open, end, limitMs = END_MS) {
      signal.throwIfAborted();
      const opened = await open();
      parts.push({ name, limitMs, end: async () => end(opened) });
      return opened;
    },

    async end() {
      const problems: string[] = [];
      for (let part = parts.pop(); part; part = parts.pop()) {
        const problem = await endOne(part);
        if (problem) {
          problems.push(problem);
        }
      }
      return problems;
    },
  };
}
