// Several processes on one store, and one that is killed with -9 while it writes: what is there is whole.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { inStore, storePlace } from '../helpers/store-place.js';

const WRITER = fileURLToPath(new URL('../fixtures/write-articles.mjs', import.meta.url));
const CHUNKS = 40;
const ENDLESS = 1_000_000;

/** A process that stores articles; `onStored` hears how many there are so far. */
function startWriter(
  place: string,
  name: string,
  count: number,
  onStored: (stored: number) => void = () => {},
) {
  const child: ChildProcess = spawn(process.execPath, [WRITER, place, String(CHUNKS), name, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => onStored(Number(line) + 1));
  }
  return { child, ended: once(child, 'close') };
}

it.each([1, 4, 9])('keeps articles and chunks together after kill -9 at article %i', async (killAt) => {
  const place = await storePlace();
  let told = 0;
  const { child, ended } = startWriter(place, 'a', ENDLESS, (stored) => {
    told = stored;
    if (stored >= killAt) {
      // The next article is being written now.
      child.kill('SIGKILL');
    }
  });
  await ended;

  const store = await openStore(place);
  onTestFinished(() => store.close());
  const articles = await store.articles.count();

  expect(child.signalCode).toBe('SIGKILL');
  expect(articles).toBeGreaterThanOrEqual(told);
  expect(await store.chunks.countChunks()).toBe(articles * CHUNKS);
  expect(await store.chunks.latestRevision()).toBe(articles * CHUNKS);
  expect(await inStore(place, 'select article_id from marks')).toHaveLength(articles);
});

it('lets processes start and write at once: one migrates, none fails, no revision is lost or given twice', async () => {
  const place = await storePlace();
  const writers = ['a', 'b', 'c'].map((name) => startWriter(place, name, 15));

  const ends = await Promise.all(writers.map(({ ended }) => ended));

  const store = await openStore(place);
  onTestFinished(() => store.close());
  const changes = await store.chunks.changesAfter(0, ENDLESS);
  expect(ends.map(([code]) => code)).toEqual([0, 0, 0]);
  expect(changes?.puts).toHaveLength(45 * CHUNKS);
  expect(changes?.revision).toBe(45 * CHUNKS);
  expect(await store.chunks.latestRevision()).toBe(45 * CHUNKS);
});
