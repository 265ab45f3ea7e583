import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Feed } from '#src/domain.js';
import { createChecks } from '#src/ops/checks.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'checks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const feed = (url: string): Feed => ({ url, pages: 'follow' });

/** What the feeds' check finds when the addresses in `dead` refuse. */
async function checkFeeds(feeds: Feed[], dead: string[]) {
  const checks = createChecks({
    dataDir: folder,
    openApp: async () => {
      throw new Error('not needed here');
    },
    feeds: async () => feeds,
    findBrowser: async () => ({ reason: 'not wanted', isWanted: false }),
    checkModel: async () => undefined,
    async fetchFeed(url) {
      if (dead.includes(url)) {
        throw new Error(`${url} refused`);
      }
    },
  });
  return checks.find(({ name }) => name === 'feeds')?.run(AbortSignal.timeout(1000));
}

it('names the way out when no feed answers at all', async () => {
  const found = await checkFeeds(
    [feed('https://a.example/'), feed('https://b.example/')],
    ['https://a.example/', 'https://b.example/'],
  );

  expect(found).toMatchObject({ status: 'fail', fact: '0 of 2 answer' });
  expect(found?.fix).toMatch(/internet.*HTTPS_PROXY.*https:\/\/a\.example\/ refused/);
});

it('only warns when some feeds are dead, and says which', async () => {
  const found = await checkFeeds(
    [feed('https://a.example/'), feed('https://b.example/')],
    ['https://b.example/'],
  );

  expect(found).toMatchObject({ status: 'warn', fact: '1 of 2 answer' });
  expect(found?.fix).toContain('https://b.example/ refused');
});

it('says how to follow a feed when none is followed', async () => {
  expect(await checkFeeds([], [])).toMatchObject({
    status: 'warn',
    fix: 'run: third-umpire feeds add URL',
  });
});
