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

/** Checks over nothing; `deps` say what is there. */
function checksWith(deps: Partial<Parameters<typeof createChecks>[0]>) {
  return createChecks({
    dataDir: folder,
    openApp: async () => {
      throw new Error('not needed here');
    },
    askServer: async () => undefined,
    feeds: async () => [],
    findBrowser: async () => ({ reason: 'not wanted', isWanted: false }),
    checkModel: async () => undefined,
    fetchFeed: async () => {},
    queryGpu: async () => undefined,
    wantedGpu: 'auto',
    ...deps,
  });
}

const run = (name: string, deps: Parameters<typeof checksWith>[0]) =>
  checksWith(deps)
    .find((check) => check.name === name)
    ?.run(AbortSignal.timeout(1000));

/** What the feeds' check finds when the addresses in `dead` refuse. */
const checkFeeds = (feeds: Feed[], dead: string[]) =>
  run('feeds', {
    feeds: async () => feeds,
    async fetchFeed(url) {
      if (dead.includes(url)) {
        throw new Error(`${url} refused`);
      }
    },
  });

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

it('asks the server that is named before it looks for a model file', async () => {
  const asked = await run('language model', {
    askServer: async () => ({ name: 'mixtral', contextTokens: 4096 }),
  });

  expect(asked).toEqual({ status: 'ok', fact: 'mixtral, 4096 tokens, at LLM_BASE_URL' });
});

it('fails when the server that is named does not answer', async () => {
  const asked = await run('language model', {
    async askServer() {
      throw new Error('nothing answers at http://127.0.0.1:1');
    },
  });

  expect(asked).toMatchObject({ status: 'fail', fix: expect.stringContaining('LLM_BASE_URL') });
});
