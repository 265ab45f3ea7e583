import { expect, it, onTestFinished } from 'vitest';
import type { Feed } from '#src/domain.js';
import { BotError } from '#src/errors.js';
import { createExtractor } from '#src/feeds/extract.js';
import { createPoller, type PollDeps } from '#src/feeds/poll.js';
import { createSiteRules } from '#src/feeds/site-rules.js';
import { createLog } from '#src/log.js';
import { articlePage, rssOf } from '../helpers/feed-documents.js';
import { clock, fetcherFor, memoryOf, NOW, never, openGate, sinkOf } from '../helpers/feed-engine.js';
import { type Answer, startSite, type TestSite } from '../helpers/feed-server.js';

const SUMMARY = 'England were bowled out for 172 before tea on the second day.';

async function engine(routes: Record<string, Answer> = {}, changes: Partial<PollDeps> = {}) {
  const site = await startSite(routes);
  const fetch = fetcherFor([site.host], { totalTimeoutMs: 1000 });
  const extractor = createExtractor({ workers: 1, deadlineMs: 5000 });
  onTestFinished(() => extractor.close());
  const memory = memoryOf();
  const sink = sinkOf();
  const notices: string[] = [];
  const deps: PollDeps = {
    fetch,
    extract: extractor.extract,
    findRefusal: createSiteRules({ fetch, gate: openGate(), clock }, { userAgent: 'ThirdUmpire/test' }),
    sink,
    memory,
    clock,
    log: createLog('silent'),
    random: () => 0.5,
    notify: ({ code }) => notices.push(code),
    ...changes,
  };
  const poll = createPoller(deps, { maxFeedBytes: 200_000, maxPageBytes: 200_000, pageConcurrency: 4 });
  const feed: Feed = { url: `${site.url}/feed`, pages: 'follow' };
  return {
    site,
    memory,
    sink,
    notices,
    feed,
    poll: (changed: Partial<Feed> = {}) => poll({ ...feed, ...changed }, { signal: never }),
  };
}

const itemsOf = ({ url }: TestSite, names: string[], description = SUMMARY) =>
  names.map((name) => ({ title: `Report ${name}`, link: `${url}/${name}?utm_source=rss`, description }));

it('stores an article for each entry, from its page, under the entry’s title and address', async () => {
  const { feed, memory, poll, sink, site } = await engine();
  site.routes['/feed'] = rssOf(itemsOf(site, ['a', 'b']));
  for (const name of ['a', 'b']) {
    site.routes[`/${name}?utm_source=rss`] = articlePage(
      `Report ${name} | Site`,
      `Play ${name} ended early in fading light at the ground.`,
    );
  }

  const report = await poll({ publisher: 'The Pavilion' });

  expect(report).toMatchObject({
    feedUrl: feed.url,
    title: 'Example Cricket',
    entries: 2,
    new: 2,
    failed: 0,
    isFirst: true,
  });
  expect(report.error).toBeUndefined();
  const articles = [...sink.articles.values()].sort((a, b) => a.url.localeCompare(b.url));
  expect(articles[0]).toMatchObject({
    title: 'Report a',
    url: `${site.url}/a`,
    canonicalUrl: `${site.url}/a`,
    publisher: 'The Pavilion',
    publishedAt: '2023-12-19T10:00:00.000Z',
    origin: 'page',
  });
  expect(articles[0]?.text).toContain('Play a ended early');
  expect([...memory.entries.values()].map(({ outcome }) => outcome)).toEqual(['page', 'page']);
});

it('makes one article of a page, its AMP form and a link that is redirected to it', async () => {
  const { poll, sink, site } = await engine();
  const page = articlePage('Report a', 'Play ended early.', `<link rel="canonical" href="${site.url}/a">`);
  Object.assign(site.routes, {
    '/a': page,
    '/amp/a': page,
    '/counted': { status: 302, headers: { location: `${site.url}/a` } },
  });
  site.routes['/feed'] = rssOf(
    ['a', 'amp/a', 'counted'].map((path) => ({ title: 'Report a', link: `${site.url}/${path}` })),
  );

  await poll();

  expect([...sink.articles.values()].map(({ canonicalUrl }) => canonicalUrl)).toEqual([`${site.url}/a`]);
});

