// Which language model writes, if any. What was named for this run wins over what lies on the disk: an address in
// LLM_BASE_URL, then a model file, then none. A model is opened when the first question needs it, so that nothing
// else waits for it; where `auto` picked one that does not open, the next one stands in.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BotError } from '../errors.js';
import type { Log } from '../log.js';
import type { LlamaOptions } from './adapters/llama/llama-options.js';
import type { OpenaiOptions } from './adapters/openai/open-openai.js';
import { createModelPool, type ModelCandidate, type ModelPool } from './generate/model-pool.js';

export interface ModelSettings {
  generator: 'auto' | 'llama' | 'openai' | 'extractive';
  /** The model as the settings name it. */
  name: string;
  llama: LlamaOptions;
  /** Absent = no server is named. */
  openai?: OpenaiOptions | undefined;
}

export interface ChosenModels extends ModelPool {
  /** One line: what was picked, why, and how to get a better one; '' = it was named, and is there. */
  notice(): string;
}

/**
 * Opens nothing yet. With `auto` the pool may be empty; with a named generator that cannot run, its `model` and
 * `check` throw `generator_missing` or `model_missing`.
 */
export function chooseModel({ log }: { log: Log }, settings: ModelSettings): ChosenModels {
  const { generator, llama, name, openai } = settings;
  const hasFile = existsSync(llama.file);
  const server = openai && {
    name: openai.model ?? `the model at ${openai.baseUrl}`,
    async open(signal: AbortSignal) {
      const { openOpenai } = await import('./adapters/openai/open-openai.js');
      return openOpenai({ now: () => new Date() }, openai, signal);
    },
  };
  const local: ModelCandidate = {
    name: path.basename(llama.file, '.gguf'),
    async open(signal: AbortSignal) {
      const { openLlama } = await import('./adapters/llama/llama.js');
      return openLlama({ log }, llama, signal);
    },
  };
  const common = { onFailure: (err: unknown) => log.warn({ err }, 'a language model did not open') };
  switch (generator) {
    case 'extractive':
      return { ...createModelPool([], common), notice: () => '' };
    case 'openai':
      return required(server, common, () => {
        return new BotError(
          'generator_missing',
          '--generator openai needs a server: set LLM_BASE_URL (and LLM_API_KEY, LLM_MODEL where it wants them)',
        );
      });
    case 'llama':
      return required(hasFile && local, common, () => {
        return new BotError(
          'model_missing',
          `--generator llama needs the model "${name}", and ${llama.file} is not there; ${pullHint(name)}`,
        );
      });
    case 'auto': {
      const candidates = [server, hasFile && local].filter((one) => one !== undefined && one !== false);
      const pool = createModelPool(candidates, common);
      return {
        ...pool,
        model() {
          // One that was fetched since the start joins in.
          if (!candidates.includes(local) && existsSync(llama.file)) {
            candidates.push(local);
          }
          return pool.model();
        },
        notice: () => noticeOf(pool, settings, candidates.includes(local)),
      };
    }
  }
}

function required(
  candidate: ModelCandidate | undefined | false,
  options: Omit<Parameters<typeof createModelPool>[1], 'missing'>,
  missing: () => BotError,
): ChosenModels {
  const pool = createModelPool(candidate ? [candidate] : [], { ...options, missing });
  return { ...pool, notice: () => '' };
}

function noticeOf(pool: ModelPool, { llama, name, openai }: ModelSettings, hasFile: boolean): string {
  const { failures, name: picked } = pool.state();
  const why = failures.length > 0 ? ` (${failures.join('; ')})` : '';
  if (picked === undefined) {
    return why
      ? `answers are quoted: no language model opened${why}`
      : `answers are quoted: there is no model file ${llama.file}, and LLM_BASE_URL names no server; ${pullHint(name)}`;
  }
  const isServer = openai !== undefined && failures.length === 0;
  const reason = isServer
    ? `as LLM_BASE_URL says${hasFile ? ` (--generator llama uses ${llama.file})` : ''}`
    : `from ${llama.file}`;
  return `answers are written by ${picked}, ${reason}${why}`;
}

function pullHint(name: string): string {
  return /\.gguf$/i.test(name) && !/^(hf:|https?:)/i.test(name)
    ? 'check model.file in the settings'
    : 'third-umpire model pull fetches it';
}
