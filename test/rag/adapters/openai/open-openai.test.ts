// Against a real server on loopback that is as strict as llama-server and vLLM, and that fails in every way that
// they and the network between have.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { OpenaiOptions } from '#src/rag/adapters/openai/open-openai.js';
import { SECRET } from '../../../fixtures/secrets.mjs';
import { aPool } from '../../../helpers/model-pool.js';
import {
  delta,
  event,
  fails,
  head,
  type ModelServer,
  type Reply,
  type ServerScript,
  says,
  startModelServer,
} from '../../../helpers/model-server.js';

const PROMPT = { instructions: 'Answer.', content: 'Who won?', written: '' };
const SAMPLING = { temperature: 0.2, repetitionPenalty: 1.1, maxTokens: 30 };

/** As a pool of one, which asks again where that may help. */
async function aModel(server: Pick<ModelServer, 'baseUrl'>, options: Partial<OpenaiOptions> = {}) {
  const { pool, waits } = await aPool([{ ...server, ...options }]);
  return Object.assign(pool, { waits });
}

async function written(
  script: ServerScript,
  options: Partial<OpenaiOptions> = {},
  prompt: Partial<typeof PROMPT> = {},
) {
  const server = await startModelServer(script);
  const model = await aModel(server, options);
  let text = '';
  const result = await model.complete({ ...PROMPT, ...prompt }, SAMPLING, {
    signal: new AbortController().signal,
    onText: (piece) => {
      text += piece;
    },
  });
  return { text, ...result, server, waits: model.waits };
}

/** What a completion fails with, and what was written before. */
async function failure(script: ServerScript, options: Partial<OpenaiOptions> = {}) {
  const server = await startModelServer(script);
  const model = await aModel(server, options);
  let text = '';
  const onText = (piece: string) => {
    text += piece;
  };
  const error = await model.complete(PROMPT, SAMPLING, { signal: new AbortController().signal, onText }).then(
    () => undefined,
    (thrown: Error & { code: string }) => thrown,
  );
  return { error, text, server, waits: model.waits };
}

it.each(['llama', 'vllm', 'plain'] as const)('streams an answer from a %s server', async (kind) => {
  const { server, stop, text } = await written({ kind, replies: [says('Harbour', ' won.', ' [1]')] });

  expect(text).toBe('Harbour won. [1]');
  expect(stop).toBe('end');
  expect(server.asked[0]).toMatchObject({
    model: 'mixtral',
    messages: [{ role: 'user', content: 'Answer.\n\nWho won?' }],
    temperature: 0.2,
    max_tokens: 30,
  });
});

it('knows its name and how much it reads from the server, or from the settings', async () => {
  const llama = await aModel(
    await startModelServer({ model: '/models/Mixtral.Q4_K_M.gguf', contextTokens: 3000 }),
  );
  const vllm = await aModel(await startModelServer({ kind: 'vllm', contextTokens: 9000 }), {
    model: 'mixtral',
  });
  const plain = await aModel(await startModelServer({ kind: 'plain' }), { model: 'gpt' });

  expect([llama.name, llama.contextTokens]).toEqual(['Mixtral.Q4_K_M', 3000]);
  expect([vllm.name, vllm.contextTokens]).toEqual(['mixtral', 9000]);
  expect([plain.name, plain.contextTokens]).toEqual(['gpt', 4096]);
});

it('lets the server count tokens where it can, and estimates too many elsewhere', async () => {
  const text = 'Lyon took 4 for 24 in Perth';
  const count = async (kind: 'llama' | 'vllm' | 'plain', instead: ServerScript['instead'] = {}) =>
    (await aModel(await startModelServer({ kind, instead }))).countTokens(text);

  expect(await count('llama')).toBe(7);
  expect(await count('vllm')).toBe(7);
  expect(await count('plain')).toBeGreaterThan(7);
  expect(await count('llama', { '/tokenize': fails(500, 'no') })).toBe(await count('plain'));
});

it.each([
  ['llama', [['user'], ['user', 'assistant']], {}],
  ['vllm', [['user'], ['user', 'assistant']], { continue_final_message: true, add_generation_prompt: false }],
  ['plain', [['user'], ['user', 'assistant', 'user']], {}],
] as const)('goes on from what was written, as a %s server wants it', async (kind, roles, fields) => {
  const { server } = await written({ kind }, {}, { written: 'Harbour won' });
  const fresh = await written({ kind });

  const rolesOf = (one: ModelServer) => one.asked[0]?.messages.map(({ role }) => role);
  expect([rolesOf(fresh.server), rolesOf(server)]).toEqual(roles);
  expect(server.asked[0]?.messages[1]).toEqual({ role: 'assistant', content: 'Harbour won' });
  expect(server.asked[0]).toMatchObject(fields);
  expect(fresh.server.asked[0]).not.toHaveProperty('continue_final_message');
});

