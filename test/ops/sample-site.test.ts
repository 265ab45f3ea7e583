// Over real HTTP, and with the same feed parser as the world's feeds: what the demo shows must be what it ships.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Parser from 'rss-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SampleSite, startSampleSite } from '#src/ops/sample-site.js';

const FOLDER = fileURLToPath(new URL('../../config/sample-news', import.meta.url));
const NASTY = `<script>alert("1")</script> & 'Co' ]]> </title>`;
let site: SampleSite;
let folder: string;

beforeAll(async () => {
  site = await startSampleSite({ folder: FOLDER, port: 0 });
  folder = await mkdtemp(path.join(tmpdir(), 'sample-news-'));
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

async function parseFeed(url: string) {
  return new Parser().parseString(await (await fetch(url)).text());
}

it('serves at least 30 articles of four publishers, none later than the demo clock', async () => {
  const feeds = await Promise.all(site.feeds.map(({ url }) => parseFeed(url)));

  const items = feeds.flatMap((feed) => feed.items);
  expect(feeds.map(({ title }) => title)).toEqual(site.feeds.map(({ publisher }) => publisher));
  expect(feeds).toHaveLength(4);
  expect(items.length).toBeGreaterThanOrEqual(36);
  expect(new Set(items.map(({ link }) => link)).size).toBe(items.length);
  const dates = items.map(({ isoDate }) => isoDate ?? '').sort();
  expect(dates[0]?.slice(0, 7)).toBe('2023-12');
  expect(dates.at(-1)).toBe(site.newest);
  expect(site.newest < '2023-12-19T15:05:00.000Z').toBe(true);
});

it('puts whole articles into two feeds and first paragraphs into the other two', async () => {
  const feeds = await Promise.all(site.feeds.map(({ url }) => parseFeed(url)));

  const full = feeds.filter(({ items }) => items.every((item) => 'content:encoded' in item));
  expect(full).toHaveLength(2);
  const bare = feeds.filter(({ items }) =>
    items.every((item) => !('content:encoded' in item) && item.contentSnippet),
  );
  expect(bare).toHaveLength(2);
});

it('answers every link of its feeds with a page that holds headline, date and text', async () => {
  const feeds = await Promise.all(site.feeds.map(({ url }) => parseFeed(url)));

  for (const item of feeds.flatMap((feed) => feed.items)) {
    const response = await fetch(item.link ?? '');
    const html = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toMatch(/^<!doctype html>/);
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '');
    expect(data).toMatchObject({ '@type': 'NewsArticle', headline: item.title });
    expect(new Date(data.datePublished).toISOString()).toBe(item.isoDate);
    const words = html.slice(html.indexOf('<article>'), html.indexOf('</article>')).match(/\p{L}+/gu) ?? [];
    expect(words.length).toBeGreaterThan(110);
  }
});

it('has one address per page: every local link leads somewhere', async () => {
  const seen = new Set<string>();
  const open = [`${site.url}/`];
  for (let url = open.pop(); url !== undefined; url = open.pop()) {
    if (!seen.has(url)) {
      seen.add(url);
      const response = await fetch(url);
      expect([url, response.status]).toEqual([url, 200]);
      const links = (await response.text()).matchAll(/<a href="([^"]+)"/g);
      open.push(...[...links].map(([, href]) => href ?? ''));
    }
  }
  expect(seen.size).toBeGreaterThan(40);
});

it('answers 304 to a known entity tag and 200 to another', async () => {
  const url = site.feeds[0]?.url ?? '';
  const etag = (await fetch(url)).headers.get('etag') ?? '';

  expect(etag).toMatch(/^"[0-9a-f]{16}"$/);
  const same = await fetch(url, { headers: { 'if-none-match': `"x", W/${etag}` } });
  expect([same.status, await same.text()]).toEqual([304, '']);
  expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
});

it('answers unknown addresses with 404, other methods with 405, and robots with leave', async () => {
  expect((await fetch(`${site.url}/nowhere`)).status).toBe(404);
  expect((await fetch(site.url, { method: 'POST' })).status).toBe(405);
  expect(await (await fetch(`${site.url}/robots.txt`)).text()).toBe('User-agent: *\nAllow: /\n');
  const head = await fetch(`${site.url}/?q=1`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(500);
});

it('listens on loopback alone and stops in the middle of a request', async () => {
  const other = await startSampleSite({ folder: FOLDER, port: 0 });
  const socket = net.connect(Number(new URL(other.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nhost: half a request');
  // All of 127.0.0.0/8 is this machine, so a server on every address would answer here.
  await expect(fetch(other.url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow();
  await other.close();
  await other.close();

  socket.destroy();
  await expect(fetch(other.url)).rejects.toThrow();
});

it('names a taken port', async () => {
  const port = Number(new URL(site.url).port);

  await expect(startSampleSite({ folder: FOLDER, port })).rejects.toMatchObject({ code: 'port_taken' });
});

it('escapes whatever the text holds, in feeds and pages', async () => {
  const article = {
    slug: 'a',
    title: NASTY,
    author: NASTY,
    publishedAt: '2023-12-01T00:00:00Z',
    paragraphs: [NASTY],
    list: [NASTY],
    table: [[NASTY]],
  };
  await writeFile(
    path.join(folder, 'a.yaml'),
    JSON.stringify({ title: NASTY, slug: 'a', feed: 'full', articles: [article] }),
  );
  const nasty = await startSampleSite({ folder, port: 0 });

  const feed = await parseFeed(nasty.feeds[0]?.url ?? '');
  const html = await (await fetch(feed.items[0]?.link ?? '')).text();
  await nasty.close();

  expect(feed.title).toBe(NASTY);
  expect(feed.items[0]).toMatchObject({ title: NASTY, creator: NASTY });
  expect(feed.items[0]?.['content:encoded']).toContain('&#60;script&#62;');
  expect(feed.items[0]?.['content:encoded']).not.toContain('<script');
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html.match(/<\/title>/g)).toHaveLength(1);
  expect(JSON.parse(/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? '')).toMatchObject({ headline: NASTY });
});

it.each([
  ['an empty folder', {}, 'sample_news_missing'],
  [
    'a wrong date',
    {
      'a.yaml':
        'title: A\nslug: a\nfeed: full\narticles:\n  - {slug: a, title: A, publishedAt: today, paragraphs: [a]}\n',
    },
    'config_invalid',
  ],
  ['broken YAML', { 'a.yaml': 'title: [\n' }, 'config_invalid'],
])('refuses %s with a code', async (_name, files, code) => {
  const bad = await mkdtemp(path.join(folder, 'bad-'));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(bad, name), text)));

  await expect(startSampleSite({ folder: bad, port: 0 })).rejects.toMatchObject({ code });
});

it('names a folder that is not there', async () => {
  await expect(startSampleSite({ folder: path.join(folder, 'no'), port: 0 })).rejects.toMatchObject({
    code: 'sample_news_missing',
  });
});
