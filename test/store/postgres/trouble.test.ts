// What goes wrong around a database that several replicas use: one clear line, nothing lost, and what can go on goes on.
import { expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { aChunk, anArticle } from '../../helpers/builders.js';
import { rssOf } from '../../helpers/feed-documents.js';
import { startSite } from '../../helpers/feed-server.js';
import { aNewsDesk } from '../../helpers/news-desk.js';
import { inStore, tempDatabase } from '../../helpers/store-place.js';

const HOUR_MS = 3_600_000;

async function anOpenStore(given?: string) {
  const url = given ?? (await tempDatabase());
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return { url, store };
}

it('says in one line that the disk is full, loses nothing, and goes on when there is room', async () => {
  const { store, url } = await anOpenStore();
  await store.articles.put(anArticle(), [aChunk()]);
  // What the server says when it cannot extend a file.
  await inStore(
    url,
    `create function full_disk() returns trigger language plpgsql as $$ begin
       raise exception 'could not extend file "base/16384/16390": No space left on device' using errcode = '53100';
     end $$`,
  );
  await inStore(url, 'create trigger full_disk before insert on chunks execute function full_disk()');
  const other = anArticle({ url: 'https://example.com/other' });
  const put = () => store.articles.put(other, [aChunk({ articleId: other.id })]);

  const error: unknown = await put().catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    code: 'disk_full',
    message: expect.stringMatching(
      /^The disk of the database test_\w+ on 127\.0\.0\.1:\d+ is full; free some space there/,
    ),
  });
  expect([await store.articles.count(), await store.chunks.countChunks()]).toEqual([1, 1]);
  await inStore(url, 'drop trigger full_disk on chunks');
  expect(await put()).toBe('new');
});

it('goes on with what a newer version made of the schema meanwhile, which an older one does not open anew', async () => {
  const { store, url } = await anOpenStore();
  await store.articles.put(anArticle(), [aChunk()]);
  // What a migration may do while older replicas run: add tables, and columns that may be left out.
  await inStore(url, 'create table later (id text primary key, at text not null)');
  await inStore(url, "alter table articles add column mood text not null default 'calm'");
  await inStore(url, 'alter table claims add column since text');
  await inStore(url, "insert into kysely_migration values ('9999-later', '2030-01-01')");

  const other = anArticle({ url: 'https://example.com/other' });
  const claim = { subject: 'https://example.com/feed', job: 'poll' };
  const time = { now: '2023-12-19T10:00:00.000Z', expiresAt: '2023-12-19T10:00:30.000Z' };
  expect(await store.articles.put(other, [aChunk({ articleId: other.id })])).toBe('new');
  expect(await store.articles.put(anArticle({ text: 'Harbour won by five wickets.' }), [])).toBe('changed');
  expect(await store.articles.find(other.id)).toMatchObject({ title: other.title });
  expect(await store.claims.take(claim, 'old 1 a', time, () => false)).toBe(true);
  expect(await store.claims.renew(claim, 'old 1 a', time.expiresAt)).toBe(true);
  await expect(openStore(url)).rejects.toMatchObject({
    code: 'store_newer',
    message: expect.stringMatching(
      /^The database test_\w+ .* was made by a newer version of Third Umpire; update the program$/,
    ),
  });
});

it.each([HOUR_MS, -HOUR_MS])(
  'keeps gaps and leases by the time of the database on a machine whose clock is %i ms off',
  async (offMs) => {
    const site = await startSite();
    site.routes['/feed'] = rssOf([
      {
        title: 'Report',
        link: `${site.url}/a`,
        description: 'England were bowled out for 172 before tea on the second day of the match.',
      },
    ]);
    const { store: right, url } = await anOpenStore();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs });
    onTestFinished(() => void vi.useRealTimers());
    const { store: wrong } = await anOpenStore(url);

    expect(Math.abs(Date.now() - offMs - wrong.clock().getTime())).toBeLessThan(5000);
    const one = await aNewsDesk(site, { store: wrong, owner: 'wrong 1 a', isOnTime: true });
    const other = await aNewsDesk(site, { store: right, owner: 'right 1 b', isOnTime: true });
    await one.feeds.add([{ url: `${site.url}/feed`, pages: 'feed-only', saysPages: true }]);
    expect(await one.doWhatIsDue()).toMatchObject([{ feed: { new: 1 } }]);
    expect(await other.doWhatIsDue()).toEqual([]);
    expect(await one.doWhatIsDue()).toEqual([]);
    const nextAt = Date.parse((await other.healthOf(`${site.url}/feed`))?.nextPollAt ?? '');
    const restMs = nextAt - right.clock().getTime();
    expect(restMs).toBeGreaterThan(4 * 60_000);
    expect(restMs).toBeLessThan(24 * HOUR_MS);
    expect(site.count('/feed')).toBe(1);
  },
);