it.each([
  ['asks for consent', '<p>We and our 300 partners use cookies to store and access personal data.</p>', ''],
  ['asks for money', '<p>This report is for members. Subscribe now to continue reading.</p>', ''],
  [
    'says that the article is not free',
    '<p>England were bowled out for 172 before tea on the second day at the ground, and there was more to come.</p>',
    '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false,"articleBody":"SECRET SECRET"}</script>',
  ],
])('indexes the feed’s own summary when the page %s', async (_, body, head) => {
  const { memory, poll, sink, site } = await engine();
  const wall = `<title>Report a</title>${head}<h1>Report a</h1>${body}${'<p>Accept all cookies, or sign in to read on.</p>'.repeat(3)}`;
  site.routes['/a?utm_source=rss'] = wall;
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']));

  await poll();

  expect([...sink.articles.values()][0]).toMatchObject({ text: SUMMARY, origin: 'feed' });
  expect([...memory.entries.values()][0]).toMatchObject({
    outcome: 'feed',
    reason: 'the page holds no article',
  });
});

it('reads nothing on a second poll of an unchanged feed, even when only its build date changed', async () => {
  const { poll, sink, site } = await engine();
  const routes = site.routes;
  routes['/feed'] = rssOf(itemsOf(site, ['a']), {
    extra: '<lastBuildDate>Tue, 19 Dec 2023 11:00:00 GMT</lastBuildDate>',
  });
  await poll();
  routes['/feed'] =
    `<!-- made in 0.1 s -->${rssOf(itemsOf(site, ['a']), { extra: '<lastBuildDate>Tue, 19 Dec 2023 12:00:00 GMT</lastBuildDate>' })}`;
  const before = site.requests.length;

  const report = await poll();

  expect(report).toMatchObject({ isUnchanged: true, new: 0, same: 1, isFirst: false });
  expect(site.requests.length).toBe(before + 1);
  expect(sink.articles.size).toBe(1);
});

it('is content with a 304', async () => {
  const { poll, site, memory, feed } = await engine();
  const body = rssOf(itemsOf(site, ['a']));
  site.routes['/feed'] = (request, response) => {
    const isKnown = request.headers['if-none-match'] === '"1"';
    response.writeHead(isKnown ? 304 : 200, { etag: '"1"' }).end(isKnown ? '' : body);
  };
  await poll();

  const report = await poll();

  expect(report).toMatchObject({ isUnchanged: true, title: 'Example Cricket' });
  expect(memory.feeds.get(feed.url)).toMatchObject({
    failures: 0,
    etag: '"1"',
    lastSuccessAt: NOW.toISOString(),
  });
});

it('looks again only at entries that are new or changed', async () => {
  const { poll, site } = await engine();
  site.routes['/feed'] = rssOf(itemsOf(site, ['a', 'b']));
  await poll();
  site.routes['/feed'] = rssOf([
    ...itemsOf(site, ['a']),
    ...itemsOf(site, ['b', 'c'], `${SUMMARY} Updated.`),
  ]);
  const before = site.requests.length;

  const report = await poll();

  expect(report).toMatchObject({ same: 1, changed: 1, new: 1 });
  expect(
    site.requests
      .slice(before)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['/b?utm_source=rss', '/c?utm_source=rss', '/feed']);
});

it('reads a page that a feed lists twice once, and not again while nothing changes', async () => {
  const { poll, sink, site } = await engine();
  const [first, second] = itemsOf(site, ['a', 'b']).map((entry) => ({ ...entry, link: `${site.url}/a` }));
  const both = [first, second].filter((entry) => entry !== undefined);
  site.routes['/feed'] = rssOf(both);
  site.routes['/a'] = articlePage('a', 'a');

  expect(await poll()).toMatchObject({ entries: 2, new: 1, changed: 0, same: 1 });
  site.routes['/feed'] = rssOf([...both, ...itemsOf(site, ['c'])]);
  expect(await poll()).toMatchObject({ entries: 3, new: 1, changed: 0, same: 2 });

  expect(site.count('/a')).toBe(1);
  expect([...sink.articles.values()].map(({ title }) => title)).toContain('Report a');
});

it('never asks for a page of a feed that is to be read alone', async () => {
  const { poll, sink, site } = await engine();
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']));

  await poll({ pages: 'feed-only' });

  expect(site.requests.map(({ path }) => path)).toEqual(['/feed']);
  expect([...sink.articles.values()]).toMatchObject([{ origin: 'feed', text: SUMMARY }]);
});

it('leaves out what is no article', async () => {
  const { poll, sink, site } = await engine();
  site.routes['/feed'] = rssOf([...itemsOf(site, ['video/a', 'b']), { title: 'No address', link: '' }]);

  expect(await poll({ skipPaths: ['/video/'] })).toMatchObject({ new: 1, skipped: 2 });
  expect([...sink.articles.values()].map(({ title }) => title)).toEqual(['Report b']);
});

