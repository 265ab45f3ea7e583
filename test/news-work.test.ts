// The life of feeds and articles over days: what the jobs find due, what the operator hears, what is shown.
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { articlePage, rssOf } from './helpers/feed-documents.js';
import { startSite } from './helpers/feed-server.js';
import { aNewsDesk } from './helpers/news-desk.js';
import { inStore, storePlace } from './helpers/store-place.js';

const TEXT = 'England were bowled out for 172 before tea on the second day of the match.';
const LEAD = 'Play ended early in fading light at the ground.';
const never = new AbortController().signal;
const work = { signal: never, onProgress: () => {} };

async function aFollowedFeed(options: { retentionDays?: number } = {}) {
  const site = await startSite();
  const desk = await aNewsDesk(site, options);
  const url = `${site.url}/feed`;
  await desk.feeds.add([{ url, pages: 'follow', saysPages: false }]);
  const items = (...names: string[]) =>
    names.map((name) => ({
      title: `Report ${name}`,
      link: `${site.url}/${name}`,
      description: `${TEXT} ${name}`,
    }));
  return { ...desk, site, url, items };
}

it('polls and reports a feed once that is given twice', async () => {
  const { items, site, url, work: newsWork } = await aFollowedFeed();
  site.routes['/feed'] = rssOf(items('a'));
  const feed = { url, pages: 'feed-only' as const };

  expect(await newsWork.ingestFeeds([feed, feed], work)).toMatchObject([{ feedUrl: url, new: 1 }]);
  expect(site.count('/feed')).toBe(1);
});

it('polls a feed when it is due, and not before', async () => {
  const { doWhatIsDue, healthOf, items, pass, site, url } = await aFollowedFeed();
  site.routes['/feed'] = rssOf(items('a'));

  expect((await healthOf(url))?.condition).toBe('new');
  expect(await doWhatIsDue()).toMatchObject([{ kind: 'feed', feed: { new: 1, isFirst: true } }]);
  expect(await doWhatIsDue()).toEqual([]);
  pass(24);
  expect(await doWhatIsDue()).toMatchObject([{ kind: 'feed', feed: { new: 0 } }]);
  expect(await healthOf(url)).toMatchObject({
    condition: 'ok',
    title: 'Example Cricket',
    newestEntryAt: '2023-12-19T10:00:00.000Z',
    lastSuccessAt: '2023-12-20T15:00:00.000Z',
  });
});

it('marks a feed that fails for days, tells the operator once, and takes it up again by itself', async () => {
  const { doWhatIsDue, healthOf, items, notices, pass, site, url } = await aFollowedFeed();
  site.routes['/feed'] = { status: 500 };

  for (let hour = 0; hour <= 72; hour += 1) {
    await doWhatIsDue();
    pass(1);
  }
  const failing = await healthOf(url);
  site.routes['/feed'] = rssOf(items('a'));
  pass(24);
  await doWhatIsDue();

  expect(failing).toMatchObject({
    condition: 'failing',
    isMarked: true,
    failingSince: '2023-12-19T15:00:00.000Z',
  });
  expect(failing?.error).toContain('answered 500');
  expect(site.count('/feed')).toBeLessThan(14);
  expect(notices).toEqual(['feed_failing', 'feed_recovered']);
  expect(await healthOf(url)).toMatchObject({ condition: 'ok', isMarked: false, failures: 0 });
});

it('retires a feed that is gone for good until it is added again', async () => {
  const { doWhatIsDue, feeds, healthOf, items, notices, pass, site, url } = await aFollowedFeed();
  site.routes['/feed'] = { status: 410 };
  await doWhatIsDue();
  pass(240);
  await doWhatIsDue();

  expect(site.count('/feed')).toBe(1);
  expect(notices).toEqual(['feed_retired']);
  expect(await healthOf(url)).toMatchObject({ condition: 'gone', nextPollAt: undefined });
  expect((await healthOf(url))?.error).toContain(`third-umpire feeds add ${url}`);

  site.routes['/feed'] = rssOf(items('a'));
  await feeds.add([{ url, pages: 'follow', saysPages: false }]);
  await doWhatIsDue();
  expect(await healthOf(url)).toMatchObject({ condition: 'ok', error: undefined });
});

