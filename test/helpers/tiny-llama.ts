// The tiny Mixtral-shaped model in the real library, in a process of its own as in production.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { openLlama } from '#src/rag/adapters/llama/llama.js';
import type { LlamaModel, LlamaOptions } from '#src/rag/adapters/llama/llama-options.js';
import type { CompleteOptions, Prompt, Sampling } from '#src/rag/language-model.js';
import { makeTinyModel } from '../fixtures/gguf/make-model.mjs';

export const INSTRUCTIONS = 'You answer questions about news.';
export const GREEDY: Sampling = { temperature: 0, repetitionPenalty: 1, maxTokens: 60 };
/** A model that says so many sentences never comes to an end by itself. */
export const WITHOUT_END = 0;
/** Starting a process takes a second, on a machine with much else to do many. */
export const SLOW_MS = 120_000;

const never = new AbortController().signal;

export interface Logged {
  level: number;
  msg: string;
  [field: string]: unknown;
}

/** Options as a test wants them: one thread, since waiting ones spin on a busy machine. */
export function llamaOptions(options: Partial<LlamaOptions> & { file: string }): LlamaOptions {
  return {
    gpu: 'none',
    gpuLayers: 'max',
    contextTokens: 2048,
    sequences: 4,
    threads: 1,
    hangSeconds: 60,
    template: 'auto',
    queue: { most: 32, perUser: 3, timeoutSeconds: 120 },
    ...options,
  };
}

/** Opens a tiny model of `sentences` sentences (absent = three); it closes when the test ends. */
export async function openTiny(options: TinyOptions = {}) {
  const opened = await startTiny(options);
  onTestFinished(opened.close);
  return opened;
}

type TinyOptions = Partial<LlamaOptions> & {
  sentences?: number;
  /** Absent = half floats. Those round by what is computed beside them: where texts are compared, whole ones. */
  weights?: 'F32';
};

/** The same, for the caller to close. */
export async function startTiny({ sentences, weights, ...options }: TinyOptions = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-test-'));
  const file = path.join(folder, 'tiny.gguf');
  makeTinyModel(file, {
    ...(sentences === undefined ? {} : { sentences }),
    ...(weights && { type: weights }),
  });
  const { log, logged } = aLog();
  const model = await openLlama({ log }, llamaOptions({ file, ...options }));
  async function close() {
    await model.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { model, logged, file, close };
}

/** A real log whose lines are read by the test. */
export function aLog() {
  const logged: Logged[] = [];
  const log = pino({ base: null }, { write: (line) => void logged.push(JSON.parse(line)) });
  return { log, logged };
}

/** Asks about `content`; what was written, how it ended, and each piece as it comes. */
export async function write(
  model: LlamaModel,
  content: string,
  { sampling = {}, written = '', ...options }: Asking = {},
): Promise<{ text: string; stop: 'end' | 'length' }> {
  const prompt: Prompt = { instructions: INSTRUCTIONS, content, written };
  let text = '';
  const { stop } = await model.complete(
    prompt,
    { ...GREEDY, ...sampling },
    {
      signal: never,
      ...options,
      onText: (piece) => {
        text += piece;
        options.onText?.(piece);
      },
    },
  );
  return { text, stop };
}

type Asking = Partial<CompleteOptions> & { sampling?: Partial<Sampling>; written?: string };