it.each<[string, Record<string, Answer>, string]>([
  ['robots.txt', { '/robots.txt': 'User-agent: *\nDisallow: /' }, 'its robots.txt forbids it'],
  ['a 403', { '/a?utm_source=rss': { status: 403 } }, 'answered 403'],
  ['a 401', { '/a?utm_source=rss': { status: 401 } }, 'answered 401'],
  ['a 451', { '/a?utm_source=rss': { status: 451 } }, 'answered 451'],
  ['noai', { '/a?utm_source=rss': articlePage('a', 'a', '<meta name="robots" content="noai">') }, 'noai'],
  [
    'a reservation',
    { '/a?utm_source=rss': { headers: { 'tdm-reservation': '1' }, body: articlePage('a', 'a') } },
    'text and data mining',
  ],
])('takes %s for a refusal: the feed’s own text, marked, and no second try', async (_, routes, reason) => {
  const { memory, poll, sink, site } = await engine(routes);
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']));

  await poll();
  site.routes['/feed'] = rssOf([...itemsOf(site, ['a']), { title: 'Other', link: 'mailto:x' }]);
  const before = site.count('/a?utm_source=rss');
  await poll();

  expect([...sink.articles.values()]).toMatchObject([{ origin: 'feed', text: SUMMARY }]);
  expect([...memory.entries.values()]).toMatchObject([
    { outcome: 'feed', reason: expect.stringContaining(reason) },
  ]);
  expect(site.count('/a?utm_source=rss')).toBe(before);
});

it('obeys the robots.txt of the site that a link redirects to', async () => {
  const target = await startSite({
    '/robots.txt': 'User-agent: *\nDisallow: /',
    '/a': articlePage('a', 'a'),
  });
  const fetch = fetcherFor(['127.0.0.1']);
  const findRefusal = createSiteRules({ fetch, gate: openGate(), clock }, { userAgent: 'ThirdUmpire/test' });
  const { poll, sink, site } = await engine({}, { fetch, findRefusal });
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']));
  site.routes['/a?utm_source=rss'] = { status: 302, headers: { location: `${target.url}/a` } };

  await poll();

  expect(site.count('/a?utm_source=rss')).toBe(1);
  expect(target.count('/a')).toBe(0);
  expect([...sink.articles.values()]).toMatchObject([{ origin: 'feed' }]);
});

it('tries a page again that failed for a passing reason, three times in all', async () => {
  const { poll, sink, site, memory } = await engine();
  site.routes['/feed'] = { headers: { etag: '"1"' }, body: rssOf(itemsOf(site, ['a'])) };
  site.routes['/a?utm_source=rss'] = { status: 500 };

  const reports = [await poll(), await poll(), await poll(), await poll()];

  expect(reports.map(({ waiting }) => waiting)).toEqual([1, 1, 0, 0]);
  expect(site.count('/a?utm_source=rss')).toBe(3);
  expect(reports[3]).toMatchObject({ isUnchanged: true });
  expect([...sink.articles.values()]).toMatchObject([{ origin: 'feed' }]);
  expect([...memory.entries.values()]).toMatchObject([{ outcome: 'feed' }]);
});

it('takes the page up as soon as it answers', async () => {
  const { poll, sink, site } = await engine();
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']));
  site.routes['/a?utm_source=rss'] = { status: 503 };
  await poll();
  site.routes['/a?utm_source=rss'] = articlePage(
    'Report a',
    'The covers came off at noon and play began at once.',
  );

  expect(await poll()).toMatchObject({ changed: 1, waiting: 0 });
  expect([...sink.articles.values()]).toMatchObject([{ origin: 'page' }]);
});

it.each<[string, Answer, string]>([
  ['a 404', { status: 404 }, 'answered 404 (no such page; check the address)'],
  ['a page', articlePage('Cricket', 'x'), 'this is a web page, not a feed'],
  ['nothing', '', 'the feed is empty'],
  ['broken XML', '<rss><channel><title>x</rss>', "the feed's XML is broken"],
  ['a nested bomb', `<rss>${'<a>'.repeat(50_000)}`, 'more than 256 deep'],
  ['too much', `<rss>${' '.repeat(300_000)}`, 'is larger than 0.2 MB'],
  ['silence', () => {}, 'did not answer in time'],
])('tells in one line that a feed answered with %s', async (_, answer, words) => {
  const { feed, memory, poll } = await engine({ '/feed': answer });

  const report = await poll();

  expect(report.error).toContain(words);
  expect(report.error).toContain(feed.url);
  expect(report.error).not.toContain('\n');
  expect(memory.feeds.get(feed.url)).toMatchObject({ failures: 1, lastError: report.error });
});

