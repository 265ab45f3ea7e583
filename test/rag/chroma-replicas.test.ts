// Replicas on one store and one Chroma, all real but the embedder, which counts what it is asked for.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChromaClient } from 'chromadb';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openHold } from '#src/open-hold.js';
import { openChroma } from '#src/rag/adapters/chroma.js';
import { type ChromaServer, startChroma } from '#src/rag/adapters/chroma-server.js';
import { catchUpDense } from '#src/rag/index/catch-up.js';
import { createDenseFollower, fillClaim } from '#src/rag/index/follow-dense.js';
import { type FoundChroma, placeOf } from '#src/rag/open-chroma.js';
import { createCollections } from '#src/rag/open-collections.js';
import { keepVectorIndex } from '#src/rag/open-vector-index.js';
import type { Embedder } from '#src/rag/ports.js';
import { aloneBy } from '#src/rag-store.js';
import { openStore, type Store } from '#src/store/open-store.js';
import { SECRET } from '../fixtures/secrets.mjs';
import { aChunk, anArticle } from '../helpers/builders.js';
import { until } from '../helpers/processes.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { unitVector } from '../helpers/vectors.js';
import { watchedLog } from '../helpers/watched-log.js';

const folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-test-'));
let server: ChromaServer;
const NEVER = new AbortController().signal;

