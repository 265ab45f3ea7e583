// Backups of a store that is in use, and the way back.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { create } from 'tar';
import { expect, it, onTestFinished } from 'vitest';
import { backUp } from '#src/store/backup/back-up.js';
import { restore } from '#src/store/backup/restore.js';
import { MIGRATION_NAMES } from '#src/store/migrations.js';
import { openStore } from '#src/store/open-store.js';
import { aChunk, anArticle } from '../../helpers/builders.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const NOW = new Date('2026-03-01T08:00:00Z');
const common = { version: '0.1.0', known: MIGRATION_NAMES, now: NOW };

const WRITER = fileURLToPath(new URL('../../fixtures/write-articles.mjs', import.meta.url));

/** In a process of its own: the connection of an open store lives on until its statements are collected. */
function putArticles(dataDir: string, name: string, count: number): void {
  execFileSync(process.execPath, [WRITER, dataDir, '1', name, String(count)], { stdio: 'ignore' });
}

async function countArticles(dataDir: string): Promise<number> {
  const store = await openStore(dataDir);
  try {
    return await store.articles.count();
  } finally {
    await store.close();
  }
}

it.each(['backup', 'backup.tar', 'backup.tar.gz'])('brings back from %s what was backed up', async (name) => {
  const dataDir = tempFolder();
  const target = path.join(tempFolder(), name);
  putArticles(dataDir, 'a', 3);
  writeFileSync(path.join(dataDir, 'secret'), 'the secret of the first days');

  const { manifest, place } = await backUp({ dataDir, target, ...common });
  putArticles(dataDir, 'b', 2);
  writeFileSync(path.join(dataDir, 'secret'), 'another secret');
  writeFileSync(path.join(dataDir, 'lexical.sqlite'), 'an index of five articles');
  const restored = await restore({ dataDir, source: place, ...common });

  expect(place).toBe(target);
  expect(manifest).toMatchObject({ version: '0.1.0', schema: MIGRATION_NAMES, counts: { articles: 3 } });
  expect(await countArticles(dataDir)).toBe(3);
  expect(readFileSync(path.join(dataDir, 'secret'), 'utf8')).toBe('the secret of the first days');
  expect(existsSync(path.join(dataDir, 'lexical.sqlite'))).toBe(false);
  expect(restored.canUndo).toBe(true);
  const store = await openStore(dataDir);
  onTestFinished(() => store.close());
  expect(await store.digests.restoredAt()).toBe(common.now.toISOString());
});

it('keeps the present data aside as a backup, whose restoring is the undo', async () => {
  const dataDir = tempFolder();
  putArticles(dataDir, 'a', 1);
  const { place } = await backUp({ dataDir, target: path.join(tempFolder(), 'b'), ...common });
  putArticles(dataDir, 'b', 3);
  const { aside = '' } = await restore({ dataDir, source: place, ...common });

  const later = new Date(NOW.getTime() + 60_000);
  await restore({ dataDir, source: aside, ...common, now: later });

  expect(await countArticles(dataDir)).toBe(4);
});

it('copies a store that another connection is writing to', async () => {
  const dataDir = tempFolder();
  putArticles(dataDir, 'a', 2);
  const writer = new DatabaseSync(path.join(dataDir, 'store.sqlite'));
  writer.exec("begin immediate; delete from articles where id = 'a000000000000000'");

  const { manifest } = await backUp({ dataDir, target: path.join(tempFolder(), 'b'), ...common });
  writer.exec('commit');
  writer.close();

  expect(manifest.counts['articles']).toBe(2);
  expect(await countArticles(dataDir)).toBe(1);
});

it('holds no word of what was removed', async () => {
  const dataDir = tempFolder();
  const store = await openStore(dataDir);
  const article = anArticle({ text: 'A rumour called Zyzzyvathon.' });
  await store.articles.put(article, [aChunk({ articleId: article.id, text: article.text })]);
  // Without the secure delete of a takedown: the free pages keep it.
  const plain = new DatabaseSync(store.file);
  plain.exec('delete from chunks; delete from articles; pragma wal_checkpoint(truncate)');
  plain.close();
  await store.close();

  await backUp({ dataDir, target: path.join(dataDir, 'b'), ...common });

  expect(readFileSync(store.file).includes('Zyzzyvathon')).toBe(true);
  expect(readFileSync(path.join(dataDir, 'b', 'store.sqlite')).includes('Zyzzyvathon')).toBe(false);
});

it('overwrites nothing, and is readable by its owner alone', async () => {
  const dataDir = tempFolder();
  const target = path.join(tempFolder(), 'b.tgz');
  putArticles(dataDir, 'a', 1);
  await backUp({ dataDir, target, ...common });

  await expect(backUp({ dataDir, target, ...common })).rejects.toMatchObject({ code: 'backup_exists' });
  expect(statSync(target).mode & 0o077).toBe(0);
});

