// Several processes that follow the same feeds on one store.
import { expect, it } from 'vitest';
import { articlePage, rssOf } from './helpers/feed-documents.js';
import { startSite, type TestSite } from './helpers/feed-server.js';
import { aNewsDesk } from './helpers/news-desk.js';
import { until } from './helpers/processes.js';
import { inStore, sharedStores } from './helpers/store-place.js';

const TEXT = 'England were bowled out for 172 before tea on the second day of the match.';
const never = new AbortController().signal;

async function threeDesks(site: TestSite) {
  const { place, stores } = await sharedStores(3);
  const desks = await Promise.all(
    stores.map((store, i) => aNewsDesk(site, { store, owner: `machine-${i} 1 replica` })),
  );
  const pass = (hours: number) => {
    for (const desk of desks) {
      desk.pass(hours);
    }
  };
  return { place, desks, pass };
}

const feedOf = (site: TestSite, ...names: string[]) =>
  rssOf(names.map((name) => ({ title: name, link: `${site.url}/${name}`, description: `${TEXT} ${name}` })));

it('polls each feed once, whoever finds it due, and not again within its gap', async () => {
  const site = await startSite();
  const paths = Array.from({ length: 8 }, (_, i) => `/feed-${i}`);
  for (const path of paths) {
    site.routes[path] = feedOf(site, `${path.slice(1)}-a`);
  }
  const { desks, pass } = await threeDesks(site);
  await desks[0]?.feeds.add(
    paths.map((path) => ({ url: `${site.url}${path}`, pages: 'feed-only' as const, saysPages: true })),
  );
  const round = () => Promise.all(desks.map((desk) => desk.doWhatIsDue()));
  const asked = () => paths.map((path) => site.count(path));

  await round();
  await round();
  expect(asked()).toEqual(paths.map(() => 1));
  pass(24);
  await round();
  expect(asked()).toEqual(paths.map(() => 2));
});

it('leaves a feed alone for its gap when the process that asked it died', async () => {
  const site = await startSite();
  const url = `${site.url}/feed`;
  // It is asked, and never answers before the process is gone.
  site.routes['/feed'] = () => {};
  const { desks, pass, place } = await threeDesks(site);
  const [dying, next] = desks;
  await dying?.feeds.add([{ url, pages: 'feed-only', saysPages: true }]);
  const [due] = (await dying?.jobs.due()) ?? [];
  const stop = new AbortController();
  const dead = due?.run(stop.signal).catch(() => {});
  await until('the feed is asked', () => site.count('/feed') === 1);
  await inStore(
    place,
    `update claims set owner = 'elsewhere 1 dead', expires_at = '2000-01-01' returning owner`,
  );
  site.routes['/feed'] = feedOf(site, 'a');

  expect(await next?.doWhatIsDue()).toEqual([]);
  expect(await next?.healthOf(url)).toMatchObject({
    condition: 'new',
    nextPollAt: '2023-12-19T15:05:00.000Z',
  });
  pass(1);
  expect(await next?.doWhatIsDue()).toMatchObject([{ feed: { new: 1, isFirst: true } }]);
  stop.abort(new Error('stopped'));
  await dead;
});

it('writes nothing of what a process read that slept until its feed was taken over', async () => {
  const site = await startSite();
  const url = `${site.url}/feed`;
  let wakeUp = () => {};
  site.routes['/feed'] = feedOf(site, 'a');
  site.routes['/robots.txt'] = '';
  site.routes['/a'] = (_, response) => {
    wakeUp = () =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(articlePage('Report a', TEXT));
  };
  const { desks, place } = await threeDesks(site);
  const [sleeper, next] = desks;
  await sleeper?.feeds.add([{ url, pages: 'follow', saysPages: true }]);
  const [due] = (await sleeper?.jobs.due()) ?? [];

  const work = due?.run(never);
  await until('its page is asked', () => site.count('/a') === 1);
  const before = await sleeper?.store.feeds.feed(url);
  await inStore(place, `update claims set owner = 'elsewhere 1 awake' returning owner`);
  wakeUp();

  expect(await work).toBeUndefined();
  expect(await next?.store.articles.count()).toBe(0);
  expect(await inStore(place, 'select * from entries')).toEqual([]);
  expect(await next?.store.feeds.feed(url)).toEqual(before);
  expect(await inStore(place, 'select owner from claims')).toEqual([{ owner: 'elsewhere 1 awake' }]);
});
