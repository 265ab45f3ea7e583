import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { refusalOf } from '#src/feeds/fetch-failure.js';
import { createHostGate } from '#src/feeds/host-gate.js';
import { createSiteRules } from '#src/feeds/site-rules.js';
import { SECRET } from '../fixtures/secrets.mjs';
import { clock, fetcherFor, never, openGate } from '../helpers/feed-engine.js';
import { type Answer, startSite } from '../helpers/feed-server.js';

const FEED = '<rss><channel><title>Sample</title></channel></rss>';
const given = { maxBytes: 100_000, signal: never };

it('names itself and gives the body with what the headers say', async () => {
  const site = await startSite({
    '/feed': { body: FEED, headers: { etag: '"7"', 'last-modified': 'Tue, 19 Dec 2023 10:00:00 GMT' } },
  });

  const fetched = await fetcherFor([site.host])(`${site.url}/feed`, given);

  expect(fetched).toMatchObject({ status: 200, notModified: false, etag: '"7"', url: `${site.url}/feed` });
  expect(fetched.body.toString()).toBe(FEED);
  expect(site.requests[0]?.headers['user-agent']).toMatch(/^ThirdUmpire.*\+https:/);
});

it('asks conditionally and takes a 304 for an answer', async () => {
  const site = await startSite({
    '/feed': (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"7"' ? 304 : 200).end();
    },
  });

  const fetched = await fetcherFor([site.host])(`${site.url}/feed`, { ...given, etag: '"7"' });

  expect(fetched).toMatchObject({ status: 304, notModified: true });
  expect(fetched.body).toHaveLength(0);
});

it.each([
  ['gzip', gzipSync(FEED)],
  ['br', brotliCompressSync(FEED)],
  ['deflate', deflateSync(FEED)],
  ['deflate', deflateRawSync(FEED)],
  ['identity', Buffer.from(FEED)],
])('reads a body sent as %s', async (coding, body) => {
  const site = await startSite({ '/feed': { body, headers: { 'content-encoding': coding } } });

  const fetched = await fetcherFor([site.host])(`${site.url}/feed`, given);

  expect(fetched.body.toString()).toBe(FEED);
});

it.each([
  ['gzip', Buffer.from('this is no gzip')],
  ['gzip', gzipSync(FEED.repeat(100)).subarray(0, 60)],
  ['zstd', Buffer.from('x')],
  ['gzip, gzip', gzipSync(gzipSync(FEED))],
])('refuses a %s body that cannot be decoded', async (coding, body) => {
  const site = await startSite({ '/feed': { body, headers: { 'content-encoding': coding } } });

  await expect(fetcherFor([site.host])(`${site.url}/feed`, given)).rejects.toMatchObject({
    code: 'bad_encoding',
  });
});

it.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
])('cuts a %s bomb by its decoded size', async (coding, compress) => {
  const bomb = compress(Buffer.alloc(20_000_000));
  const site = await startSite({ '/bomb': { body: bomb, headers: { 'content-encoding': coding } } });

  expect(bomb.length).toBeLessThan(100_000);
  await expect(fetcherFor([site.host])(`${site.url}/bomb`, given)).rejects.toMatchObject({
    code: 'too_large',
    message: `${site.url}/bomb is larger than 0.1 MB and was given up`,
  });
});

it('cuts a body that never ends', async () => {
  const site = await startSite({
    '/endless': (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {}
      };
      response.on('drain', more);
      more();
    },
  });

  await expect(fetcherFor([site.host])(`${site.url}/endless`, given)).rejects.toMatchObject({
    code: 'too_large',
  });
});

