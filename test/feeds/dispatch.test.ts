import { createServer, request as forward } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Proxies } from '#src/feeds/dispatch.js';
import { SECRET } from '../fixtures/secrets.mjs';
import { fetcherFor, never } from '../helpers/feed-engine.js';
import { startSite } from '../helpers/feed-server.js';

const given = { maxBytes: 1000, signal: never };
const FEED = '<rss><channel><title>Sample</title></channel></rss>';

/** A proxy that leads every request to the port of `target`, whatever its name. */
async function startProxy(target: {
  port: number;
}): Promise<{ url: string; asked: string[]; auth: string[] }> {
  const asked: string[] = [];
  const auth: string[] = [];
  const note = (url: string | undefined, authorization: string | undefined) => {
    asked.push(url ?? '');
    auth.push(authorization ?? '');
  };
  const server = createServer((request, response) => {
    note(request.url, request.headers['proxy-authorization']);
    const { pathname } = new URL(request.url ?? '');
    forward({ port: target.port, host: '127.0.0.1', path: pathname, headers: request.headers }, (answer) =>
      answer.pipe(response),
    ).end();
  });
  server.on('connect', (request, socket) => {
    note(request.url, request.headers['proxy-authorization']);
    const onward = connect(target.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, auth };
}

const through = (url: string, none: string[] = []): { proxies: Proxies } => ({
  proxies: { http: url, https: url, none },
});

it('asks through the proxy, with its password', async () => {
  const site = await startSite({ '/feed': FEED });
  const proxy = await startProxy(site);
  const fetch = fetcherFor([], through(proxy.url.replace('//', `//user:${SECRET}@`)));

  const fetched = await fetch('http://news.example.com/feed', given);

  expect(fetched.body.toString()).toBe(FEED);
  expect(proxy.asked).toEqual(['news.example.com:80']);
  expect(proxy.auth).toEqual([`Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`]);
  expect(site.requests[0]?.headers['user-agent']).toMatch(/^ThirdUmpire/);
  expect(site.requests[0]?.headers['proxy-authorization']).toBeUndefined();
});

it('asks for a tunnel to a host with TLS', async () => {
  const site = await startSite({ '/feed': FEED });
  const proxy = await startProxy(site);

  // The site speaks no TLS, so the request fails behind the proxy.
  await expect(
    fetcherFor([], through(proxy.url))('https://news.example.com/feed', given),
  ).rejects.toMatchObject({ code: 'network' });
  expect(proxy.asked).toEqual(['news.example.com:443']);
});

it('checks every redirect before the proxy hears of it', async () => {
  const site = await startSite({
    '/a': { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } },
  });
  const proxy = await startProxy(site);

  await expect(fetcherFor([], through(proxy.url))('http://news.example.com/a', given)).rejects.toMatchObject({
    code: 'blocked_address',
  });
  expect(proxy.asked).toEqual(['news.example.com:80']);
});

it.each([
  'http://127.0.0.1/',
  'http://10.1.2.3/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::1]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[64:ff9b::a00:1]/',
  'http://169.254.169.254/',
  'http://localhost/',
  'http://a.localhost./',
  'http://intranet/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://nas.home.arpa/',
  'https://192.168.1.1/',
])('hands %s to no proxy', async (address) => {
  const proxy = await startProxy(await startSite());

  await expect(fetcherFor([], through(proxy.url))(address, given)).rejects.toMatchObject({
    code: 'blocked_address',
  });
  expect(proxy.asked).toEqual([]);
});

it('asks the operator’s own hosts straight', async () => {
  const site = await startSite({ '/feed': FEED });
  const proxy = await startProxy(site);

  await fetcherFor([site.host], through(proxy.url))(`${site.url}/feed`, given);

  expect(proxy.asked).toEqual([]);
});

it.each([
  ['news.example', 'http://news.example/', false],
  ['.news.example', 'http://a.news.example/', false],
  ['*.news.example', 'http://news.example/', false],
  ['news.example:80', 'http://NEWS.example./', false],
  ['news.example:8080', 'http://news.example/', true],
  ['news.example', 'http://oldnews.example/', true],
  ['*', 'http://news.example/', false],
])('with NO_PROXY=%s asks for %s through the proxy: %s', async (none, address, isThrough) => {
  const proxy = await startProxy(await startSite({ '/': FEED }));

  await fetcherFor([], through(proxy.url, [none]))(address, given).catch(() => {});

  expect(proxy.asked.length > 0).toBe(isThrough);
});

it('asks a proxy once that takes a connection and closes it', async () => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    socket.on('error', () => {}).once('data', () => socket.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const fetch = fetcherFor([], through(`http://127.0.0.1:${port}`));

  await expect(fetch('https://news.example.com/feed', given)).rejects.toMatchObject({ code: 'network' });

  expect(connections).toBe(1);
});
