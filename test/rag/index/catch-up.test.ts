// Real store, real lexical index, real exact scan; the embedder counts what it is asked for.
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Chunk } from '#src/domain.js';
import { openExactIndex } from '#src/rag/adapters/exact.js';
import { openLexicalIndex } from '#src/rag/adapters/lexical.js';
import { catchUpDense, catchUpLexical, type DenseDeps, rebuildDense } from '#src/rag/index/catch-up.js';
import type { Embedder, VectorIndex } from '#src/rag/ports.js';
import { openStore, type Store } from '#src/store/open-store.js';
import { aChunk, anArticle } from '../../helpers/builders.js';
import { tempFolder } from '../../helpers/temp-folder.js';
import { unitVector } from '../../helpers/vectors.js';

const NAME = 'exact test';

async function* nothing() {}

async function parts() {
  const folder = tempFolder();
  const store = await openStore(folder);
  const lexical = await openLexicalIndex(path.join(folder, 'lexical.sqlite'));
  const index = await openExactIndex(nothing(), 4);
  onTestFinished(() => Promise.all([store.close(), lexical.close(), index.close()]).then(() => {}));
  const embedded: string[] = [];
  const embedder: Embedder = {
    key: 'test-4',
    dimension: 4,
    embed: async (texts) => {
      embedded.push(...texts);
      return texts.map((text) => unitVector(text.length, 4));
    },
    close: async () => {},
  };
  const dense: DenseDeps = { chunks: store.chunks, vectors: store.vectors, embedder, index, name: NAME };
  return { store, lexical, index, dense, embedded };
}

/** Stores one article whose chunks have these texts. */
async function put(store: Store, url: string, texts: string[]): Promise<Chunk[]> {
  const article = anArticle({ url: `https://example.com/${url}`, text: texts.join(' ') });
  const chunks = texts.map((text, ordinal) => aChunk({ articleId: article.id, ordinal, text, header: 'H.' }));
  await store.articles.put(article, chunks);
  return chunks;
}

async function idsIn(index: VectorIndex): Promise<string[]> {
  return (await index.nearest(unitVector(0, 4), 10_000)).map(({ id }) => id).sort();
}

it('brings both indexes to the latest revision, and then does nothing more', async () => {
  const { dense, embedded, index, lexical, store } = await parts();
  const chunks = await put(store, 'a', ['Harbour won.', 'Quill made 71.']);

  expect(await catchUpLexical({ chunks: store.chunks, lexical, findNames: () => [] })).toBe(2);
  expect(await catchUpDense(dense)).toBe(2);

  expect([await lexical.revision(), await store.vectors.appliedRevision(NAME)]).toEqual([2, 2]);
  expect(await idsIn(index)).toEqual(chunks.map(({ id }) => id).sort());
  expect(embedded).toEqual(['H.\nHarbour won.', 'H.\nQuill made 71.']);
  expect([
    await catchUpLexical({ chunks: store.chunks, lexical, findNames: () => [] }),
    await catchUpDense(dense),
  ]).toEqual([0, 0]);
  expect(embedded).toHaveLength(2);
});

it('takes changed chunks and forgets vanished ones', async () => {
  const { dense, index, lexical, store } = await parts();
  await put(store, 'a', ['Harbour won.', 'Quill made 71.']);
  await catchUpLexical({ chunks: store.chunks, lexical, findNames: () => [] });
  await catchUpDense(dense);
  const now = await put(store, 'a', ['Harbour won.', 'Ash made 71.']);

  expect(await catchUpLexical({ chunks: store.chunks, lexical, findNames: () => [] })).toBe(2);
  expect(await catchUpDense(dense)).toBe(2);

  expect(await idsIn(index)).toEqual(now.map(({ id }) => id).sort());
  expect([await lexical.count(), (await lexical.match(['quill'], 9)).length]).toEqual([2, 0]);
});

it('works in small steps and tells how far it is', async () => {
  const { dense, store } = await parts();
  await put(
    store,
    'a',
    Array.from({ length: 150 }, (_, i) => `Text ${i}.`),
  );
  const progress: object[] = [];

  await catchUpDense(dense, undefined, (p) => progress.push(p));

  expect(progress).toEqual([
    { done: 64, total: 150 },
    { done: 128, total: 150 },
    { done: 150, total: 150 },
  ]);
});

