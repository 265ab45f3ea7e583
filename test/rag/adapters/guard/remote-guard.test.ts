// Guards behind an address, over real HTTP on loopback.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openRemoteGuard, type RemoteGuardOptions } from '#src/rag/adapters/guard/remote-guard.js';
import { readVerdict } from '#src/rag/guard/verdict.js';
import { SECRET } from '../../../fixtures/secrets.mjs';

const KEY = `sk-guard-${SECRET}`;
const never = new AbortController().signal;
type Reply = (response: ServerResponse) => void;

const json =
  (body: unknown, status = 200): Reply =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const says = (content: string) => json({ choices: [{ message: { role: 'assistant', content } }] });
const flags = (categories: Record<string, boolean>) =>
  json({ id: 'modr-1', results: [{ flagged: Object.values(categories).some(Boolean), categories }] });

/** A server that gives these replies, the last one from then on. */
async function guard(replies: Reply[], options: Partial<RemoteGuardOptions> = {}) {
  const asked: { path: string; body: unknown; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => void take(request, response));
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) {
      text += part;
    }
    const { authorization } = request.headers;
    asked.push({ path: request.url ?? '', body: JSON.parse(text), authorization });
    (replies.length > 1 ? replies.shift() : replies[0])?.(response);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const remote = openRemoteGuard(
    { baseUrl, apiKey: KEY, api: 'moderations', timeoutMs: 2_000, ...options },
    readVerdict,
  );
  onTestFinished(async () => {
    await remote.close();
    server.closeAllConnections();
    server.close();
  });
  return { asked, judge: remote.judge, close: () => server.close() };
}

describe('/v1/moderations', () => {
  it('is asked for the question, then for the answer, with the key', async () => {
    const { asked, judge } = await guard([flags({ violence: false })], { model: 'omni-moderation-latest' });

    expect(await judge({ question: 'Who won?' }, never)).toBeUndefined();
    expect(await judge({ question: 'Who won?', answer: 'Kent won.' }, never)).toBeUndefined();

    expect(asked).toEqual([
      {
        path: '/v1/moderations',
        body: { model: 'omni-moderation-latest', input: 'Who won?' },
        authorization: `Bearer ${KEY}`,
      },
      expect.objectContaining({ body: { model: 'omni-moderation-latest', input: 'Kent won.' } }),
    ]);
  });

  it.each([
    [{ violence: true }, 'abuse'],
    [{ 'self-harm/intent': true, violence: true }, 'self-harm'],
    [{ 'self-harm': false, hate: true }, 'abuse'],
  ])('flags %j as %s', async (categories, harm) => {
    const { judge } = await guard([flags(categories as Record<string, boolean>)]);

    expect(await judge({ question: 'Who?' }, never)).toBe(harm);
  });
});

describe('a chat completion', () => {
  it('gets the turns as they were said, and its lines are the verdict', async () => {
    const { asked, judge } = await guard([says('safe'), says('\n\nunsafe\nS11')], {
      api: 'chat',
      apiKey: undefined,
    });

    expect(await judge({ question: 'Who won?' }, never)).toBeUndefined();
    expect(await judge({ question: 'Who won?', answer: 'Kent.' }, never)).toBe('self-harm');

    expect(asked.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
    expect(asked[1]).toMatchObject({
      authorization: undefined,
      body: {
        messages: [
          { role: 'user', content: 'Who won?' },
          { role: 'assistant', content: 'Kent.' },
        ],
        stream: false,
        temperature: 0,
      },
    });
  });
});

describe('no verdict', () => {
  it.each<[string, Reply, string]>([
    ['a refused key', json({ error: { message: `no ${KEY}` } }, 401), 'guard_failed'],
    ['no such model', json({ error: 'unknown model' }, 404), 'guard_failed'],
    ['a server that fails', json({ error: 'oops' }, 500), 'guard_failed'],
    ['a cut connection', (response) => void response.destroy(), 'guard_failed'],
    ['silence', () => {}, 'guard_failed'],
    ['no JSON', (response) => void response.writeHead(200).end('safe'), 'guard_unreadable'],
    ['no result', json({ results: [] }), 'guard_unreadable'],
    ['a flag that is no flag', json({ results: [{ flagged: 'no' }] }), 'guard_unreadable'],
  ])('comes of %s', async (_, reply, code) => {
    const { judge } = await guard([reply], { timeoutMs: 700 });

    const failure = await judge({ question: 'Who?' }, never).catch((error: unknown) => error);

    expect(failure).toMatchObject({ code });
    expect(String((failure as Error).message)).not.toContain(KEY);
  });

  it('comes of words around it', async () => {
    const { judge } = await guard([says('I think that this is safe.')], { api: 'chat' });

    await expect(judge({ question: 'Who?' }, never)).rejects.toMatchObject({ code: 'guard_unreadable' });
  });

  it('is not told after one cut connection: it is asked again', async () => {
    const { asked, judge } = await guard([(response) => void response.destroy(), flags({ hate: false })]);

    expect(await judge({ question: 'Who?' }, never)).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('is waited for no longer than whoever asks waits', async () => {
    const { judge } = await guard([() => {}]);
    const stop = new AbortController();
    const judging = judge({ question: 'Who?' }, stop.signal);
    stop.abort(new Error('gone'));

    await expect(judging).rejects.toThrow('gone');
  });
});
