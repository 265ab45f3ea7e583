import { expect, it } from 'vitest';
import { discoverFeeds, feedLinks } from '#src/feeds/discover.js';
import { rssOf } from '../helpers/feed-documents.js';
import { fetcherFor, never } from '../helpers/feed-engine.js';
import { type Answer, startSite } from '../helpers/feed-server.js';

const FEED = rssOf([{ title: 'a', link: 'https://example.org/a' }]);

async function discover(routes: Record<string, Answer>) {
  const site = await startSite(routes);
  const found = discoverFeeds(fetcherFor([site.host]), `${site.url}/`, { maxBytes: 100_000, signal: never });
  return { site, found };
}

it('takes the address itself when it is a feed', async () => {
  const { found, site } = await discover({ '/': FEED });

  expect(await found).toEqual([{ url: `${site.url}/`, title: 'Example Cricket', entries: 1 }]);
});

it('gives the address that a feed has moved to for good', async () => {
  const { found, site } = await discover({
    '/': { status: 301, headers: { location: '/rss' } },
    '/rss': FEED,
  });

  expect(await found).toMatchObject([{ url: `${site.url}/rss` }]);
});

it('follows the links of a page, those that work, each once', async () => {
  const { found, site } = await discover({
    '/': `<html><head><link rel="alternate" type="application/rss+xml" href="/gone"><link rel="stylesheet" href="/x.css">
      <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="/atom"><link rel=alternate type="application/rss+xml" href="/atom">`,
    '/atom': FEED,
  });

  expect(await found).toEqual([{ url: `${site.url}/atom`, title: 'Example Cricket', entries: 1 }]);
  expect(site.count('/x.css')).toBe(0);
  expect(site.count('/atom')).toBe(1);
});

it('looks in the usual places when a page links none', async () => {
  const { found, site } = await discover({ '/': '<html><body>Cricket</body></html>', '/rss.xml': FEED });

  expect(await found).toMatchObject([{ url: `${site.url}/rss.xml` }]);
});

it('says where to look when there is none', async () => {
  const { found, site } = await discover({ '/': '<html><body>Cricket</body></html>' });

  await expect(found).rejects.toMatchObject({
    code: 'no_feed',
    message: expect.stringContaining(`${site.url}/ links no feed`),
  });
});

it('passes on that the address does not answer', async () => {
  const { found } = await discover({});

  await expect(found).rejects.toMatchObject({ code: 'http_status' });
});

it('reads links against the page’s base', () => {
  const html =
    '<base href="https://example.org/en/"><link rel="alternate" type="application/feed+json" href="feed.json">';

  expect(feedLinks(html, 'https://example.org/')).toEqual(['https://example.org/en/feed.json']);
});

it('reads the links of a page whose elements never end, in a moment', () => {
  const head = '<link rel="alternate" type="application/rss+xml" href="/rss">';
  const started = performance.now();

  expect(feedLinks(head + '<div>'.repeat(500_000), 'https://example.org/')).toEqual([
    'https://example.org/rss',
  ]);

  expect(performance.now() - started).toBeLessThan(2000);
});
