import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { storePlace } from '../helpers/store-place.js';

async function aFilledStore(count: number) {
  const store = await openStore(await storePlace());
  onTestFinished(() => store.close());
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const article = anArticle({
      url: `https://example.com/${i}`,
      publishedAt: `2023-12-1${i}T10:00:00.000Z`,
    });
    const chunk = aChunk({ articleId: article.id, header: `Header ${i}.`, text: `Text ${i}.` });
    await store.articles.put(article, [chunk]);
    ids.push(chunk.id);
  }
  return { store, ids };
}

it('gives changes in steps, in the order of revisions, until there are none', async () => {
  const { ids, store } = await aFilledStore(5);

  const first = await store.chunks.changesAfter(0, 3);
  const second = await store.chunks.changesAfter(first?.revision ?? 0, 3);

  expect(first?.puts.map(({ id }) => id)).toEqual(ids.slice(0, 3));
  expect(second?.puts.map(({ id }) => id)).toEqual(ids.slice(3));
  expect(await store.chunks.changesAfter(second?.revision ?? 0, 3)).toBeUndefined();
});

it('gives passages in the order asked for, with what they are cited by', async () => {
  const { ids, store } = await aFilledStore(3);

  const passages = await store.chunks.passages([ids[2] ?? '', 'unknown', ids[0] ?? '']);

  expect(passages.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
  expect(passages[0]).toEqual({
    id: ids[2],
    articleId: anArticle({ url: 'https://example.com/2' }).id,
    ordinal: 0,
    header: 'Header 2.',
    text: 'Text 2.',
    title: 'Harbour win the final',
    url: 'https://example.com/2',
    publisher: 'Example Cricket',
    publishedAt: '2023-12-12T10:00:00.000Z',
    score: 0,
  });
});

it('gives what stands around a chunk in its article', async () => {
  const { ids, store } = await aFilledStore(1);
  const article = anArticle({ url: 'https://example.com/long' });
  const chunks = [0, 1, 2].map((ordinal) =>
    aChunk({ articleId: article.id, ordinal, text: `Part ${ordinal}.` }),
  );
  await store.articles.put(article, chunks);
  const [first, middle, last] = chunks;

  const around = await store.chunks.neighbours([...chunks.map(({ id }) => id), ids[0] ?? '', 'unknown']);

  expect(around.get(middle?.id ?? '')).toEqual({ before: first, after: last });
  expect(around.get(first?.id ?? '')).toEqual({ after: middle });
  expect(around.get(last?.id ?? '')).toEqual({ before: middle });
  expect(around.get(ids[0] ?? '')).toEqual({});
  expect(around.has('unknown')).toBe(false);
  await store.articles.put({ ...article, text: 'shorter' }, chunks.slice(0, 2));
  expect((await store.chunks.neighbours([middle?.id ?? ''])).get(middle?.id ?? '')).toEqual({
    before: first,
  });
  expect(await store.chunks.neighbours([])).toEqual(new Map());
});

it('gives no buried chunk', async () => {
  const { ids, store } = await aFilledStore(1);
  await store.articles.put(anArticle({ url: 'https://example.com/0', text: 'new' }), []);

  expect(await store.chunks.passages(ids)).toEqual([]);
  expect(await store.chunks.countChunks()).toBe(0);
});

it('takes 500 ids at once', async () => {
  const { ids, store } = await aFilledStore(1);
  const many = Array.from({ length: 499 }, (_, i) => `no:${i}`);

  expect(await store.chunks.passages([...many, ...ids])).toHaveLength(1);
});

it('knows the newest article, the count and the revision; an empty store has none', async () => {
  const { store } = await aFilledStore(3);
  const { store: empty } = await aFilledStore(0);

  expect(await store.chunks.newestArticle()).toBe('2023-12-12T10:00:00.000Z');
  expect([await store.chunks.countChunks(), await store.chunks.latestRevision()]).toEqual([3, 3]);
  expect(await empty.chunks.newestArticle()).toBeUndefined();
  expect([await empty.chunks.countChunks(), await empty.chunks.latestRevision()]).toEqual([0, 0]);
  expect(await empty.chunks.passages([])).toEqual([]);
});

it('remembers which chunking made the chunks', async () => {
  const { store } = await aFilledStore(0);

  expect(await store.chunks.chunking()).toBeUndefined();
  await store.chunks.setChunking('sentences-1000-150');
  await store.chunks.setChunking('reference-100-0');

  expect(await store.chunks.chunking()).toBe('reference-100-0');
});