it.each(['upsert', 'setAppliedRevision'] as const)(
  'goes on after a crash before %s was done, and embeds nothing twice',
  async (step) => {
    const { dense, embedded, index, store } = await parts();
    const chunks = await put(
      store,
      'a',
      Array.from({ length: 100 }, (_, i) => `Text ${i}.`),
    );
    let calls = 0;
    const crash = async () => {
      calls += 1;
      if (calls === 2) {
        throw new Error('crash');
      }
    };
    const crashing: DenseDeps = {
      ...dense,
      index: {
        ...index,
        upsert: async (items) => {
          await (step === 'upsert' ? crash() : undefined);
          await index.upsert(items);
        },
      },
      vectors: {
        ...store.vectors,
        setAppliedRevision: async (name, revision) => {
          await (step === 'setAppliedRevision' ? crash() : undefined);
          await store.vectors.setAppliedRevision(name, revision);
        },
      },
    };

    await expect(catchUpDense(crashing)).rejects.toThrow('crash');
    expect(await store.vectors.appliedRevision(NAME)).toBe(64);
    expect(await catchUpDense(dense)).toBe(36);

    expect(await idsIn(index)).toEqual(chunks.map(({ id }) => id).sort());
    expect(embedded).toHaveLength(100);
  },
);

it('lets one index be ahead of the other', async () => {
  const { dense, lexical, store } = await parts();
  await put(store, 'a', ['Harbour won.']);
  await catchUpLexical({ chunks: store.chunks, lexical, findNames: () => [] });
  // Killed here; more arrives before the next start.
  await put(store, 'b', ['Rain fell.']);

  expect(await catchUpLexical({ chunks: store.chunks, lexical, findNames: () => [] })).toBe(1);
  expect(await catchUpDense(dense)).toBe(2);
});

it('fills indexes anew that are ahead of the store, because they belong to another one', async () => {
  const { dense, index, lexical, store } = await parts();
  const chunks = await put(store, 'a', ['Harbour won.']);
  const stranger = aChunk({ id: 'stranger', text: 'Zugzwang.' });
  await lexical.apply({ puts: [stranger], drops: [], revision: 99 });
  await index.upsert([
    { id: 'stranger', vector: unitVector(1, 4), document: '', articleId: 'x', publishedAt: '' },
  ]);
  await store.vectors.setAppliedRevision(NAME, 99);

  await catchUpLexical({ chunks: store.chunks, lexical, findNames: () => [] });
  await catchUpDense(dense);

  expect([await lexical.revision(), (await lexical.match(['zugzwang'], 9)).length]).toEqual([1, 0]);
  expect(await idsIn(index)).toEqual(chunks.map(({ id }) => id));
});

it('fills an index anew whose files are gone, from stored vectors', async () => {
  const { dense, embedded, index, store } = await parts();
  const chunks = await put(store, 'a', ['Harbour won.', 'Rain fell.']);
  await catchUpDense(dense);
  await index.reset();

  expect(await catchUpDense(dense)).toBe(2);

  expect(await idsIn(index)).toEqual(chunks.map(({ id }) => id).sort());
  expect(embedded).toHaveLength(2);
});

it('leaves an empty index of an emptied store alone', async () => {
  const { dense, store } = await parts();
  await put(store, 'a', ['Harbour won.']);
  await catchUpDense(dense);
  await put(store, 'a', []);
  await catchUpDense(dense);

  expect(await catchUpDense(dense)).toBe(0);
});

it('rebuilds from stored vectors', async () => {
  const { dense, embedded, index, store } = await parts();
  const chunks = await put(store, 'a', ['Harbour won.', 'Rain fell.']);
  await catchUpDense(dense);
  await index.upsert([{ id: 'x', vector: unitVector(1, 4), document: '', articleId: 'x', publishedAt: '' }]);

  expect(await rebuildDense(dense)).toBe(2);

  expect(await idsIn(index)).toEqual(chunks.map(({ id }) => id).sort());
  expect(embedded).toHaveLength(2);
});

it('stops between steps when it is aborted, and keeps what is done', async () => {
  const { dense, store } = await parts();
  await put(
    store,
    'a',
    Array.from({ length: 100 }, (_, i) => `Text ${i}.`),
  );
  const abort = new AbortController();

  const run = catchUpDense(dense, abort.signal, () => abort.abort(new Error('given up')));

  await expect(run).rejects.toThrow('given up');
  expect(await store.vectors.appliedRevision(NAME)).toBe(64);
});

it('empties an index that a former store left behind', async () => {
  const { dense, index, store } = await parts();
  const chunks = await put(store, 'a', ['Harbour won.']);
  await index.upsert([
    { id: 'stranger', vector: unitVector(1, 4), document: '', articleId: 'x', publishedAt: '' },
  ]);

  await catchUpDense(dense);

  expect(await idsIn(index)).toEqual(chunks.map(({ id }) => id));
});
