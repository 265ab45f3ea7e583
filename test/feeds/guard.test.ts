import { expect, it } from 'vitest';
import { createGuardedConnector, isAllowedHost, isPublicAddress, type Lookup } from '#src/feeds/guard.js';
import { startCanary } from '../helpers/canary.js';
import { fetcherFor, never } from '../helpers/feed-engine.js';
import { startSite } from '../helpers/feed-server.js';

const given = { maxBytes: 1000, signal: never };

/** Ways to write, name or reach the loopback address; PORT is the canary's. */
const TRICKS = [
  'http://127.0.0.1:PORT/',
  'http://127.1:PORT/',
  'http://127.0.1:PORT/',
  'http://127.255.255.254:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f000001:PORT/',
  'http://0x7f.1:PORT/',
  'http://0x7f.0x0.0x0.0x1:PORT/',
  'http://0177.0.0.1:PORT/',
  'http://017700000001:PORT/',
  'http://0:PORT/',
  'http://0.0.0.0:PORT/',
  'http://127.0.0.1.:PORT/',
  'http://localhost:PORT/',
  'http://LOCALHOST:PORT/',
  'http://localhost.:PORT/',
  'http://anything.localhost:PORT/',
  'http://[::1]:PORT/',
  'http://[::]:PORT/',
  'http://[0:0:0:0:0:0:0:1]:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[::ffff:7f00:1]:PORT/',
  'http://[0:0:0:0:0:ffff:7f00:0001]:PORT/',
  'http://[::127.0.0.1]:PORT/',
  'http://[64:ff9b::7f00:1]:PORT/',
  'http://[2002:7f00:1::]:PORT/',
  'http://①②⑦.⓪.⓪.①:PORT/',
  'http://127。0。0。1:PORT/',
  'http://%31%32%37.0.0.1:PORT/',
  'http://example.org@127.0.0.1:PORT/',
  'http:\\\\127.0.0.1:PORT\\',
  'http:127.0.0.1:PORT',
  ' http://127.0.0.1:PORT/ ',
  'HTTP://127.0.0.1:PORT/',
  'http://127.0.0.1:PORT#example.org',
  'https://127.0.0.1:PORT/',
];

it.each(TRICKS)('opens no connection for %s', async (trick) => {
  const canary = await startSite({ '/': 'secret' });

  const attempt = fetcherFor([])(trick.replace('PORT', String(canary.port)), given);

  await expect(attempt).rejects.toMatchObject({
    code: expect.stringMatching(/^(blocked_address|bad_url|network)$/),
  });
  expect(canary.connections()).toBe(0);
});

it.each([
  'http://127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://[64:ff9b::127.0.0.1]:PORT/',
  'http://localhost:PORT/',
  'http://localhost.:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.0.1:PORT/',
  'http://%31%32%37.1:PORT/',
  'https://127.0.0.1:PORT/',
  '\\\\127.0.0.1:PORT\\',
])('opens no connection for a redirect to %s', async (location) => {
  const canary = await startSite({ '/': 'secret' });
  const site = await startSite({
    '/': { status: 307, headers: { location: location.replace('PORT', String(canary.port)) } },
  });

  await expect(fetcherFor([site.host])(site.url, given)).rejects.toMatchObject({
    // Not every system resolves every spelling of localhost.
    code: expect.stringMatching(/^(blocked_address|network)$/),
  });
  expect(canary.connections()).toBe(0);
});

it.each(['http://a@127.0.0.1:PORT/', 'gopher://127.0.0.1:PORT/', 'file:///etc/passwd', 'data:text/html,a'])(
  'opens no connection for a redirect to %s, which is no address to follow',
  async (location) => {
    const canary = await startSite({ '/': 'secret' });
    const site = await startSite({
      '/': { status: 301, headers: { location: location.replace('PORT', String(canary.port)) } },
    });

    await expect(fetcherFor([site.host])(site.url, given)).rejects.toMatchObject({ code: 'bad_url' });
    expect(canary.connections()).toBe(0);
  },
);

it('opens no connection at the end of a chain of redirects', async () => {
  const canary = await startSite({ '/': 'secret' });
  const site = await startSite({
    '/': { status: 302, headers: { location: '/b' } },
    '/b': { status: 308, headers: { location: canary.url } },
  });

  await expect(fetcherFor([site.host])(site.url, given)).rejects.toMatchObject({ code: 'blocked_address' });
  expect(canary.connections()).toBe(0);
});

/** What a connection to a name ends with, when its lookups give these addresses one after the other. */
async function connectTo(port: number, answers: string[][]): Promise<unknown[]> {
  const left = [...answers];
  const lookup: Lookup = (_, __, callback) =>
    callback(
      null,
      (left.shift() ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  const connect = createGuardedConnector({ allowHosts: [], connectTimeoutMs: 300, lookup });
  const outcomes: unknown[] = [];
  for (const _ of answers) {
    outcomes.push(
      await new Promise((resolve) =>
        connect(
          { hostname: 'news.example', host: 'news.example', protocol: 'http:', port: String(port) },
          (error, socket) => {
            socket?.destroy();
            resolve((error as { code?: string } | null)?.code ?? 'connected');
          },
        ),
      ),
    );
  }
  return outcomes;
}

it.each([
  ['127.0.0.1'],
  ['0.0.0.0'],
  ['::1'],
  ['::ffff:127.0.0.1'],
  ['64:ff9b::7f00:1'],
  ['169.254.169.254'],
  ['93.184.215.14', '127.0.0.1'],
])('opens no connection for a name that resolves to %s', async (...addresses) => {
  const canary = await startCanary();

  const outcomes = await connectTo(canary.port, [addresses]);

  canary.close();
  expect(outcomes).toEqual(['blocked_address']);
  expect(canary.touched()).toBe(0);
});

it('opens no connection for a name that resolves to another place the second time', async () => {
  const canary = await startCanary();

  const [first, second] = await connectTo(canary.port, [['192.0.0.9'], ['127.0.0.1']]);

  canary.close();
  expect(first).not.toBe('connected');
  expect(second).toBe('blocked_address');
  expect(canary.touched()).toBe(0);
});

it('tells how to allow an address of one’s own, and lets only that port through', async () => {
  const own = await startSite({ '/': 'mine' });
  const other = await startSite({ '/': 'secret' });
  const fetch = fetcherFor([own.host]);

  const fetched = await fetch(own.url, given);

  expect(fetched.body.toString()).toBe('mine');
  await expect(fetch(other.url, given)).rejects.toThrow('--allow-host 127.0.0.1');
  expect(other.connections()).toBe(0);
});

it.each([
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '0.0.0.0',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '::8.8.8.8',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  '4000::1',
  'no address',
])('takes %s for no public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['8.8.8.8', '93.184.215.14', '2606:4700::1111'])('takes %s for a public address', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  ['127.0.0.1', '8080', ['127.0.0.1'], true],
  ['127.0.0.1', '8080', ['127.0.0.1:8080'], true],
  ['127.0.0.1', '8081', ['127.0.0.1:8080'], false],
  ['[::1]', '80', ['[::1]:80'], true],
  ['[::1]', '80', ['::1'], true],
  ['News.Local', '80', ['news.local'], true],
  ['evil-news.local', '80', ['news.local'], false],
])('compares %s port %s with %j', (hostname, port, list, isAllowed) => {
  expect(isAllowedHost(hostname, port, list)).toBe(isAllowed);
});
