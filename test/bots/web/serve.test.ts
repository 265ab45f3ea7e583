// The server of the console: who gets in, and how it ends.
import { request } from 'node:http';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { expect, it, onTestFinished } from 'vitest';
import { createGuard, createSignIn, type GuardOptions } from '#src/bots/web/guard.js';
import { isLoopback, serve } from '#src/bots/web/serve.js';
import { SECRET } from '../../fixtures/secrets.mjs';

async function open(options: Partial<GuardOptions> = {}) {
  const app = new Hono();
  app.use(createGuard({ hosts: ['umpire.example'], style: '', ...options }));
  app.get('/', (context) => context.text('page'));
  app.post('/api/act', (context) => context.text('done'));
  app.post('/sign-in', createSignIn(options.token ?? ''));
  app.get('/stream', (context) => streamSSE(context, () => new Promise(() => {})));
  const served = await serve(app, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => served.close());
  const host = `127.0.0.1:${served.port}`;
  /** With any header, also those that `fetch` keeps to itself. */
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
    new Promise<{ status: number; headers: Record<string, string | string[] | undefined>; text: string }>(
      (resolve, reject) => {
        const sent = request(`${served.url}${path}`, { method, headers, agent: false }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
          );
        });
        sent.on('error', reject).end(body);
      },
    );
  return { ask, host, origin: `http://${host}`, served };
}

it.each([
  ['localhost:1', 200],
  ['umpire.example', 200],
  ['UMPIRE.example:443', 200],
  ['[::1]:80', 200],
  ['evil.example', 421],
  ['127.0.0.1.evil.example', 421],
  ['umpire.example@evil.example', 400],
  ['evil.example/umpire.example', 400],
])('answers to its own names alone: %s', async (host, status) => {
  const { ask } = await open();

  expect((await ask('GET', '/', { host })).status).toBe(status);
});

it('lets only its own page change anything', async () => {
  const { ask, origin } = await open();
  const act = async (headers: Record<string, string>) => (await ask('POST', '/api/act', headers)).status;

  expect(await act({})).toBe(403);
  expect(await act({ origin: 'http://evil.example' })).toBe(403);
  expect(await act({ origin: 'null' })).toBe(403);
  expect(await act({ origin, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await act({ origin: origin.replace(/\d+$/, '1') })).toBe(403);
  expect(await act({ origin, 'sec-fetch-site': 'same-origin' })).toBe(200);
});

it('wants the token where there is one, and keeps it for a browser that gave it', async () => {
  const { ask, origin } = await open({ token: `console ${SECRET}` });
  const form = { origin, 'content-type': 'application/x-www-form-urlencoded' };

  expect((await ask('GET', '/')).status).toBe(401);
  expect(await ask('GET', '/', { accept: 'text/html' })).toMatchObject({ status: 303 });
  const wrong = await ask('POST', '/sign-in', form, 'token=another');
  expect(wrong.headers['set-cookie']).toBeUndefined();
  const right = await ask('POST', '/sign-in', form, `token=console+${SECRET}`);
  const [cookie = ''] = right.headers['set-cookie'] ?? [];

  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  expect(cookie).not.toContain(SECRET);
  expect((await ask('GET', '/', { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
  expect((await ask('GET', '/', { cookie: 'third-umpire-token=guessed' })).status).toBe(401);
});

it('forbids whatever is not its own in a page, on refusals too', async () => {
  const { ask } = await open();

  for (const { headers } of [await ask('GET', '/'), await ask('GET', '/', { host: 'evil.example' })]) {
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

it('ends though a stream is open', async () => {
  const { served } = await open();
  const response = await fetch(`${served.url}/stream`);
  const read = response.text().catch((error: unknown) => error);

  await served.close();

  expect(await read).toBeDefined();
  await expect(fetch(served.url)).rejects.toThrow();
});

it('says which port is taken', async () => {
  const { served } = await open();

  await expect(serve(new Hono(), { host: '127.0.0.1', port: served.port })).rejects.toMatchObject({
    code: 'web_port_taken',
    message: expect.stringContaining(`127.0.0.1:${served.port}`),
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.5', false],
  ['127.0.0.1.example', false],
])('knows what only this machine reaches: %s', (host, is) => {
  expect(isLoopback(host)).toBe(is);
});

it('tells another page nothing, and does no work for it', async () => {
  const { ask } = await open();

  expect((await ask('GET', '/api/act', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await ask('GET', '/', { 'sec-fetch-site': 'cross-site' })).status).toBe(200);
});