it('polls a feed that moved for good at its new address, and shows where', async () => {
  const { doWhatIsDue, feeds, healthOf, items, notices, pass, site, url } = await aFollowedFeed();
  site.routes['/feed'] = { status: 308, headers: { location: '/new' } };
  site.routes['/new'] = rssOf(items('a'));
  await doWhatIsDue();
  pass(24);
  await doWhatIsDue();

  expect([site.count('/feed'), site.count('/new')]).toEqual([1, 2]);
  expect(await healthOf(url)).toMatchObject({ condition: 'ok', movedTo: `${site.url}/new` });
  expect(notices).toEqual(['feed_moved']);
  expect((await feeds.remove(`${site.url}/new`))?.url).toBe(url);
});

it('leaves a feed alone as long as it asks, and shows until when', async () => {
  const { doWhatIsDue, healthOf, jobs, pass, site, url } = await aFollowedFeed();
  site.routes['/feed'] = { status: 503, headers: { 'retry-after': '36000' } };
  await doWhatIsDue();
  pass(9);
  await doWhatIsDue();

  expect(site.count('/feed')).toBe(1);
  expect(await healthOf(url)).toMatchObject({ condition: 'waiting', nextPollAt: '2023-12-20T01:00:00.000Z' });
  expect((await healthOf(url))?.error).toContain('left alone until 2023-12-20 01:00 UTC');
  expect(await jobs.due()).toEqual([]);
  pass(1);
  expect(await jobs.due()).toHaveLength(1);
});

it('marks what came with a first poll as history, and what comes later as news', async () => {
  const { articles, doWhatIsDue, items, pass, site } = await aFollowedFeed();
  site.routes['/feed'] = rssOf(items('a'));
  await doWhatIsDue();
  pass(24);
  site.routes['/feed'] = rssOf(items('a', 'b'));
  await doWhatIsDue();

  expect(await articles.show(`${site.url}/a`)).toMatchObject({
    isHistory: true,
    foundAt: '2023-12-19T15:00:00.000Z',
  });
  expect(await articles.show(`${site.url}/b`)).toMatchObject({
    isHistory: false,
    foundAt: '2023-12-20T15:00:00.000Z',
  });
});

it('reads a page again while it is young, keeps what it said before, and asks conditionally', async () => {
  const { articles, doWhatIsDue, items, pass, site, store } = await aFollowedFeed();
  const asked: (string | undefined)[] = [];
  let version = 1;
  site.routes['/a'] = (request, response) => {
    const known = request.headers['if-none-match'];
    asked.push(known);
    const isKnown = known === `"${version}"`;
    response.writeHead(isKnown ? 304 : 200, { 'content-type': 'text/html', etag: `"${version}"` });
    response.end(isKnown ? '' : articlePage('Report a', `${LEAD} Version ${version} of the report.`));
  };
  site.routes['/feed'] = rssOf(
    items('a').map((item) => ({ ...item, pubDate: 'Tue, 19 Dec 2023 14:50:00 GMT' })),
  );
  const chunksBefore = async () =>
    (await store.chunks.changesAfter(0, 100))?.puts.map(({ text }) => text).join(' ');
  await doWhatIsDue();
  version = 2;
  pass(0.6);
  const [again] = (await doWhatIsDue()).filter(({ kind }) => kind === 'page');

  expect(again).toMatchObject({ kind: 'page', hasChanged: true });
  const shown = await articles.show(`${site.url}/a`);
  expect(shown?.text).toContain('Version 2');
  expect(shown?.revisions).toMatchObject([
    { ordinal: 1, title: 'Report a', replacedAt: '2023-12-19T15:36:00.000Z' },
  ]);
  expect(shown?.revisions[0]?.text).toContain('Version 1');
  expect(await chunksBefore()).toContain('Version 2');
  expect(await chunksBefore()).not.toContain('Version 1');

  for (let i = 0; i < 60; i += 1) {
    pass(0.5);
    await doWhatIsDue();
  }
  expect(asked.slice(0, 3)).toEqual([undefined, undefined, '"2"']);
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.length).toBeLessThan(12);
  expect((await articles.show(`${site.url}/a`))?.rereadAt).toBeUndefined();
});

it('leaves an article as it is when its page is refused or gone later', async () => {
  const { articles, doWhatIsDue, items, pass, site } = await aFollowedFeed();
  site.routes['/a'] = articlePage('Report a', LEAD);
  site.routes['/feed'] = rssOf(items('a'));
  await doWhatIsDue();
  site.routes['/a'] = { status: 403 };
  pass(1);
  await doWhatIsDue();

  expect(await articles.show(`${site.url}/a`)).toMatchObject({
    origin: 'page',
    rereadAt: undefined,
    revisions: [],
  });
});

