// Killed with -9 at any moment and run again: the same rows as a run that nobody disturbed.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { runCli, startCli } from '../helpers/run-cli.js';
import { tempFolder } from '../helpers/temp-folder.js';

const ARTICLES = 24;

it('stores every article once with the chunks of a clean run, whenever it is killed', {
  timeout: 90_000,
}, async () => {
  const site = await startSite();
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

async function startSite(): Promise<{ url: string; onPage(n: number, run: () => void): void }> {
  let pages = 0;
  let due: { n: number; run: () => void } | undefined;
  const server: Server = createServer((request, response) => {
    const n = /^\/page\/(\d+)$/.exec(request.url ?? '')?.[1];
    if (n) {
      pages += 1;
      if (due && pages === due.n) {
        due.run();
      }
      response.setHeader('content-type', 'text/html').end(pageOf(Number(n)));
      return;
    }
    response.setHeader('content-type', 'application/rss+xml').end(feedOf(`http://${request.headers.host}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onPage(wanted, run) {
      pages = 0;
      due = { n: wanted, run };
    },
  };
}

function feedOf(base: string): string {
  const items = Array.from({ length: ARTICLES }, (_, n) => {
    return `<item><title>Report ${n}</title><link>${base}/page/${n}</link><pubDate>Mon, 18 Dec 2023 10:00:00 GMT</pubDate></item>`;
  });
  return `<rss version="2.0"><channel><title>Kill test</title>${items.join('')}</channel></rss>`;
}

function pageOf(n: number): string {
  const paragraph = (i: number) =>
    `<p>On day ${i} of match ${n} the home side made ${100 + i * n} runs before tea, and the visitors answered with a long stand for the ${i}th wicket in front of a large crowd.</p>`;
  return `<html><head><title>Report ${n}</title></head><body><article><h1>Report ${n}</h1>${Array.from({ length: 12 }, (_, i) => paragraph(i)).join('')}</article></body></html>`;
}