it.each([
  [['Harbour ', 'won', ' by six.'], ' by six.'],
  [['Harbour won by six.'], ' by six.'],
  [['Harbour lost.'], 'Harbour lost.'],
  [['Har'], 'Har'],
  [[' by six.'], ' by six.'],
])('does not hand on again what was written before: %j', async (pieces, expected) => {
  const { text } = await written({ replies: [says(...pieces)] }, {}, { written: 'Harbour won' });

  expect(text).toBe(expected);
});

it('puts letters together that arrive in halves, one byte at a time', async () => {
  const bytes = Buffer.from(delta('Größe: 🏏 [1]') + delta('', 'stop') + event('[DONE]'));
  const { text } = await written({
    replies: [
      (response) => {
        head(response);
        const next = (at: number): unknown =>
          at < bytes.length
            ? response.write(bytes.subarray(at, at + 1), () => setImmediate(next, at + 1))
            : response.end();
        next(0);
      },
    ],
  });

  expect(text).toBe('Größe: 🏏 [1]');
});

it('reads CRLF lines, comments, unknown fields and events after the end', async () => {
  const { text, stop } = await written({
    replies: [
      (response) => {
        head(response).write(
          `: ping\r\nx-mood: fine\r\nevent: message\r\n${delta('One.').replaceAll('\n', '\r\n')}`,
        );
        response.end(delta('', 'length') + event('[DONE]') + delta('Two.'));
      },
    ],
  });

  expect([text, stop]).toEqual(['One.', 'length']);
});

it.each<[string, Reply, string, RegExp]>([
  ['is cut', (r) => head(r).write(delta('Har'), () => r.destroy()), 'Har', /broke off: .*cut/],
  ['ends early', (r) => head(r).end(delta('Har')), 'Har', /ended in mid-answer/],
  ['is no JSON', (r) => head(r).end(`${delta('Har')}data: {"choices":[{\n\n`), 'Har', /no part of an answer/],
  [
    'is another JSON',
    (r) => head(r).end(`${delta('Har')}${event({ ok: true })}`),
    'Har',
    /no part of an answer/,
  ],
  [
    'reports an error',
    (r) => head(r).end(delta('Har') + event({ error: { message: 'CUDA error', type: 'server_error' } })),
    'Har',
    /CUDA error/,
  ],
  ['is a page', (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>hi</html>'), '', /ended/],
])('says that a stream broke off when it %s, and does not begin anew', async (_, reply, before, message) => {
  const { error, server, text } = await failure({ replies: [reply] });

  expect(error).toMatchObject({ code: 'model_broke_off', message: expect.stringMatching(message) });
  expect(text).toBe(before);
  expect(server.asked).toHaveLength(1);
});

it.each<[string, (response: Parameters<Reply>[0]) => void]>([
  ['text', (response) => response.write(delta('x'.repeat(500)))],
  ['a line', (response) => response.write('x'.repeat(100_000))],
  ['empty events', (response) => response.write(delta('').repeat(1000))],
])('gives up a server that sends %s without end', async (_, write) => {
  const { error, server } = await failure({
    replies: [
      (response) => {
        head(response);
        const pour = () => {
          while (!response.destroyed && response.writableLength < 1_000_000) {
            write(response);
          }
          if (!response.destroyed) {
            setImmediate(pour);
          }
        };
        pour();
      },
    ],
  });

  expect(error).toMatchObject({ code: 'model_broke_off' });
  await expect.poll(server.left).toBe(1);
});

it('takes an answer for whole that has its end, though the connection is cut after it', async () => {
  const { stop, text } = await written({
    replies: [(r) => head(r).write(delta('One.') + delta('', 'stop'), () => r.destroy())],
  });

  expect([text, stop]).toEqual(['One.', 'end']);
});

it('waits as long as a busy server asks, and asks again', async () => {
  const { server, text, waits } = await written({
    replies: [
      fails(429, { error: { message: 'slow down' } }, { 'retry-after': '7' }),
      fails(503, { error: { message: 'Loading model', code: 503 } }),
      says('One.'),
    ],
  });

  expect(text).toBe('One.');
  expect(server.asked).toHaveLength(3);
  expect(waits[0]).toBe(7000);
  expect(waits[1]).toBeGreaterThanOrEqual(500);
});

it('asks again when a connection is cut before the first word', async () => {
  const { server, text } = await written({
    replies: [(r) => r.destroy(), (r) => head(r).destroy(), says('One.')],
  });

  expect(text).toBe('One.');
  expect(server.asked).toHaveLength(3);
});

it.each<[string, Reply, string, number]>([
  ['is busy for too long', fails(429, {}, { 'retry-after': '3600' }), 'model_busy', 1],
  ['stays busy', fails(429, { error: 'no' }), 'model_busy', 3],
  ['stays broken', fails(500, '<html>oops</html>'), 'model_unreachable', 3],
  ['does not know the model', fails(404, { error: { message: 'no such model' } }), 'model_not_found', 1],
  ['does not take the request', fails(400, { message: 'bad' }), 'model_bad_request', 1],
  [
    'cannot read so much (llama-server)',
    fails(400, { error: { message: 'too big', type: 'exceed_context_size_error' } }),
    'prompt_too_long',
    1,
  ],
  [
    'cannot read so much (vLLM)',
    fails(400, { error: { message: "This model's maximum context length is 4096 tokens" } }),
    'prompt_too_long',
    1,
  ],
])('gives a clear failure when the server %s', async (_, reply, code, tries) => {
  const { error, server } = await failure({ replies: [reply] });

  expect(error).toMatchObject({ name: 'BotError', code });
  expect(server.asked).toHaveLength(tries);
});

it('never shows the key, though the server repeats it', async () => {
  const server = await startModelServer({ key: `sk-right-${SECRET}` });

  const error = await aModel(server, { apiKey: `sk-wrong-${SECRET}` }).catch((thrown: Error) => thrown);

  expect(error).toMatchObject({ code: 'model_refused', message: expect.stringContaining('LLM_API_KEY') });
  expect(JSON.stringify([(error as Error).message, (error as Error).stack])).not.toContain('sk-wrong');
  expect((await aModel(server, { apiKey: `sk-right-${SECRET}` })).name).toBe('mixtral');
});

it('says that nobody answers at the address', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));

  await expect(aModel({ baseUrl: `http://127.0.0.1:${port}/v1` })).rejects.toMatchObject({
    code: 'model_unreachable',
    message: expect.stringContaining('LLM_BASE_URL'),
  });
});

