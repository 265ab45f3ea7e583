// A language model behind an OpenAI-compatible address: llama-server, vLLM, or a gateway. Asked once:
// whether it is asked again, or another one, is decided in front of it (../pool). Everything it sends has a deadline and a limit.
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { BotError, isBotError } from '../../../errors.js';
import type { LanguageModel } from '../../ports.js';
import { createHttpAgent, type Proxies } from '../http-agent.js';
import type { PooledModel } from '../pool/member.js';
import { estimateTokens } from './estimate-tokens.js';
import { brokeOff, type ServerName } from './failures.js';
import { call, type HttpDeps, readJson } from './http.js';
import { type Dialect, probeServer } from './probe.js';
import { readCompletion } from './read-completion.js';
import { requestBody } from './request-body.js';
import { withoutEcho } from './without-echo.js';

export interface OpenaiOptions {
  /** Address of the API, "http://127.0.0.1:8080/v1". */
  baseUrl: string;
  apiKey?: string | undefined;
  /** Absent = the first that the server offers. */
  model?: string | undefined;
  /** Tokens of prompt and answer where the server does not say. */
  contextTokens: number;
  proxies?: Proxies | undefined;
  /** A connection may take so long. */
  connectMs: number;
  /** From the request to the first text, and from one to the next. */
  firstTextMs: number;
  silenceMs: number;
}

export interface OpenaiDeps {
  /** The real time, whatever the clock of questions shows. */
  now: () => Date;
}

/** Counting must not hold up an answer: after so long it is estimated. */
const COUNT_MS = 3000;
/** One that cannot count now will not count for the next passage either. */
const COUNT_AGAIN_MS = 60_000;
const PROBE_MS = 10_000;
const CHECK_MS = 5000;
/** Failures of a check that only a server that runs can answer with: it has no such list, or much to do. */
const LIVELY = new Set(['model_not_found', 'model_bad_request', 'model_busy']);
/** Texts whose count is remembered: instructions are the same for every question. */
const REMEMBERED_CHARACTERS = 4000;
const REMEMBERED = 50;

const countSchema = z.union([
  z.object({ count: z.number().int().nonnegative() }).transform(({ count }) => count),
  z.object({ tokens: z.array(z.unknown()) }).transform(({ tokens }) => tokens.length),
]);

/**
 * Asks the server what it runs and gives the model; the signal ends the asking. Errors: its reason,
 * `model_unreachable`, `model_refused` (its key), `model_unnamed`. A completion also throws `model_not_found`, `model_busy`, `model_timeout`, `model_broke_off`,
 * `model_bad_request` and `prompt_too_long`.
 */
export async function openOpenai(
  deps: OpenaiDeps,
  options: OpenaiOptions,
  signal?: AbortSignal,
): Promise<PooledModel> {
  const { apiKey, baseUrl, connectMs, firstTextMs, proxies, silenceMs } = options;
  const agent: Dispatcher = createHttpAgent(proxies, { connectMs });
  const server: ServerName = { baseUrl, apiKey, model: options.model ?? '' };
  const http: HttpDeps = { server, agent, now: deps.now };
  const never = new AbortController().signal;
  const late = (what: string, ms: number) => () =>
    new BotError('model_timeout', `The language model at ${baseUrl} ${what} within ${ms / 1000} s`);

  async function post(path: string, json: object, withinMs: number): Promise<unknown> {
    return call(
      http,
      { path, json, signal: never, withinMs, late: late('did not answer', withinMs) },
      readJson,
    );
  }

  async function get(path: string, signal: AbortSignal, withinMs: number): Promise<unknown> {
    return call(http, { path, signal, withinMs, late: late('did not answer', withinMs) }, readJson);
  }

  const probe = await probeServer((path) => get(path, signal ?? never, PROBE_MS), server.model).catch(
    async (error: unknown) => {
      await agent.destroy();
      throw error;
    },
  );
  server.model = options.model ?? probe.models[0] ?? '';
  if (server.model === '') {
    await agent.destroy();
    throw new BotError('model_unnamed', `${baseUrl} does not say which models it has; name one in LLM_MODEL`);
  }

  return {
    name: nameOf(server.model),
    contextTokens: probe.contextTokens ?? options.contextTokens,
    places: probe.places,
    countTokens: createCounter(deps, probe.dialect, server.model, post),

    async complete(prompt, sampling, { onText, signal }) {
      let hasText = false;
      const json = requestBody(prompt, sampling, { dialect: probe.dialect, model: server.model });
      const { maxTokens } = sampling;
      const first = { withinMs: firstTextMs, late: late('wrote nothing', firstTextMs) };
      try {
        return await call(
          http,
          { path: '/v1/chat/completions', json, signal, ...first },
          async (body, watch) => {
            const onLife = () => {
              // Some announce the answer before they have read the question.
              if (hasText) {
                watch.expect(silenceMs, late('wrote nothing further', silenceMs));
              }
            };
            const fresh = withoutEcho(prompt.written, onText);
            const take = (text: string) => {
              hasText = true;
              fresh.take(text);
            };
            const result = await readCompletion(body, { server, maxTokens, onLife, onText: take });
            fresh.end();
            return result;
          },
        );
      } catch (error) {
        signal.throwIfAborted();
        // A connection that is cut after the first text is no unreachable server.
        const isCut = hasText && error instanceof BotError && error.code === 'model_unreachable';
        throw isCut ? brokeOff(server, 'the connection was cut in mid-answer', error) : error;
      }
    },

    async check(signal) {
      await get('/v1/models', signal, CHECK_MS).catch((error: unknown) => {
        if (!isBotError(error) || !LIVELY.has(error.code)) {
          throw error;
        }
      });
    },

    close: () => agent.destroy(),
  };
}

/** Asks llama-server and vLLM, which count as their model does; estimates elsewhere and when they do not answer. */
function createCounter(
  { now }: OpenaiDeps,
  dialect: Dialect,
  model: string,
  post: (path: string, json: object, withinMs: number) => Promise<unknown>,
): LanguageModel['countTokens'] {
  const remembered = new Map<string, number>();
  let askAgainAt = dialect === 'plain' ? Number.POSITIVE_INFINITY : 0;
  const question = (text: string) =>
    dialect === 'llama'
      ? { content: text, add_special: false, parse_special: false }
      : { model, prompt: text, add_special_tokens: false };

  async function ask(text: string): Promise<number | undefined> {
    try {
      return countSchema.safeParse(await post('/tokenize', question(text), COUNT_MS)).data;
    } catch {
      return undefined;
    }
  }

  return async (text) => {
    const known = remembered.get(text);
    if (known !== undefined || text === '') {
      return known ?? 0;
    }
    const mayAsk = now().getTime() >= askAgainAt;
    const counted = mayAsk ? await ask(text) : undefined;
    if (mayAsk && counted === undefined) {
      askAgainAt = now().getTime() + COUNT_AGAIN_MS;
    }
    if (counted !== undefined && text.length < REMEMBERED_CHARACTERS && remembered.size < REMEMBERED) {
      remembered.set(text, counted);
    }
    return counted ?? estimateTokens(text);
  };
}

/** llama-server calls a model by its file. */
function nameOf(model: string): string {
  return model.replace(/^.*[\\/](?=[^\\/]+\.gguf$)/i, '').replace(/\.gguf$/i, '');
}
