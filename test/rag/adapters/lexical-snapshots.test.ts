import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '#src/log.js';
import { lexicalVersion, openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { createLexicalSnapshots } from '#src/rag/adapters/lexical-snapshots.js';
import { aChunk } from '../../helpers/builders.js';
import { until } from '../../helpers/processes.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const STORE = 'store-1';

/** A replica with an index of its own, and the lines that it said. */
async function aReplica(folder: string, options: { store?: string; version?: number } = {}) {
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const index = await openLexicalIndex(file);
  onTestFinished(() => index.close());
  const lines: string[] = [];
  const log = {
    ...createLog('silent'),
    warn: ({ file: about, why }: { file: string; why: string }, line: string) =>
      void lines.push(`${path.basename(about).replace(/-\w{8}/, '')}: ${line}: ${why}`),
  };
  const snapshots = createLexicalSnapshots(
    { log: log as never },
    { folder, file, store: STORE, version: lexicalVersion(''), ...options },
  );
  const fill = (revision: number) =>
    index.apply({
      puts: [aChunk({ id: `c${revision}`, text: `Quill made ${revision}.` })],
      drops: [],
      revision,
    });
  return { index, snapshots, lines, fill };
}

const filesIn = (folder: string) => readdirSync(path.join(folder, STORE)).sort();
const LEFT = 'a snapshot of the lexical index is left aside';

it('gives an empty replica what another one has', async () => {
  const folder = tempFolder();
  const one = await aReplica(folder);
  const two = await aReplica(folder);
  expect([await two.snapshots.newest(), await two.snapshots.fetch(9)]).toEqual([0, undefined]);
  await one.fill(7);

  await one.snapshots.take();
  expect(await two.snapshots.newest()).toBe(7);
  await two.index.adopt((await two.snapshots.fetch(9)) ?? '');

  expect([await two.index.revision(), (await two.index.match(['quill'], 9)).map(({ id }) => id)]).toEqual([
    7,
    ['c7'],
  ]);
  await two.fill(8);
  expect(await two.index.count()).toBe(2);
  expect(await one.index.count()).toBe(1);
});

it('keeps the newest two, and clears up what a writer that was killed left', async () => {
  const folder = tempFolder();
  const one = await aReplica(folder);
  for (const revision of [1, 2, 3]) {
    await one.fill(revision);
    await one.snapshots.take();
  }
  const whole = filesIn(folder);
  expect(whole).toHaveLength(4);
  // Killed while it copied, before its manifest was in place, and while an old one was removed.
  for (const name of [
    'lexical-00000001.sqlite',
    'lexical-00000001.sqlite-journal',
    'lexical-00000002.partial',
  ]) {
    writeFileSync(path.join(folder, STORE, name), 'half');
  }

  expect(await (await aReplica(folder)).snapshots.newest()).toBe(3);
  await one.fill(4);
  await one.snapshots.take();

  expect(filesIn(folder)).toHaveLength(4);
  expect(filesIn(folder).filter((name) => /0000000/.test(name))).toEqual([]);
  expect(one.lines).toEqual([]);
});

it.each([
  [
    'cut short',
    (folder: string, name: string) => truncateSync(path.join(folder, `${name}.sqlite`), 100),
    'it is damaged',
  ],
  [
    'changed in its middle',
    (folder: string, name: string) => {
      const file = path.join(folder, `${name}.sqlite`);
      const bytes = readFileSync(file);
      bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
      writeFileSync(file, bytes);
    },
    'it is damaged',
  ],
])('leaves one aside that was %s, and takes the one before', async (_, harm, why) => {
  const folder = tempFolder();
  const one = await aReplica(folder);
  await one.fill(1);
  await one.snapshots.take();
  const before = filesIn(folder);
  await one.fill(2);
  await one.snapshots.take();
  const newest = filesIn(folder).find((name) => !before.includes(name) && name.endsWith('.json')) ?? '';
  harm(path.join(folder, STORE), newest.replace('.json', ''));
  const two = await aReplica(folder);

  await two.index.adopt((await two.snapshots.fetch(9)) ?? '');

  expect(await two.index.revision()).toBe(1);
  expect(two.lines).toEqual([`lexical.sqlite: ${LEFT}: ${why}`]);
});

it('leaves aside, each with a line, what is of another version, of another store, newer than the store or unreadable', async () => {
  const folder = tempFolder();
  const one = await aReplica(folder);
  await one.fill(5);
  await one.snapshots.take();
  const [manifest = ''] = filesIn(folder);
  mkdirSync(path.join(folder, 'store-2'));
  for (const name of filesIn(folder)) {
    writeFileSync(path.join(folder, 'store-2', name), readFileSync(path.join(folder, STORE, name)));
  }
  const older = await aReplica(folder);
  const other = await aReplica(folder, { version: 1 });
  const foreign = await aReplica(folder, { store: 'store-2' });
  const broken = await aReplica(folder);

  const fetched = [
    await older.snapshots.fetch(4),
    await other.snapshots.fetch(9),
    await foreign.snapshots.fetch(9),
  ];
  writeFileSync(path.join(folder, STORE, manifest), '{');
  fetched.push(await broken.snapshots.fetch(9));

  expect(fetched).toEqual([undefined, undefined, undefined, undefined]);
  expect([older, other, foreign, broken].map(({ lines }) => lines)).toEqual([
    [`lexical.sqlite: ${LEFT}: its revision 5 is newer than the store`],
    [`lexical.sqlite: ${LEFT}: it was made by another version`],
    [`lexical.sqlite: ${LEFT}: it is of another store`],
    [`lexical.json: ${LEFT}: it cannot be read`],
  ]);
});

it('is harmed by no kill, whatever its writer was about', async () => {
  const folder = tempFolder();
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const found: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const writer = spawn(process.execPath, ['test/fixtures/snapshot-taker.mjs', file, folder]);
    onTestFinished(() => void writer.kill('SIGKILL'));
    let begun = 0;
    writer.stdout.on('data', (dots) => {
      begun += String(dots).length;
    });
    // In its first snapshot, its second, and so on.
    await until('a snapshot is begun', () => begun > round);
    writer.kill('SIGKILL');
    await once(writer, 'exit');

    const { index, lines, snapshots } = await aReplica(folder);
    const copy = await snapshots.fetch(1e6);
    await (copy ? index.adopt(copy) : undefined);

    found.push(await index.revision());
    expect([await index.count(), lines]).toEqual([found.at(-1), []]);
  }
  expect(found.slice(1).every((revision, i) => revision > (found[i] ?? 0))).toBe(true);
  const last = await aReplica(folder);
  await last.index.apply({ puts: [], drops: [], revision: 1e6 });
  await last.snapshots.take();
  const names = filesIn(folder).map((name) => name.replace(/\.\w+$/, ''));
  expect(names).toEqual([...new Set(names)].flatMap((name) => [name, name]));
}, 60_000);

it('says in one line that none can be written', async () => {
  const folder = path.join(tempFolder(), 'file');
  writeFileSync(folder, '');
  const one = await aReplica(folder);

  await expect(one.snapshots.take()).rejects.toMatchObject({
    code: 'snapshot_failed',
    message: expect.stringContaining(folder),
  });
});

it('forgets them all', async () => {
  const folder = tempFolder();
  const one = await aReplica(folder);
  await one.fill(1);
  await one.snapshots.take();

  await one.snapshots.forget();

  expect([readdirSync(folder), await one.snapshots.newest()]).toEqual([[], 0]);
});

it('copies while it is searched and changed', async () => {
  const one = await aReplica(tempFolder());
  await one.fill(1);

  const taking = one.snapshots.take();
  await one.fill(2);
  await taking;

  expect([1, 2]).toContain(await one.snapshots.newest());
  expect(await one.index.count()).toBe(2);
});

it('begins empty with a file that is no index', async () => {
  const one = await aReplica(tempFolder());
  await one.fill(1);
  const file = path.join(tempFolder(), 'x');
  writeFileSync(file, 'no database at all '.repeat(1000));

  await one.index.adopt(file);

  expect([await one.index.revision(), await one.index.count()]).toEqual([0, 0]);
});
