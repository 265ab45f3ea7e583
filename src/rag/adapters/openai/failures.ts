// What can go wrong with a model's server, as errors that people understand and that say the way out. The key
// never stands in one, even where a server repeats it.
import { z } from 'zod';
import { BotError, describeError } from '../../../errors.js';
import { Temporary } from '../temporary.js';

export interface ServerName {
  /** Address of the API, ".../v1". */
  baseUrl: string;
  apiKey?: string | undefined;
  /** As it is asked for; '' = not known yet. */
  model: string;
}

const MOST_CHARACTERS = 300;
/** llama-server and vLLM in their own words. */
const TOO_LONG =
  /exceed_context_size|context (?:size|length)|maximum context|longer than the maximum model length/i;

const errorSchema = z.object({
  error: z.union([z.string(), z.object({ message: z.string(), type: z.string().nullish() })]),
});
/** vLLM and FastAPI have used these forms. */
const plainSchema = z.object({ message: z.string() });

/** The failure behind a status that is no success; `body` is what came with it, cut to some length. */
export function statusFailure(server: ServerName, status: number, body: string, afterMs?: number): Error {
  const said = saidIn(server, body);
  const at = `The language model at ${server.baseUrl}`;
  switch (status) {
    case 401:
    case 403:
      return new BotError('model_refused', `${at} refuses the key (${status}${said}); check LLM_API_KEY`);
    case 404:
      return new BotError(
        'model_not_found',
        `${at} knows no model "${server.model}" (404${said}); check LLM_MODEL, and that LLM_BASE_URL ends where /chat/completions begins`,
      );
    case 429:
      return new Temporary('model_busy', `${at} has too much to do (429${said}); ask again in a minute`, {
        afterMs,
      });
  }
  if (status >= 500 || status === 408) {
    return new Temporary('model_unreachable', `${at} cannot answer now (${status}${said})`, { afterMs });
  }
  return TOO_LONG.test(said)
    ? new BotError('prompt_too_long', `The question with its passages does not fit into the model${said}`)
    : new BotError('model_bad_request', `${at} does not take the request (${status}${said})`);
}

/** An error that arrives in a stream, after the status. */
export function streamFailure(server: ServerName, error: unknown): BotError {
  const said = saidIn(server, JSON.stringify({ error }));
  return TOO_LONG.test(said)
    ? new BotError('prompt_too_long', `The question with its passages does not fit into the model${said}`)
    : brokeOff(server, `it reported an error${said}`);
}

export function brokeOff(server: ServerName, how: string, cause?: unknown): BotError {
  return new BotError('model_broke_off', `The language model at ${server.baseUrl} broke off: ${how}`, {
    cause,
  });
}

/** A connection that was refused, cut or not found. */
export function unreachable(server: ServerName, error: unknown): Temporary {
  const reason = redact(server, describeError(error)) || 'no answer';
  return new Temporary(
    'model_unreachable',
    `The language model at ${server.baseUrl} does not answer (${reason}); is the server running, and LLM_BASE_URL right?`,
    { cause: error },
  );
}

/** ": what the server said", on one line; '' = nothing that can be read. */
function saidIn(server: ServerName, body: string): string {
  const text = redact(server, messageOf(body)).replace(/\s+/g, ' ').trim();
  return text === '' ? '' : `: ${text.slice(0, MOST_CHARACTERS)}`;
}

function messageOf(body: string): string {
  try {
    const json: unknown = JSON.parse(body);
    const { data } = errorSchema.safeParse(json);
    if (data) {
      return typeof data.error === 'string' ? data.error : `${data.error.message} ${data.error.type ?? ''}`;
    }
    return plainSchema.safeParse(json).data?.message ?? '';
  } catch {
    // A page of a proxy; its markup says nothing.
    return body.trimStart().startsWith('<') ? '' : body;
  }
}

function redact({ apiKey }: ServerName, text: string): string {
  return apiKey ? text.replaceAll(apiKey, '…') : text;
}
