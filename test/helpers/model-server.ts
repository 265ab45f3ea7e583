// An OpenAI-compatible server on loopback for one test, as strict as the real ones: it takes only what llama-server,
// vLLM or the common API define, asks for its key, and wants turns to alternate as Mixtral's template does. What it
// answers is scripted, faults and all.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

export type Kind = 'llama' | 'vllm' | 'plain';

const message = z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string().min(1) });
const common = {
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.literal(true),
  temperature: z.number().min(0).max(2),
  max_tokens: z.number().int().positive(),
  seed: z.number().int().optional(),
};
const bodySchemas = {
  plain: z.strictObject(common),
  llama: z.strictObject({ ...common, repeat_penalty: z.number(), cache_prompt: z.boolean() }),
  vllm: z.strictObject({
    ...common,
    repetition_penalty: z.number(),
    add_generation_prompt: z.literal(false).optional(),
    continue_final_message: z.literal(true).optional(),
  }),
};
const tokenizeSchemas = {
  llama: z.strictObject({
    content: z.string(),
    add_special: z.literal(false),
    parse_special: z.literal(false),
  }),
  vllm: z.strictObject({ model: z.string(), prompt: z.string(), add_special_tokens: z.literal(false) }),
};

export type ChatBody = z.output<(typeof bodySchemas)['plain']>;
/** Answers one completion; `text` streams pieces as the server does, end and all. */
export type Reply = (response: ServerResponse, body: ChatBody, request: IncomingMessage) => void;

export interface ModelServer {
  /** "http://127.0.0.1:PORT/v1" */
  baseUrl: string;
  /** Bodies of completions that were accepted, in order. */
  asked: ChatBody[];
  /** Paths of all requests, in order. */
  paths: string[];
  /** Requests that the client left before their end. */
  left: () => number;
  /** Cuts all connections and takes none: a process that was killed. */
  stop: () => Promise<void>;
}

export interface ServerScript {
  kind?: Kind;
  key?: string;
  model?: string;
  contextTokens?: number;
  /** What llama-server says of its slots (4). */
  slots?: number;
  /** Absent = a free one. */
  port?: number;
  /** One reply a completion, the last one from then on. */
  replies?: Reply[];
  /** Answers in place of the endpoints, by path. */
  instead?: Record<string, Reply>;
}

export const event = (data: unknown): string =>
  `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
export const delta = (content: string, finish: string | null = null): string =>
  event({
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  });

export function head(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(
    event({
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { role: 'assistant', content: null } }],
    }),
  );
  return response;
}

/** Streams the pieces and ends as it should. */
export function says(...pieces: string[]): Reply {
  return (response) => {
    head(response);
    for (const piece of pieces) {
      response.write(delta(piece));
    }
    response.end(delta('', 'stop') + event('[DONE]'));
  };
}

/** As `says`, after a service time. */
export function saysAfter(ms: number, ...pieces: string[]): Reply {
  return (response, body, request) => {
    setTimeout(() => response.destroyed || says(...pieces)(response, body, request), ms);
  };
}

export function fails(status: number, body: object | string, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

export async function startModelServer(script: ServerScript = {}): Promise<ModelServer> {
  const { contextTokens = 2048, instead = {}, key, kind = 'llama', model = 'mixtral', slots = 4 } = script;
  const replies = script.replies ?? [says('Harbour won. ', '[1]')];
  const asked: ChatBody[] = [];
  const paths: string[] = [];
  let left = 0;

  function answer(path: string, text: string, request: IncomingMessage, response: ServerResponse): unknown {
    const json = (value: object) => fails(200, value)(response, {} as ChatBody, request);
    const refuse = (status: number, why: string) =>
      fails(status, { error: { message: why, type: 'invalid_request_error', code: status } })(
        response,
        {} as ChatBody,
        request,
      );
    if (key && request.headers.authorization !== `Bearer ${key}`) {
      return refuse(401, `Incorrect API key provided: ${request.headers.authorization ?? 'none'}`);
    }
    if (instead[path]) {
      return instead[path](response, {} as ChatBody, request);
    }
    if (path === '/v1/models') {
      return json({
        object: 'list',
        data: [{ id: model, owned_by: kind, ...(kind === 'vllm' ? { max_model_len: contextTokens } : {}) }],
      });
    }
    if (path === '/props' && kind === 'llama') {
      return json({ total_slots: slots, default_generation_settings: { n_ctx: contextTokens } });
    }
    if (path === '/tokenize' && kind !== 'plain' && request.method === 'POST') {
      const body = tokenizeSchemas[kind].safeParse(JSON.parse(text));
      if (!body.success) {
        return refuse(400, body.error.message);
      }
      const words = ('content' in body.data ? body.data.content : body.data.prompt).split(/\s+/);
      return json(
        kind === 'llama' ? { tokens: words.map((_, i) => i) } : { count: words.length, tokens: [] },
      );
    }
    if (path !== '/v1/chat/completions' || request.method !== 'POST') {
      return refuse(404, 'File Not Found');
    }
    const body = bodySchemas[kind].safeParse(JSON.parse(text));
    if (!body.success) {
      return refuse(400, body.error.message);
    }
    if (body.data.messages.some(({ role }, i) => role !== (i % 2 === 0 ? 'user' : 'assistant'))) {
      return refuse(400, 'Conversation roles must alternate user/assistant');
    }
    asked.push(body.data);
    replies[Math.min(asked.length, replies.length) - 1]?.(response, body.data, request);
  }

  const server = createServer((request, response) => {
    let text = '';
    paths.push(request.url ?? '');
    response.on('close', () => {
      left += response.writableFinished ? 0 : 1;
    });
    request.setEncoding('utf8');
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => answer(request.url ?? '', text, request, response));
  });
  await new Promise<void>((resolve) => server.listen(script.port ?? 0, '127.0.0.1', resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(stop);
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}/v1`, asked, paths, left: () => left, stop };
}