it('goes on when one entry cannot be stored, and sees it again next time', async () => {
  const inner = sinkOf();
  let isFull = true;
  const sink = {
    put: async (article: Parameters<typeof inner.put>[0]) => {
      if (isFull && article.title === 'Report b') {
        throw new Error('constraint failed');
      }
      return inner.put(article);
    },
  };
  const { poll, site } = await engine({}, { sink });
  site.routes['/feed'] = { headers: { etag: '"1"' }, body: rssOf(itemsOf(site, ['a', 'b', 'c'])) };

  expect(await poll()).toMatchObject({ new: 2, failed: 1 });
  isFull = false;
  expect(await poll()).toMatchObject({ new: 1, same: 2, failed: 0 });
});

it('ends with a full disk', async () => {
  const sink = { put: () => Promise.reject(new BotError('disk_full', 'the disk is full')) };
  const { poll, site } = await engine({}, { sink });
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']));

  await expect(poll()).rejects.toMatchObject({ code: 'disk_full' });
});

it('follows a feed that has moved for good, and says so', async () => {
  const { feed, memory, notices, poll, site } = await engine();
  site.routes['/feed'] = { status: 301, headers: { location: '/new' } };
  site.routes['/new'] = rssOf(itemsOf(site, ['a']));

  await poll();
  await poll();

  expect(memory.feeds.get(feed.url)?.movedTo).toBe(`${site.url}/new`);
  expect(site.count('/feed')).toBe(1);
  expect(notices).toEqual(['feed_moved']);
});

it('stops asking a feed that is gone', async () => {
  const { notices, poll, site } = await engine({ '/feed': { status: 410 } });

  await poll();
  const report = await poll();

  expect(report.error).toContain('gone for good');
  expect(site.count('/feed')).toBe(1);
  expect(notices).toEqual(['feed_retired']);
});

it('leaves a feed alone as long as its server asks', async () => {
  const { poll, site } = await engine({ '/feed': { status: 429, headers: { 'retry-after': '3600' } } });

  await poll();

  expect((await poll()).error).toContain('left alone until 2023-12-19 16:00 UTC');
  expect(site.count('/feed')).toBe(1);
});

it.each([
  ['without a zone as UTC', 'Tue, 19 Dec 2023 10:00:00', '2023-12-19T10:00:00.000Z'],
  ['ahead of the clock', 'Fri, 19 Dec 2053 10:00:00 GMT', NOW.toISOString()],
  ['that is none', 'soon', NOW.toISOString()],
  ['that is empty', '', NOW.toISOString()],
])('dates an article by a time %s', async (_, pubDate, publishedAt) => {
  const { poll, sink, site } = await engine();
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']).map((item) => ({ ...item, pubDate })));

  await poll({ pages: 'feed-only' });

  expect([...sink.articles.values()]).toMatchObject([{ publishedAt }]);
});

it('dates an article by its page where its feed is ahead of the clock', async () => {
  const { poll, sink, site } = await engine();
  const ahead = { pubDate: 'Fri, 19 Dec 2053 10:00:00 GMT' };
  const time = '<meta property="article:published_time" content="2023-12-18T08:00:00Z">';
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']).map((item) => ({ ...item, ...ahead })));
  site.routes['/a?utm_source=rss'] = articlePage('Report a', SUMMARY, time);

  await poll();

  expect([...sink.articles.values()]).toMatchObject([
    { origin: 'page', publishedAt: '2023-12-18T08:00:00.000Z' },
  ]);
});

it('does not bring back what was taken down', async () => {
  const { poll, sink, site } = await engine({}, { isTakenDown: async (url) => url.endsWith('/a') });
  site.routes['/feed'] = rssOf(itemsOf(site, ['a', 'b']));

  expect(await poll({ pages: 'feed-only' })).toMatchObject({ new: 1, skipped: 1 });
  expect([...sink.articles.values()].map(({ title }) => title)).toEqual(['Report b']);
});

it('takes nothing from a page that is no page', async () => {
  const { poll, sink, site } = await engine();
  site.routes['/feed'] = rssOf(itemsOf(site, ['a']));
  site.routes['/a?utm_source=rss'] = { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7' };

  await poll();

  expect([...sink.articles.values()]).toMatchObject([{ origin: 'feed' }]);
});
