// A guard behind an address: OpenAI's /v1/moderations, or a chat completion of Llama Guard, whose server has its template.
// One answer of JSON each, with a limit and a deadline; a verdict that cannot be read is none.
import { z } from 'zod';
import { BotError, isBotError } from '../../../errors.js';
import type { Harm } from '../../ports.js';
import { createHttpAgent, type Proxies } from '../http-agent.js';
import { call, readJson } from '../openai/http.js';
import { retrying } from '../pool/retry.js';

export interface RemoteGuardOptions {
  /** Address of the API, "https://guard.example.org/v1". */
  baseUrl: string;
  apiKey?: string | undefined;
  /** Absent = as the server chooses. */
  model?: string | undefined;
  /** What is asked there. */
  api: 'moderations' | 'chat';
  timeoutMs: number;
  proxies?: Proxies | undefined;
}

export interface RemoteGuard {
  judge(text: { question: string; answer?: string | undefined }, signal: AbortSignal): Promise<Harm>;
  close(): Promise<void>;
}

const moderationSchema = z.object({
  results: z
    .array(z.object({ flagged: z.boolean(), categories: z.record(z.string(), z.boolean()).default({}) }))
    .min(1),
});
const chatSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});
const WHY: Record<string, string> = {
  model_refused: 'it refuses the key; check GUARD_API_KEY',
  model_not_found: 'there is no such address or model; check GUARD_BASE_URL and moderation.guard.model',
  model_busy: 'it has too much to do',
};
const MOST_TOKENS = 48;

/** `read` = what Llama Guard writes, as a verdict. Errors: `guard_failed`, `guard_unreadable`, the signal's reason. */
export function openRemoteGuard(options: RemoteGuardOptions, read: (verdict: string) => Harm): RemoteGuard {
  const { api, apiKey, baseUrl, model, timeoutMs } = options;
  const agent = createHttpAgent(options.proxies, { connectMs: timeoutMs });
  const http = { server: { baseUrl, apiKey, model: model ?? '' }, agent, now: () => new Date() };
  const failed = (why: string, cause?: unknown) =>
    new BotError('guard_failed', `The guard at ${baseUrl} gave no verdict: ${why}`, { cause });
  const late = () => failed(`no answer within ${timeoutMs / 1000} s`);

  async function post(path: string, json: object, signal: AbortSignal): Promise<unknown> {
    try {
      const once = () => call(http, { path, json, signal, withinMs: timeoutMs, late }, readJson);
      // A connection that was kept open may have been closed at the other end.
      return await retrying(once, { retries: 1, signal, mayRetry: () => true });
    } catch (error) {
      signal.throwIfAborted();
      throw isBotError(error, 'guard_failed')
        ? error
        : failed((isBotError(error) && WHY[error.code]) || 'it does not answer as it should', error);
    }
  }

  return {
    async judge({ answer, question }, signal) {
      if (api === 'moderations') {
        const body = await post('/v1/moderations', { ...named(model), input: answer ?? question }, signal);
        return harmOf(parsed(moderationSchema, body).results);
      }
      const messages = [
        { role: 'user', content: question },
        ...(answer === undefined ? [] : [{ role: 'assistant', content: answer }]),
      ];
      const asked = { ...named(model), messages, stream: false, temperature: 0, max_tokens: MOST_TOKENS };
      const { choices } = parsed(chatSchema, await post('/v1/chat/completions', asked, signal));
      return read(choices[0]?.message.content ?? '');
    },
    close: () => agent.destroy(),
  };
}

const named = (model: string | undefined) => (model === undefined ? {} : { model });

function harmOf(results: z.infer<typeof moderationSchema>['results']): Harm {
  const flagged = results.filter((result) => result.flagged);
  const isSelfHarm = flagged.some(({ categories }) =>
    Object.entries(categories).some(([name, is]) => is && name.startsWith('self-harm')),
  );
  return flagged.length === 0 ? undefined : isSelfHarm ? 'self-harm' : 'abuse';
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { data, success } = schema.safeParse(body);
  if (!success) {
    throw new BotError('guard_unreadable', 'The guard answered with something that is no verdict');
  }
  return data;
}