it('gives up on a server that drips its answer', async () => {
  const site = await startSite({
    '/slow': (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
  });

  await expect(
    fetcherFor([site.host], { totalTimeoutMs: 300 })(`${site.url}/slow`, given),
  ).rejects.toMatchObject({
    code: 'timeout',
    message: `${site.url}/slow did not answer in time (0.3 s at most)`,
  });
});

it('gives up on a server that says nothing', async () => {
  const site = await startSite({ '/silent': () => {} });

  await expect(
    fetcherFor([site.host], { totalTimeoutMs: 300 })(`${site.url}/silent`, given),
  ).rejects.toMatchObject({ code: 'timeout' });
});

it.each<[string, Answer]>([
  ['before its answer', () => {}],
  ['within its answer', (_, response) => response.writeHead(200).write('<rss>')],
])('gives up on a server that falls silent %s, long before the time for all is over', async (_, route) => {
  const site = await startSite({ '/silent': route });
  const started = performance.now();

  await expect(
    fetcherFor([site.host], { headersTimeoutMs: 300, totalTimeoutMs: 15_000 })(`${site.url}/silent`, given),
  ).rejects.toMatchObject({ code: 'timeout' });
  expect(performance.now() - started).toBeLessThan(8000);
});

it('asks a host for one thing at a time, with a gap, and less often where robots.txt says so', async () => {
  let open = 0;
  let most = 0;
  const slowly: Answer = (_, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.end('text');
    }, 20);
  };
  const site = await startSite({ '/a': slowly, '/b': slowly, '/c': slowly, '/d': slowly });
  site.routes['/robots.txt'] = 'User-agent: ThirdUmpire\nCrawl-delay: 0.5';
  const gate = createHostGate({ gapMs: 100, isFree: () => false });
  const fetch = fetcherFor([site.host], { gate });

  await Promise.all(['/a', '/b', '/c'].map((path) => fetch(`${site.url}${path}`, given)));
  const findRefusal = createSiteRules({ fetch, gate, clock }, { userAgent: 'ThirdUmpire/0.1' });
  await findRefusal(`${site.url}/d`, never);
  await fetch(`${site.url}/d`, given);

  const times = site.requests.map(({ at }) => at);
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
  expect(most).toBe(1);
  expect(Math.min(...gaps)).toBeGreaterThan(95);
  expect(gaps.at(-1)).toBeGreaterThan(495);
});

it('stops at once when its caller does', async () => {
  const site = await startSite({ '/silent': () => stop.abort(new Error('stopped by the operator')) });
  const stop = new AbortController();

  await expect(
    fetcherFor([site.host])(`${site.url}/silent`, { ...given, signal: stop.signal }),
  ).rejects.toThrow('stopped by the operator');
});

it('follows redirects and remembers the permanent ones that come first', async () => {
  const to = (status: number, location: string) => ({ status, headers: { location } });
  const site = await startSite({
    '/a': to(301, '/b'),
    '/b': to(308, '/c'),
    '/c': to(302, '/d'),
    '/d': to(301, '/e'),
    '/e': FEED,
  });

  const fetched = await fetcherFor([site.host])(`${site.url}/a`, given);

  expect(fetched).toMatchObject({ url: `${site.url}/e`, permanentUrl: `${site.url}/c` });
});

it('leaves a redirect loop after five hops', async () => {
  const site = await startSite({ '/loop': { status: 301, headers: { location: '/loop' } } });

  await expect(fetcherFor([site.host])(`${site.url}/loop`, given)).rejects.toMatchObject({
    code: 'too_many_redirects',
  });
  expect(site.count('/loop')).toBe(6);
});

it('asks its caller before every hop', async () => {
  const site = await startSite({ '/a': { status: 302, headers: { location: '/b' } }, '/b': FEED });
  const asked: string[] = [];
  const beforeHop = async (url: string) => {
    asked.push(url);
    if (url.endsWith('/b')) {
      throw new Error('not there');
    }
  };

  await expect(fetcherFor([site.host])(`${site.url}/a`, { ...given, beforeHop })).rejects.toThrow(
    'not there',
  );
  expect(asked).toEqual([`${site.url}/a`, `${site.url}/b`]);
  expect(site.count('/b')).toBe(0);
});

it.each([404, 403, 500])('tells a %s with its status', async (status) => {
  const site = await startSite({ '/feed': { status, headers: { 'retry-after': '60' } } });

  const error = await fetcherFor([site.host])(`${site.url}/feed`, given).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code: 'http_status' });
  expect(String(error)).toContain(`${site.url}/feed answered ${status}`);
  expect(refusalOf(error)).toEqual({ status, retryAfter: '60' });
});

it.each([429, 503])('leaves a host alone that answered %s with Retry-After', async (status) => {
  const site = await startSite({ '/busy': { status, headers: { 'retry-after': '120' } }, '/other': FEED });
  const fetch = fetcherFor([site.host], { gate: openGate() });

  await expect(fetch(`${site.url}/busy`, given)).rejects.toMatchObject({ code: 'http_status' });
  await expect(fetch(`${site.url}/other`, given)).rejects.toMatchObject({ code: 'host_paused' });
  expect(site.count('/other')).toBe(0);
});

it.each(['ftp://example.org/feed', 'file:///etc/passwd', 'feed', `http://user:${SECRET}@example.org/`])(
  'refuses the address %s',
  async (address) => {
    await expect(fetcherFor([])(address, given)).rejects.toMatchObject({ code: 'bad_url' });
  },
);

it('names a port where nothing listens', async () => {
  const site = await startSite();
  const url = site.url.replace(/\d+$/, '9');

  await expect(fetcherFor(['127.0.0.1'])(url, given)).rejects.toMatchObject({
    code: 'network',
    message: expect.stringContaining('nothing listens there'),
  });
});
