// A real lexical index and real snapshots over chunks that are made up.
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Chunk } from '#src/domain.js';
import { createLog } from '#src/log.js';
import { lexicalVersion, openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { createLexicalSnapshots } from '#src/rag/adapters/lexical-snapshots.js';
import { byOneself } from '#src/rag/index/follow-dense.js';
import { createWordsFollower } from '#src/rag/index/follow-words.js';
import { aChunk } from '../../helpers/builders.js';
import { tempFolder } from '../../helpers/temp-folder.js';

/** The change of a revision: the tenth one removes the chunk of the ninth, which is not told of any more. */
const changeOf = (revision: number): { put?: Chunk; drop?: string } =>
  revision % 10 === 0
    ? { drop: `c${revision - 1}` }
    : revision % 10 === 9
      ? {}
      : { put: aChunk({ id: `c${revision}`, text: `Quill made ${revision}.` }) };

/** A store with as many changes; tells what was asked of it. */
function aStore() {
  const store = { latest: 0, erased: 0, reads: [] as number[] };
  return {
    store,
    chunks: {
      latestRevision: async () => store.latest,
      erased: async () => store.erased,
      countChunks: async () => store.latest,
      async changesAfter(after: number, limit: number) {
        store.reads.push(after);
        const revisions = Array.from(
          { length: Math.min(limit, store.latest - after) },
          (_, i) => after + 1 + i,
        );
        const changes = revisions.map(changeOf);
        const puts = changes.flatMap(({ put }) => put ?? []);
        const drops = changes.flatMap(({ drop }) => drop ?? []);
        return revisions.length > 0 ? { puts, drops, revision: after + revisions.length } : undefined;
      },
    },
  };
}

async function aReplica(chunks: ReturnType<typeof aStore>['chunks'], folder: string, alone = byOneself) {
  const file = path.join(tempFolder(), 'lexical.sqlite');
  const lexical = await openLexicalIndex(file);
  onTestFinished(() => lexical.close());
  const snapshots = createLexicalSnapshots(
    { log: createLog('silent') },
    { folder, file, store: 's', version: lexicalVersion('') },
  );
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => void failures.push(error);
  const follower = createWordsFollower({ chunks, lexical, findNames: () => [], snapshots, alone, onFailure });
  return { ...follower, lexical, snapshots, failures };
}

it('starts an empty replica from a snapshot, and takes the rest from the store', async () => {
  const { chunks, store } = aStore();
  const folder = tempFolder();
  store.latest = 2500;
  const one = await aReplica(chunks, folder);
  await one.bring();
  await one.share();
  store.latest = 2700;
  store.reads = [];
  const two = await aReplica(chunks, folder);

  await two.bring();

  expect(store.reads).toEqual([2500, 2700]);
  expect([await two.lexical.revision(), await two.lexical.count()]).toEqual([2700, 2700 - 2 * 270]);
  expect(two.failures).toEqual([]);
});

it('writes a snapshot when the newest one is too old, and once for all replicas', async () => {
  const { chunks, store } = aStore();
  const folder = tempFolder();
  store.latest = 1000;
  const one = await aReplica(chunks, folder);
  const busy = await aReplica(chunks, folder, async () => undefined);
  await one.bring();
  await one.share();
  expect(await one.snapshots.newest()).toBe(0);

  store.latest = 3000;
  await Promise.all([one.bring(), busy.bring()]);
  await busy.share();
  expect(await one.snapshots.newest()).toBe(0);
  await one.share();
  expect(await one.snapshots.newest()).toBe(3000);

  store.latest = 4000;
  await one.bring();
  await one.share();
  expect(await one.snapshots.newest()).toBe(3000);
});

it('fills an index anew from the store alone, and leaves no snapshot of what was removed', async () => {
  const { chunks, store } = aStore();
  store.latest = 2500;
  const one = await aReplica(chunks, tempFolder());
  await one.bring();
  await one.share();
  store.reads = [];

  await one.refill();

  expect(store.reads[0]).toBe(0);
  expect([await one.lexical.revision(), await one.snapshots.newest()]).toEqual([2500, 0]);
});

it('fills every replica anew after a takedown, before it writes a snapshot, and starts from none made before', async () => {
  const { chunks, store } = aStore();
  const folder = tempFolder();
  store.latest = 2500;
  const [one, two] = [await aReplica(chunks, folder), await aReplica(chunks, folder)];
  await one.bring();
  await one.share();
  await two.bring();
  const old = await two.snapshots.newest();
  store.erased = 1;
  // It has not heard of it yet.
  await two.share();
  expect([old, await two.snapshots.newest(1), await two.snapshots.fetch(2500, 1)]).toEqual([
    2500,
    0,
    undefined,
  ]);

  store.reads = [];
  await one.bring();
  expect(store.reads[0]).toBe(0);
  await one.share();
  expect([await one.snapshots.newest(), await one.snapshots.newest(1)]).toEqual([0, 2500]);
  store.reads = [];
  await two.bring();
  await two.bring();

  // From the copy that was made since.
  expect(store.reads).toEqual([2500, 2500]);
  expect([await two.lexical.erased(), await two.lexical.count()]).toEqual([1, await one.lexical.count()]);
  expect([...one.failures, ...two.failures]).toEqual([]);
});

it('fills anew what another store filled, though that had more takedowns', async () => {
  const { chunks, store } = aStore();
  store.latest = 5;
  const one = await aReplica(chunks, tempFolder());
  store.erased = 3;
  await one.bring();
  // A backup was restored.
  store.erased = 2;
  store.reads = [];
  await one.bring();

  expect([store.reads[0], await one.lexical.erased(), await one.lexical.revision()]).toEqual([0, 2, 5]);
});

it('goes on from the store when snapshots cannot be read or written', async () => {
  const { chunks, store } = aStore();
  store.latest = 2500;
  const one = await aReplica(chunks, '/proc/no-such-folder');
  const broken = createWordsFollower({
    ...{ chunks, lexical: one.lexical, findNames: () => [], alone: byOneself },
    snapshots: { ...one.snapshots, fetch: () => Promise.reject(new Error('no volume')) },
    onFailure: (error) => void one.failures.push(error),
  });

  await broken.bring();
  await one.share();

  expect(await one.lexical.revision()).toBe(2500);
  expect(one.failures).toMatchObject([{ message: 'no volume' }, { code: 'snapshot_failed' }]);
});

it('passes over no revision when a step fails in between', async () => {
  const { chunks, store } = aStore();
  store.latest = 2500;
  const one = await aReplica(chunks, tempFolder());
  let applied = 0;
  const failing = createWordsFollower({
    ...{ chunks, findNames: () => [], alone: byOneself, onFailure: () => {} },
    lexical: {
      ...one.lexical,
      async apply(change) {
        applied += 1;
        if (applied === 3) {
          throw new Error('killed');
        }
        await one.lexical.apply(change);
      },
    },
  });

  await expect(failing.bring()).rejects.toThrow('killed');
  expect(await one.lexical.revision()).toBe(1000);
  await failing.bring();

  expect([await one.lexical.revision(), await one.lexical.count()]).toEqual([2500, 2500 - 2 * 250]);
});