it('removes what is too old, and does not fetch it again', async () => {
  const { doWhatIsDue, items, pass, site, store, work: jobs } = await aFollowedFeed({ retentionDays: 30 });
  const old = {
    title: 'Old',
    link: `${site.url}/old`,
    description: TEXT,
    pubDate: 'Sun, 01 Oct 2023 10:00:00 GMT',
  };
  site.routes['/feed'] = rssOf([...items('a'), old]);

  await doWhatIsDue();
  expect(await store.articles.count()).toBe(1);
  expect(site.count('/old')).toBe(0);
  pass(24 * 31);
  const reports = await doWhatIsDue();
  expect(reports).toContainEqual({ kind: 'retention', removed: 1 });
  expect(await store.articles.count()).toBe(0);
  expect(await store.chunks.countChunks()).toBe(0);
  expect(await jobs.expire(never)).toBe(0);
});

it('forgets once a day the hosts that nobody asks any more', async () => {
  const place = await storePlace();
  const store = await openStore(place);
  onTestFinished(() => store.close());
  const { doWhatIsDue, pass } = await aNewsDesk(await startSite(), { store });
  const old = "'2020-01-01T00:00:00.000Z'";
  const add = `insert into hosts values ('http://old', '', ${old}, ${old}, '', 0)`;
  const hosts = () => inStore(place, 'select host from hosts');

  await inStore(place, add);
  await doWhatIsDue();
  expect(await hosts()).toEqual([]);
  await inStore(place, add);
  await doWhatIsDue();
  expect(await hosts()).toHaveLength(1);
  pass(24);
  await doWhatIsDue();
  expect(await hosts()).toEqual([]);
});

it('takes articles down: not fetched by feed, redirect or hand, until they are allowed again', async () => {
  const { articles, doWhatIsDue, items, pass, site, store, work: jobs } = await aFollowedFeed();
  site.routes['/a'] = articlePage('Report a', LEAD);
  site.routes['/b'] = articlePage('Report b', 'The second match was over before lunch on the third day.');
  site.routes['/feed'] = rssOf(items('a', 'b'));
  await doWhatIsDue();
  const target = articles.target(`${site.url}/a?utm_source=x`);

  expect(await articles.countMatching(target)).toBe(1);
  expect(await articles.takeDown(target)).toBe(1);

  const before = site.requests.length;
  site.routes['/moved'] = { status: 302, headers: { location: '/a' } };
  site.routes['/feed'] = rssOf([
    ...items('a', 'b').map((item) => ({ ...item, description: `${TEXT} New.` })),
    ...items('moved'),
  ]);
  pass(24);
  expect((await doWhatIsDue())[0]).toMatchObject({ feed: { skipped: 2 } });
  const [byHand] = await jobs.ingestPages([`${site.url}/a`], work);
  expect(byHand?.error).toContain('third-umpire articles blocked');
  expect(site.requests.slice(before).filter(({ path }) => path === '/a')).toEqual([]);
  expect(await store.articles.count()).toBe(1);
  expect(await articles.blocked()).toMatchObject([{ kind: 'url', value: `${site.url}/a`, articles: 1 }]);

  expect(await articles.allow(target)).toBe(true);
  expect(await articles.allow(target)).toBe(false);
  pass(24);
  expect((await doWhatIsDue())[0]).toMatchObject({ feed: { new: 1, skipped: 0, failed: 0 } });
  expect((await articles.show(`${site.url}/a`))?.text).toContain(LEAD);
});

it('skips an entry whose page calls an address its own that was taken down', async () => {
  const { articles, doWhatIsDue, items, site, store } = await aFollowedFeed();
  await articles.takeDown({ kind: 'url', value: `${site.url}/own` });
  site.routes['/a'] = articlePage('Report a', LEAD, `<link rel="canonical" href="${site.url}/own">`);
  site.routes['/feed'] = rssOf(items('a'));

  expect(await doWhatIsDue()).toMatchObject([{ feed: { skipped: 1, failed: 0 } }]);
  expect(await store.articles.count()).toBe(0);
});

it('polls no feed on a domain that was taken down', async () => {
  const { articles, doWhatIsDue, feeds, healthOf, items, pass, site, store, url } = await aFollowedFeed();
  site.routes['/feed'] = rssOf(items('a', 'b'));
  await doWhatIsDue();
  await articles.takeDown({ kind: 'domain', value: '127.0.0.1' });
  pass(24);
  await doWhatIsDue();

  expect(await store.articles.count()).toBe(0);
  expect(site.count('/feed')).toBe(1);
  expect((await healthOf(url))?.error).toContain('was taken down here');
  await expect(feeds.discover(site.url, never)).rejects.toMatchObject({ code: 'taken_down' });
});
