// A store moves from its file into a database: whole, whenever it is killed, and never over another one.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { type CopiedStore, copyStore } from '#src/store/copy/copy-store.js';
import { openStore, type Store } from '#src/store/open-store.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { aChunk, anArticle } from '../../helpers/builders.js';
import { inStore, tempDatabase } from '../../helpers/store-place.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

/** Some of everything, and more chunks than are copied at once. */
function aFilledFolder(articles = 30, chunksEach = 40): string {
  const folder = tempFolder();
  execFileSync(process.execPath, [fixture('fill-store.mjs'), folder, String(articles), String(chunksEach)]);
  writeFileSync(path.join(folder, 'secret'), `own-${SECRET}\n`);
  return folder;
}

/** Copies in a process of its own; killed at the line `killAt` that it prints. */
async function copied(folder: string, url: string, killAt = Number.POSITIVE_INFINITY) {
  const child = spawn(process.execPath, [fixture('copy-store.mjs'), folder, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: { name?: string; done?: number; copied?: CopiedStore }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line));
    if (lines.length >= killAt) {
      child.kill('SIGKILL');
    }
  });
  await once(child, 'close');
  return { steps: lines, signal: child.signalCode, tables: lines.at(-1)?.copied?.tables };
}

async function opened(place: string): Promise<Store> {
  const store = await openStore(place);
  onTestFinished(() => store.close());
  return store;
}

it('copies every row, goes on from there with the next revision, and with the secret of the folder', async () => {
  const folder = aFilledFolder();
  const url = await tempDatabase();
  const { tables = [] } = await copied(folder, url);

  const [from, to] = [await opened(folder), await opened(url)];
  const rows = Object.fromEntries(tables.map((table) => [table.name, table.rows]));
  expect(rows).toMatchObject({ articles: 30, chunks: 1200, vectors: 1170, article_revisions: 30, asked: 1 });
  expect(await to.chunks.changesAfter(0, 5000)).toEqual(await from.chunks.changesAfter(0, 5000));
  const [article] = (await inStore<{ id: string }>(url, 'select id from articles limit 1')) as [
    { id: string },
  ];
  expect(await to.articles.find(article.id)).toEqual(await from.articles.find(article.id));
  const vectors = (store: Store) => store.vectors.vectors('m', [`${article.id}:3`]);
  expect(await vectors(to)).toEqual(await vectors(from));
  const before = await to.chunks.latestRevision();
  await to.articles.put(anArticle({ url: 'https://ex.example/later' }), [aChunk({ id: 'later:0' })]);
  expect(await to.chunks.latestRevision()).toBe(before + 1);
  expect(await to.sharedSecret?.(`another-${SECRET}`)).toBe(`own-${SECRET}`);
});

it('is the same in the end, killed wherever it is, and is not taken for a store meanwhile', {
  timeout: 60_000,
}, async () => {
  const folder = aFilledFolder();
  const url = await tempDatabase();
  for (const killAt of [1, 2, 3, 4]) {
    const { signal } = await copied(folder, url, killAt);
    expect(signal).toBe('SIGKILL');
    await expect(openStore(url)).rejects.toMatchObject({ code: 'store_half_copied' });
  }
  const { steps, tables } = await copied(folder, url);

  // What was there was not copied again.
  expect(steps.filter(({ name }) => name === 'articles')).toEqual([]);
  const whole = await copied(folder, await tempDatabase());
  expect(tables).toEqual(whole.tables);
  expect(tables?.length).toBeGreaterThan(20);
  expect((await opened(url)).file).toMatch(/^database test_/);
});

it('copies anew what was changed in the file between two runs', async () => {
  const folder = aFilledFolder(4, 3);
  const url = await tempDatabase();
  expect((await copied(folder, url, 4)).signal).toBe('SIGKILL');
  execFileSync(process.execPath, [fixture('fill-store.mjs'), folder, '4', '3', 'Corrected']);

  await copied(folder, url);

  expect(await inStore(url, 'select title from articles order by id limit 1')).toEqual([
    { title: 'Corrected' },
  ]);
  await opened(url);
});

it('leaves a database alone that holds a store, or a part of another one, and a file that is in use', async () => {
  const folder = aFilledFolder(1, 1);
  const url = await tempDatabase();
  const store = await opened(url);
  await store.articles.put(anArticle(), [aChunk()]);
  const copy = (dataDir: string, to: string) => copyStore({ dataDir, url: to, onProgress: () => {} });

  await expect(copy(folder, url)).rejects.toMatchObject({ code: 'store_not_empty' });
  expect(await store.articles.count()).toBe(1);
  const half = await tempDatabase();
  await inStore(half, "insert into settings values ('copying', 'elsewhere:/data/store.sqlite')");
  await expect(copy(aFilledFolder(1, 1), half)).rejects.toMatchObject({
    code: 'store_not_empty',
    message: expect.stringContaining('elsewhere'),
  });
  const used = aFilledFolder(1, 1);
  const bot = await openStore(used);
  await expect(copy(used, half)).rejects.toMatchObject({ code: 'store_busy' });
  await bot.close();
  await expect(copy(tempFolder(), half)).rejects.toMatchObject({ code: 'store_missing' });
});
