// Killed with -9 at any moment and run again: the same rows as a run that nobody disturbed.
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { serveFeed } from '../helpers/feed-site.js';
import { runCli, startCli } from '../helpers/run-cli.js';
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
  const clean = tempFolder();
  const killed = tempFolder();
  expect((await runCli(ingest(clean))).code).toBe(0);

  for (const page of [1, 5, 9, 16, ARTICLES]) {
    const child = startCli(ingest(killed));
    // The n-th page asked for is the moment of the kill; later runs ask for fewer, so they end by themselves.
    site.onPage(page, () => child.kill('SIGKILL'));
    await new Promise((resolve) => child.once('close', resolve));
  }
  expect((await runCli(ingest(killed))).code).toBe(0);

  expect(rowsOf(killed)).toEqual(rowsOf(clean));
  expect(rowsOf(killed).articles).toHaveLength(ARTICLES);
});

function rowsOf(folder: string) {
  const store = new DatabaseSync(path.join(folder, 'store.sqlite'), { readOnly: true });
  const lexical = new DatabaseSync(path.join(folder, 'lexical.sqlite'), { readOnly: true });
  try {
    return {
      articles: store.prepare('select * from articles order by id').all(),
      chunks: store.prepare('select id, header, text from chunks where deleted = 0 order by id').all(),
      entries: store.prepare('select * from entries order by canonical_url').all(),
      indexed: lexical.prepare('select id from chunk order by id').all(),
    };
  } finally {
    store.close();
    lexical.close();
  }
}
