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
    askServers: async () => [],
    questionsAtOnce: 4,
    feeds: async () => [],
    findBrowser: async () => ({ reason: 'not wanted', isWanted: false }),
    checkModel: async () => undefined,
    tryGuard: async () => undefined,
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

const aServer = (name: string, limit = 2) => ({
  ...{ name, url: `http://${name}/v1`, ms: 3 },
  model: { name: 'mixtral', contextTokens: 4096, limit },
});
const away = { name: 'gpu-9', url: 'http://gpu-9/v1', ms: 3, problem: 'nothing answers at http://gpu-9/v1' };

it.each([
  ['the only one answers', [aServer('a')], 'ok', 'mixtral, 4096 tokens, at LLM_BASE_URL'],
  ['the only one is away', [away], 'fail', 'nothing answers at http://gpu-9/v1'],
  ['all answer', [aServer('a'), aServer('b')], 'ok', '2 of 2 servers answer (a mixtral, b mixtral)'],
  ['one is away', [aServer('a'), away], 'warn', '1 of 2 servers answer (a mixtral)'],
  ['all are away', [away, { ...away, name: 'gpu-8' }], 'fail', '0 of 2 servers answer'],
])(
  'asks the servers that are named before it looks for a model file: %s',
  async (_, servers, status, fact) => {
    const found = await run('language model', { askServers: async () => servers });

    expect(found).toMatchObject({ status, fact });
    expect(status === 'ok' ? 'LLM_BASE_URL' : found?.fix).toContain('LLM_BASE_URL');
  },
);

it('says when the bot asks fewer questions at once than its servers write', async () => {
  const found = await run('language model', { askServers: async () => [aServer('a', 4), aServer('b', 4)] });

  expect(found).toMatchObject({ status: 'warn', fix: expect.stringContaining('raise it to 8') });
});
