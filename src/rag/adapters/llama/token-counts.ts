// How many tokens a text has, asked of the model's process. A prompt is fitted by asking for many texts of which
// most were asked before, so counts are remembered, and those of one moment travel together.
import { BotError } from '../../../errors.js';
import type { Order } from './messages.js';

export interface TokenCounts {
  count(text: string): Promise<number>;
  /** The process's answer. */
  counted(id: number, counts: number[]): void;
  /**
   * There is a process, from now on: what was asked of none, or of one that ended, is asked now. A text that two
   * processes did not outlive may be what ends them, and is given up (`model_crashed`).
   */
  resume(): void;
  /** Nothing will be answered soon: whoever waits is told so. */
  fail(error: Error): void;
}

const REMEMBERED = 500;

/** Processes that one text may cost. */
const MOST_TRIES = 2;

interface Asked {
  text: string;
  tries: number;
  resolve: (count: number) => void;
  reject: (error: Error) => void;
}

export function createTokenCounts(send: (order: Order) => void): TokenCounts {
  const known = new Map<string, number>();
  const pending = new Map<number, Asked[]>();
  let batch: Asked[] = [];
  let lastId = 0;

  function ask(asked: Asked[]): void {
    if (asked.length > 0) {
      lastId += 1;
      pending.set(lastId, asked);
      for (const one of asked) {
        one.tries += 1;
      }
      send({ type: 'count', id: lastId, texts: asked.map(({ text }) => text) });
    }
  }

  function remember(text: string, count: number): void {
    known.delete(text);
    known.set(text, count);
    if (known.size > REMEMBERED) {
      known.delete(known.keys().next().value as string);
    }
  }

  function takeAll(): Asked[] {
    const all = [...pending.values(), batch].flat();
    pending.clear();
    batch = [];
    return all;
  }

  return {
    async count(text) {
      const count = text === '' ? 0 : known.get(text);
      if (count !== undefined) {
        remember(text, count);
        return count;
      }
      return new Promise<number>((resolve, reject) => {
        batch.push({ text, tries: 0, resolve, reject });
        if (batch.length === 1) {
          setImmediate(() => {
            const asked = batch;
            batch = [];
            ask(asked);
          });
        }
      });
    },
    counted(id, counts) {
      for (const [i, { resolve, text }] of (pending.get(id) ?? []).entries()) {
        const count = counts[i] ?? 0;
        remember(text, count);
        resolve(count);
      }
      pending.delete(id);
    },
    resume() {
      const all = takeAll();
      for (const { reject, tries } of all) {
        if (tries >= MOST_TRIES) {
          reject(new BotError('model_crashed', 'The model restarted while it read the question.'));
        }
      }
      ask(all.filter(({ tries }) => tries < MOST_TRIES));
    },
    fail(error) {
      for (const { reject } of takeAll()) {
        reject(error);
      }
    },
  };
}
