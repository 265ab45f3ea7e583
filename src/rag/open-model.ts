// Which language model writes, if any. What was named for this run wins over what lies on the disk: an address in
// LLM_BASE_URL (or several, which share the questions), then a model file, then none. A model is opened when the first question needs it, so that nothing
// else waits for it; where `auto` picked one that does not open, the next one stands in.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BotError } from '../errors.js';
import type { Log } from '../log.js';
import type { LlamaModel, LlamaOptions } from './adapters/llama/llama-options.js';
import type { OpenaiOptions } from './adapters/openai/open-openai.js';
import type { MemberOptions, PooledModel } from './adapters/pool/member.js';
import type { PoolOptions } from './adapters/pool/open-pool.js';
import { createModelFallback, type ModelCandidate, type ModelFallback } from './generate/model-fallback.js';

export interface ModelSettings {
  generator: 'auto' | 'llama' | 'openai' | 'extractive';
  /** The model as the settings name it. */
  name: string;
  llama: LlamaOptions;
  /** Absent = no server is named. */
  servers?: ServerSettings | undefined;
}

export interface ServerSettings {
  /** At least one; they share the questions. */
  each: (OpenaiOptions & Pick<MemberOptions, 'name' | 'limit'>)[];
  /** Whether the model file of this machine, where there is one, writes beside them rather than in their stead. */
  besideOwn: boolean;
  pool: PoolOptions;
}

export interface ChosenModels extends ModelFallback {
  /** One line: what was picked, why, and how to get a better one; '' = it was named, and is there. */
  notice(): string;
}

/**
 * Opens nothing yet. With `auto` the pool may be empty; with a named generator that cannot run, its `model` and
 * `check` throw `generator_missing` or `model_missing`.
 */
export function chooseModel({ log }: { log: Log }, settings: ModelSettings): ChosenModels {
  const { generator, llama, name, servers } = settings;
  const hasFile = existsSync(llama.file);
  async function openOwn(signal: AbortSignal) {
    const { openLlama } = await import('./adapters/llama/llama.js');
    return openLlama({ log }, llama, signal);
  }
  const local: ModelCandidate = { name: path.basename(llama.file, '.gguf'), open: openOwn };
  const server = servers && {
    name: nameOf(servers),
    async open(signal: AbortSignal) {
      const [{ openOpenai }, { openPool }] = await Promise.all([
        import('./adapters/openai/open-openai.js'),
        import('./adapters/pool/open-pool.js'),
      ]);
      const members: MemberOptions[] = servers.each.map((one) => ({
        ...one,
        open: (signal) => openOpenai({ now: () => new Date() }, one, signal),
      }));
      if (servers.besideOwn && existsSync(llama.file)) {
        members.push({
          name: 'own',
          open: async (signal) => asMember(await openOwn(signal), llama.sequences),
        });
      }
      return openPool({ log }, members, servers.pool, signal);
    },
  };
  const common = { onFailure: (err: unknown) => log.warn({ err }, 'a language model did not open') };
  switch (generator) {
    case 'extractive':
      return { ...createModelFallback([], common), notice: () => '' };
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
      const pool = createModelFallback(candidates, common);
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
  options: Omit<Parameters<typeof createModelFallback>[1], 'missing'>,
  missing: () => BotError,
): ChosenModels {
  const pool = createModelFallback(candidate ? [candidate] : [], { ...options, missing });
  return { ...pool, notice: () => '' };
}

function noticeOf(pool: ModelFallback, { llama, name, servers }: ModelSettings, hasFile: boolean): string {
  const { failures, name: picked } = pool.state();
  const why = failures.length > 0 ? ` (${failures.join('; ')})` : '';
  if (picked === undefined) {
    return why
      ? `answers are quoted: no language model opened${why}`
      : `answers are quoted: there is no model file ${llama.file}, and LLM_BASE_URL names no server; ${pullHint(name)}`;
  }
  const isServer = servers !== undefined && failures.length === 0;
  const reason = isServer
    ? `as LLM_BASE_URL says${hasFile ? ` (--generator llama uses ${llama.file})` : ''}`
    : `from ${llama.file}`;
  return `answers are written by ${picked}, ${reason}${why}`;
}

function nameOf({ each }: ServerSettings): string {
  const [first] = each;
  const place = each.length > 1 ? `${each.length} servers` : (first?.baseUrl ?? '');
  return first?.model ?? `the model at ${place}`;
}

/** The model of this machine as one of a pool. It starts again by itself; meanwhile the others write. */
function asMember(model: LlamaModel, places: number): PooledModel {
  return Object.assign(model, {
    places,
    async check() {
      const { state } = model.stats();
      if (state !== 'ready') {
        throw new BotError('model_down', `The model of this machine is ${state}.`);
      }
    },
  });
}

function pullHint(name: string): string {
  return /\.gguf$/i.test(name) && !/^(hf:|https?:)/i.test(name)
    ? 'check model.file in the settings'
    : 'third-umpire model pull fetches it';
}