it('says that there is nothing to back up', async () => {
  const dataDir = tempFolder();

  await expect(backUp({ dataDir, target: path.join(dataDir, 'b'), ...common })).rejects.toMatchObject({
    code: 'store_missing',
  });
  expect(existsSync(path.join(dataDir, 'b'))).toBe(false);
});

it('refuses while somebody has the store open, and touches nothing', async () => {
  const dataDir = tempFolder();
  putArticles(dataDir, 'a', 1);
  const { place } = await backUp({ dataDir, target: path.join(tempFolder(), 'b'), ...common });
  const running = await openStore(dataDir);

  const restoring = restore({ dataDir, source: place, ...common });

  await expect(restoring).rejects.toMatchObject({ code: 'store_busy' });
  expect(await running.articles.count()).toBe(1);
  await running.close();
});

it('refuses a backup of a newer version', async () => {
  const dataDir = tempFolder();
  putArticles(dataDir, 'a', 1);
  const { place } = await backUp({ dataDir, target: path.join(tempFolder(), 'b'), ...common });

  const restoring = restore({ dataDir, source: place, ...common, known: MIGRATION_NAMES.slice(0, -1) });

  await expect(restoring).rejects.toMatchObject({ code: 'backup_newer' });
  expect(await countArticles(dataDir)).toBe(1);
});

it.each([
  ['a store that was changed', (folder: string) => appendFileSync(path.join(folder, 'store.sqlite'), 'x')],
  ['no manifest', (folder: string) => writeFileSync(path.join(folder, 'manifest.json'), '{"format":2}')],
  [
    'a manifest that names another file',
    (folder: string) => {
      const file = path.join(folder, 'manifest.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('store.sqlite', '../../etc/passwd'));
    },
  ],
])('refuses %s and leaves the present data', async (_, spoil) => {
  const dataDir = tempFolder();
  putArticles(dataDir, 'a', 1);
  const { place } = await backUp({ dataDir, target: path.join(tempFolder(), 'b'), ...common });
  putArticles(dataDir, 'b', 1);
  spoil(place);

  await expect(restore({ dataDir, source: place, ...common })).rejects.toMatchObject({
    code: 'backup_unusable',
  });
  expect(await countArticles(dataDir)).toBe(2);
});

it('unpacks of an archive only what a backup may hold', async () => {
  const dataDir = tempFolder();
  const folder = tempFolder();
  putArticles(dataDir, 'a', 1);
  const { place } = await backUp({ dataDir, target: path.join(folder, 'b'), ...common });
  writeFileSync(path.join(place, 'evil'), 'x');
  const archive = path.join(folder, 'b.tar');
  await create({ file: archive, cwd: place }, ['manifest.json', 'store.sqlite', 'evil']);

  await restore({ dataDir, source: archive, ...common });

  expect(existsSync(path.join(dataDir, 'evil'))).toBe(false);
  expect(await countArticles(dataDir)).toBe(1);
});

it('replaces a damaged store, whose log is not taken for that of the restored one', async () => {
  const dataDir = tempFolder();
  putArticles(dataDir, 'a', 2);
  const { place } = await backUp({ dataDir, target: path.join(tempFolder(), 'b'), ...common });
  writeFileSync(path.join(dataDir, 'store.sqlite'), 'Dear diary, '.repeat(500));
  writeFileSync(path.join(dataDir, 'store.sqlite-wal'), 'a log');

  const { aside = '', canUndo } = await restore({ dataDir, source: place, ...common });

  expect(canUndo).toBe(false);
  expect(readFileSync(path.join(aside, 'store.sqlite'), 'utf8')).toContain('Dear diary');
  expect(await countArticles(dataDir)).toBe(2);
});

it('ends what was being written in the console at the time', async () => {
  const dataDir = tempFolder();
  const store = await openStore(dataDir);
  const post = { questionId: 'q', thread: 't', postedAt: NOW.toISOString() };
  await store.webPosts.put({ ...post, id: 'open', state: 'writing' });
  await store.webPosts.put({ ...post, id: 'whole', state: 'done' });
  await store.close();
  const { place } = await backUp({ dataDir, target: path.join(tempFolder(), 'b'), ...common });

  const other = tempFolder();
  await restore({ dataDir: other, source: place, ...common });

  const restored = await openStore(other);
  const posts = await restored.webPosts.inThread('t', 9);
  await restored.close();
  expect(posts).toMatchObject([
    { id: 'open', state: 'failed' },
    { id: 'whole', state: 'done' },
  ]);
});

it.runIf(process.platform === 'linux')('says that a place takes no folder', async () => {
  const dataDir = tempFolder();
  putArticles(dataDir, 'a', 1);

  const making = backUp({ dataDir, target: '/proc/backup', ...common });

  await expect(making).rejects.toMatchObject({ code: 'backup_failed' });
});
