import { chmodSync, copyFileSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { tempFolder } from '../helpers/temp-folder.js';

/** A folder with a store of some hundred pages, closed. */
async function aClosedStore() {
  const folder = tempFolder();
  const store = await openStore(folder);
  for (let i = 0; i < 60; i += 1) {
    const article = anArticle({ url: `https://example.com/${i}`, text: 'word '.repeat(400) });
    await store.articles.put(article, [aChunk({ articleId: article.id, text: article.text })]);
  }
  await store.close();
  return { folder, file: store.file };
}

it('makes the folder and finds everything again after closing', async () => {
  const folder = path.join(tempFolder(), 'deep', 'er');
  const first = await openStore(folder);
  await first.articles.put(anArticle(), [aChunk()]);
  await first.close();

  const second = await openStore(folder);

  expect(second.file).toBe(path.join(folder, 'store.sqlite'));
  expect([await second.articles.count(), await second.chunks.countChunks()]).toEqual([1, 1]);
  await second.close();
});

it('holds everything in one file once it is closed', async () => {
  const { file } = await aClosedStore();
  const copy = `${file}.copy`;
  copyFileSync(file, copy);

  const database = new DatabaseSync(copy, { readOnly: true });
  onTestFinished(() => database.close());

  expect(database.prepare('select count(*) as n from articles').get()).toEqual({ n: 60 });
});

it('refuses a file with a damaged page in one line that says the way out', async () => {
  const { file, folder } = await aClosedStore();
  const pages = Math.floor(statSync(file).size / 4096);
  const descriptor = openSync(file, 'r+');
  for (let page = 20; page < Math.min(pages, 60); page += 1) {
    writeSync(descriptor, Buffer.alloc(200, 0xff), 0, 200, page * 4096);
  }

  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'store_damaged',
    message: expect.stringMatching(/^.*store\.sqlite is damaged \(.+\); move it away and run .+$/),
  });
});

it('refuses a file that is no database, and leaves it as it is', async () => {
  const folder = tempFolder();
  const file = path.join(folder, 'store.sqlite');
  writeFileSync(file, 'Dear diary, '.repeat(1000));

  await expect(openStore(folder)).rejects.toMatchObject({ code: 'store_damaged' });

  expect(readFileSync(file, 'utf8')).toBe('Dear diary, '.repeat(1000));
});

it('refuses a store of a newer version', async () => {
  const { file, folder } = await aClosedStore();
  const database = new DatabaseSync(file);
  database.exec("insert into kysely_migration values ('9999-later', '2030-01-01')");
  database.close();

  await expect(openStore(folder)).rejects.toMatchObject({
    code: 'store_newer',
    message: expect.stringContaining('update the program'),
  });
});

it('takes up a migration that landed after one with a higher number', async () => {
  const { file, folder } = await aClosedStore();
  const database = new DatabaseSync(file);
  database.exec(
    "drop index articles_by_publisher; delete from kysely_migration where name = '0002-publishers'",
  );
  database.close();

  const store = await openStore(folder);

  expect(await store.articles.count()).toBe(60);
  await store.close();
});

it('says when the folder cannot be made', async () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'file'), '');

  await expect(openStore(path.join(folder, 'file', 'data'))).rejects.toMatchObject({
    code: 'data_dir_unusable',
    message: expect.stringContaining('choose another --data-dir'),
  });
});

it('says when the file is a folder', async () => {
  const folder = path.join(tempFolder(), 'store.sqlite');
  const store = await openStore(folder);
  await store.close();

  await expect(openStore(path.dirname(folder))).rejects.toMatchObject({ code: 'store_unusable' });
});

// Root may write everywhere.
it.skipIf(process.getuid?.() === 0)('says when the file may not be written', async () => {
  const { file, folder } = await aClosedStore();
  chmodSync(file, 0o400);
  chmodSync(folder, 0o500);

  await expect(openStore(folder)).rejects.toMatchObject({ code: 'store_unusable' });
  chmodSync(folder, 0o700);
});