beforeAll(async () => {
  server = await startChroma(
    { log: watchedLog() },
    { folder: path.join(folder, 'chroma'), startTimeoutMs: 20_000 },
  );
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A store of its own, and replicas on it. */
async function aBot(size = 3) {
  const place = tempFolder();
  const store = await openStore(place);
  onTestFinished(() => store.close());
  await fillStore(store, 'a', size);
  const key = `test-${randomUUID()}`;
  const clock = { now: new Date('2024-01-01T10:00:00Z') };

  async function replica({ onBatch = async () => {} }: { onBatch?: () => Promise<void> } = {}) {
    const own = await openStore(place);
    const lines: string[] = [];
    const log = { ...watchedLog(), warn: (_: unknown, line: string) => void lines.push(line) };
    const embedded: string[] = [];
    const embedder: Embedder = {
      key,
      dimension: 8,
      async embed(texts) {
        embedded.push(...texts);
        await onBatch();
        return texts.map((text) => unitVector(text.length, 8));
      },
      close: async () => {},
    };
    const hold = openHold(own, `host-${randomUUID()} 1 x`);
    const alone = aloneBy(async () => hold);
    const filled: string[] = [];
    const chroma: FoundChroma = { url: server.url, kind: 'chroma', stop: async () => {} };
    const now = () => clock.now;
    const kept = await keepVectorIndex(
      {
        log: log as never,
        store: async () => own,
        collectionsOf: async (found) => createCollections(own, found, { key, now, place: 'chroma' }),
        async fill(index) {
          const done = await alone(fillClaim(index.name), NEVER, async (signal) => {
            const changed = await catchUpDense({ ...own, embedder, ...index }, signal);
            filled.push(...(changed > 0 ? [index.name] : []));
          });
          return done !== undefined;
        },
      },
      embedder,
      { found: chroma, find: async () => chroma, lookEveryMs: 50 },
    );
    const semantic = {
      get dense() {
        return { embedder, ...kept.current() };
      },
      get collections() {
        return kept.collections();
      },
      refresh: kept.refresh,
    };
    const follower = createDenseFollower({ ...own, semantic, alone });
    onTestFinished(async () => {
      await kept.close();
      await own.close();
    });
    const find = () => kept.current().index.count();
    return { ...follower, kept, find, lines, embedded, filled, name: () => kept.current().name };
  }
  return { clock, key, replica, store };
}

async function fillStore(store: Store, name: string, size: number): Promise<void> {
  const article = anArticle({ url: `https://example.com/${name}` });
  const chunks = Array.from({ length: size }, (_, ordinal) =>
    aChunk({ articleId: article.id, ordinal, text: `Text ${ordinal} of ${name}.`, header: 'H.' }),
  );
  await store.articles.put(article, chunks);
}

const collections = async (key: string) => {
  const { hostname, port } = new URL(server.url);
  const all = await new ChromaClient({ host: hostname, port: Number(port) }).listCollections({ limit: 1000 });
  return all.map(({ name }) => name).filter((name) => name.includes(key));
};

it('embeds what is new once, whichever replica does it', async () => {
  const { replica } = await aBot(70);
  const [one, two] = [await replica(), await replica()];

  await Promise.all([one.bring({ isPatient: true }), two.bring({ isPatient: true })]);

  expect([...one.embedded, ...two.embedded]).toHaveLength(70);
  expect([await one.find(), await two.find()]).toEqual([70, 70]);
});

it('rebuilds beside the collection that answers, to which all replicas go over without a restart', async () => {
  const { clock, key, replica } = await aBot();
  const [one, two] = [await replica(), await replica()];
  await one.bring();
  const before = one.name();

  await one.rebuild({ isPatient: true });
  expect(two.name()).toBe(before);
  expect(await two.find()).toBe(3);
  await two.kept.refresh();

  expect(one.name()).not.toBe(before);
  expect(two.name()).toBe(one.name());
  expect(await two.find()).toBe(3);
  expect(one.embedded).toHaveLength(3);
  expect(await collections(key)).toHaveLength(2);
  clock.now = new Date('2024-01-01T10:10:00Z');
  await two.bring();
  expect(await collections(key)).toEqual([one.name().split(' ')[1]]);
});

it('makes one of two rebuilds that begin at once, and ends both when it is done', async () => {
  const { key, replica } = await aBot(150);
  const [one, two] = [await replica(), await replica()];
  await one.bring();

  await Promise.all([one.rebuild({ isPatient: true }), two.rebuild({ isPatient: true })]);
  await one.kept.refresh();

  expect(two.name()).toBe(one.name());
  expect([await one.find(), await two.find()]).toEqual([150, 150]);
  expect(await collections(key)).toHaveLength(2);
});

it('goes on answering from the old one when a rebuild ends in its middle, and the next process finishes it', async () => {
  const { replica, store } = await aBot(3);
  const one = await replica();
  await one.bring();
  await fillStore(store, 'b', 150);
  let batches = 0;
  const abort = new AbortController();
  const dying = await replica({
    async onBatch() {
      batches += 1;
      if (batches === 2) {
        abort.abort(new Error('killed'));
      }
    },
  });
  const before = one.name();

  await expect(dying.rebuild({ signal: abort.signal })).rejects.toThrow('killed');
  expect([one.name(), await one.find()]).toEqual([before, expect.any(Number)]);
  await one.bring();

  expect(one.name()).not.toBe(before);
  expect(await one.find()).toBe(153);
});

it('lets an exact scan stand in for a collection that was lost, which one replica fills again', async () => {
  const { key, replica } = await aBot(70);
  const [one, two] = [await replica(), await replica()];
  await one.bring();
  await two.bring();
  const { hostname, port } = new URL(server.url);
  const client = new ChromaClient({ host: hostname, port: Number(port) });
  for (const name of await collections(key)) {
    await client.deleteCollection({ name });
  }

  const failures = await Promise.allSettled([one.find(), two.find()]);
  expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const isBack = (one_: typeof one) => one_.lines.at(-1) === 'chroma answers again';
  await until('Chroma answers again', () => isBack(one) && isBack(two));

  expect([await one.find(), await two.find()]).toEqual([70, 70]);
  expect([...one.filled, ...two.filled]).toHaveLength(1);
  expect([...one.embedded, ...two.embedded]).toHaveLength(70);
  expect(one.lines).toEqual([
    'chroma lost its collection: an exact scan stands in while it is filled again',
    'chroma answers again',
  ]);
});

it('notices at the start that Chroma was emptied, and answers all the same', async () => {
  const { key, replica } = await aBot(70);
  await (await replica()).bring();
  const { hostname, port } = new URL(server.url);
  await new ChromaClient({ host: hostname, port: Number(port) }).deleteCollection({
    name: (await collections(key))[0] ?? '',
  });

  const next = await replica();

  expect([next.name(), next.kept.isLost()]).toEqual([expect.stringMatching(/^exact /), true]);
  expect(await next.find()).toBe(70);
  await until('Chroma answers again', () => next.lines.at(-1) === 'chroma answers again');
  expect(await next.find()).toBe(70);
});

it('follows what another process embedded while both scan exactly', async () => {
  const { key, store } = await aBot(3);
  async function scanning(embed: Embedder['embed']) {
    const kept = await keepVectorIndex(
      {
        log: watchedLog(),
        store: async () => store,
        collectionsOf: () => Promise.reject(new Error('none is wanted')),
        fill: async () => false,
      },
      { key, dimension: 8 },
      { found: undefined },
    );
    onTestFinished(() => kept.close());
    const embedder: Embedder = { key, dimension: 8, embed, close: async () => {} };
    return {
      bring: () => catchUpDense({ ...store, embedder, ...kept.current() }),
      count: () => kept.current().index.count(),
    };
  }
  const one = await scanning(async (texts) => texts.map((text) => unitVector(text.length, 8)));
  const two = await scanning(() => Promise.reject(new Error('embedded already')));

  await one.bring();
  await two.bring();

  expect([await one.count(), await two.count()]).toEqual([3, 3]);
});

it('tells the Chromas of several replicas apart, each in its own data folder', () => {
  const found = (data: string): FoundChroma => {
    const own = path.join(data, 'chroma');
    return { url: 'http://127.0.0.1:1', kind: 'chroma (embedded)', folder: own, stop: async () => {} };
  };
  const [a, b] = [tempFolder(), tempFolder()];

  expect(placeOf(found(a), false)).toBe('chroma (embedded)');
  expect(placeOf(found(a), true)).toBe(placeOf(found(a), true));
  expect(placeOf(found(a), true)).not.toBe(placeOf(found(b), true));
});

it('names token, tenant and database to a server that has several', async () => {
  const asked: { path: string | undefined; token: unknown }[] = [];
  const fake = createServer((request, response) => {
    asked.push({ path: request.url, token: request.headers['x-chroma-token'] });
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => fake.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void fake.close());
  const url = `http://127.0.0.1:${(fake.address() as AddressInfo).port}`;
  const account = { apiKey: SECRET, tenant: 'news', database: 'cricket' };

  await expect(openChroma({ url, collection: 'x', kind: 'chroma', ...account })).rejects.toMatchObject({
    code: 'chroma_unreachable',
  });

  expect(asked.at(-1)).toEqual({
    path: expect.stringContaining('/tenants/news/databases/cricket/collections'),
    token: SECRET,
  });
});
