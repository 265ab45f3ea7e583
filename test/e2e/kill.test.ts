// Killed with -9 at any moment and run again: the same rows as a run that nobody disturbed.
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { serveFeed } from '../helpers/feed-site.js';
import { runCli, startCli } from '../helpers/run-cli.js';
import { inStore, isOnPostgres, storePlace } from '../helpers/store-place.js';
import { tempFolder } from '../helpers/temp-folder.js';

const ARTICLES = 24;

it('stores every article once with the chunks of a clean run, whenever it is killed', {
  timeout: 90_000,
}, async () => {
  const site = await serveFeed(ARTICLES);
  const options = ['--allow-host', '127.0.0.1', '--embedding-model', 'none', '--now', '2023-12-19T15:00:00Z'];
  const ingest = (folder: string) => [
    'ingest',
    '--feed',
    `${site.url}/feed.xml`,
    '--data-dir',
    folder,
    ...options,
  ];
  const clean = await aPlace();
  const killed = await aPlace();
  expect((await runCli(ingest(clean.folder), '', clean.environment)).code).toBe(0);

  for (const page of [1, 5, 9, 16, ARTICLES]) {
    const child = startCli(ingest(killed.folder), killed.environment);
    // The n-th page asked for is the moment of the kill; later runs ask for fewer, so they end by themselves.
    site.onPage(page, () => child.kill('SIGKILL'));
    await new Promise((resolve) => child.once('close', resolve));
  }
  expect((await runCli(ingest(killed.folder), '', killed.environment)).code).toBe(0);

  const rows = await rowsOf(killed);
  expect(rows).toEqual(await rowsOf(clean));
  expect(rows.articles).toHaveLength(ARTICLES);
});

interface Place {
  folder: string;
  store: string;
  environment: NodeJS.ProcessEnv;
}

/** The folder of a process, and its store, which is there or in a database. */
async function aPlace(): Promise<Place> {
  const store = await storePlace();
  return isOnPostgres
    ? { folder: tempFolder(), store, environment: { DATABASE_URL: store } }
    : { folder: store, store, environment: {} };
}

async function rowsOf({ folder, store }: Place) {
  const lexical = new DatabaseSync(path.join(folder, 'lexical.sqlite'), { readOnly: true });
  try {
    return {
      articles: await inStore(store, 'select * from articles order by id'),
      chunks: await inStore(store, 'select id, header, text from chunks where deleted = 0 order by id'),
      entries: await inStore(store, 'select * from entries order by canonical_url, feed_url'),
      indexed: lexical.prepare('select id from chunk order by id').all(),
    };
  } finally {
    lexical.close();
  }
}