it('wants a name where the server has none', async () => {
  const server = await startModelServer({ kind: 'plain', instead: { '/v1/models': fails(404, {}) } });

  await expect(aModel(server)).rejects.toMatchObject({ code: 'model_unnamed' });
  expect((await aModel(server, { model: 'gpt' })).name).toBe('gpt');
});

it.each<[string, Reply, Partial<OpenaiOptions>]>([
  ['says nothing', () => {}, { firstTextMs: 60 }],
  ['announces an answer only', (r) => head(r), { firstTextMs: 60 }],
  ['falls silent', (r) => head(r).write(delta('Har')), { silenceMs: 60 }],
])('gives up a server that %s', async (_, reply, options) => {
  const { error, server } = await failure({ replies: [reply] }, options);

  expect(error).toMatchObject({ code: 'model_timeout' });
  await expect.poll(server.left).toBe(1);
  expect(server.asked).toHaveLength(1);
});

it.each<[string, Reply]>([
  ['before the first word', () => {}],
  ['in mid-answer', (r) => head(r).write(delta('Har'))],
])('stops at once when it is told to %s, and hangs up', async (_, reply) => {
  const server = await startModelServer({ replies: [reply] });
  const model = await aModel(server);
  const abort = new AbortController();
  const why = new Error('stopped by a person');

  const completion = model.complete(PROMPT, SAMPLING, {
    signal: abort.signal,
    onText: () => abort.abort(why),
  });
  const ended = expect(completion).rejects.toBe(why);
  await expect.poll(() => server.asked.length).toBe(1);
  abort.abort(why);

  await ended;
  await expect.poll(server.left).toBe(1);
});

it('stops while it waits for another try', async () => {
  const server = await startModelServer({ replies: [fails(503, {})] });
  const abort = new AbortController();
  const { pool: model } = await aPool([server], {}, { wait: undefined });

  const completion = model.complete(PROMPT, SAMPLING, { signal: abort.signal, onText: () => {} });
  await expect.poll(() => server.asked.length).toBe(1);
  abort.abort(new Error('stopped'));

  await expect(completion).rejects.toThrow('stopped');
});

it('keeps answers apart that are written at once', async () => {
  const server = await startModelServer({
    replies: [
      (response, { messages }) => {
        const text = messages[0]?.content.at(-1) ?? '';
        head(response);
        const next = (left: number): unknown =>
          left > 0
            ? response.write(delta(text), () => setImmediate(next, left - 1))
            : response.end(delta('', 'stop') + event('[DONE]'));
        next(20);
      },
    ],
  });
  const model = await aModel(server);

  const texts = await Promise.all(
    [...'abcdefgh'].map(async (letter) => {
      let text = '';
      const onText = (piece: string) => {
        text += piece;
      };
      await model.complete({ ...PROMPT, content: letter }, SAMPLING, {
        signal: new AbortController().signal,
        onText,
      });
      return text;
    }),
  );

  expect(texts).toEqual([...'abcdefgh'].map((letter) => letter.repeat(20)));
});

it('goes through a proxy, but not to this machine itself', async () => {
  const server = await startModelServer();
  const asked: string[] = [];
  const proxy = createServer((_, response) => void response.writeHead(502).end());
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const proxies = { http: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, none: [] };

  expect((await aModel(server, { proxies })).name).toBe('mixtral');
  await expect(aModel({ baseUrl: 'http://model.example/v1' }, { proxies })).rejects.toMatchObject({
    code: 'model_unreachable',
  });
  expect(asked).toEqual(['model.example:80']);
});
