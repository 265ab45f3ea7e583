// What a local model has done since it was opened.
import type { LlamaStats } from './llama-options.js';

/** Answers that the medians rest on. */
const RECENT = 100;

export interface Counters {
  /** Call when asked; call the result when its turn comes. */
  wait(): () => void;
  /** Call when its turn comes. */
  answer(): {
    begun: (counts: { promptTokens: number; reusedTokens: number }) => void;
    done: (tokens: number) => void;
  };
  figures(): Pick<
    LlamaStats,
    'answers' | 'firstTokenMs' | 'tokensPerSecond' | 'waitMs' | 'promptTokens' | 'reusedTokens'
  >;
}

/** `now` in milliseconds. */
export function createCounters(now: () => number): Counters {
  const waits: number[] = [];
  const firsts: number[] = [];
  const speeds: number[] = [];
  let answers = 0;
  let promptTokens = 0;
  let reusedTokens = 0;
  return {
    wait() {
      const from = now();
      return () => add(waits, now() - from);
    },
    answer() {
      const from = now();
      let first = from;
      return {
        begun(counts) {
          first = now();
          add(firsts, first - from);
          promptTokens += counts.promptTokens;
          reusedTokens += counts.reusedTokens;
        },
        done(tokens) {
          answers += 1;
          if (tokens > 1) {
            add(speeds, ((tokens - 1) * 1000) / Math.max(1, now() - first));
          }
        },
      };
    },
    figures: () => ({
      answers,
      firstTokenMs: median(firsts),
      tokensPerSecond: median(speeds),
      waitMs: median(waits),
      promptTokens,
      reusedTokens,
    }),
  };
}

function add(list: number[], value: number): void {
  list.push(value);
  list.splice(0, list.length - RECENT);
}

function median(values: number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
