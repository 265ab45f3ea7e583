import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { inStore, storePlace } from '../helpers/store-place.js';

const AT = '2023-12-20T00:00:00.000Z';

async function aStore() {
  const place = await storePlace();
  const store = await openStore(place);
  onTestFinished(() => store.close());
  async function put(url: string, parts: Parameters<typeof anArticle>[0] = {}) {
    const article = anArticle({ url, ...parts });
    const chunk = aChunk({ articleId: article.id, text: article.text });
    await store.articles.put(article, [chunk]);
    await store.vectors.putVectors('m', [{ id: chunk.id, vector: new Float32Array(2) }]);
    return { article, chunk };
  }
  return { place, store, put };
}

it('takes an article out of every table, and the indexes hear of its chunks', async () => {
  const { place, put, store } = await aStore();
  const { article, chunk } = await put('https://example.org/a');
  await put('https://example.org/b', { text: 'Another report of another match.' });
  await store.articles.put({ ...article, text: 'Rewritten.' }, [chunk], {
    at: AT,
    reread: { feedUrl: 'https://example.org/feed', dueAt: AT, state: {} },
  });
  await store.feeds.saveEntry({
    feedUrl: 'https://example.org/feed',
    canonicalUrl: 'https://example.org/a',
    fingerprint: 'f',
    entry: { title: article.title, text: '' },
    outcome: 'page',
  });

  expect(await store.remover.takeDown({ kind: 'url', value: 'https://example.org/a' }, AT)).toBe(1);

  const changes = await store.chunks.changesAfter(0, 100);
  expect(changes?.drops).toEqual([chunk.id]);
  expect(changes?.puts).toHaveLength(1);
  const count = async (table: string) => (await inStore(place, `select 1 from ${table}`)).length;
  const tables = ['articles', 'vectors', 'marks', 'article_revisions', 'rereads', 'entries'];
  expect(await Promise.all(tables.map(count))).toEqual([1, 1, 1, 0, 0, 0]);
  expect(await store.blocks.list()).toEqual([
    { kind: 'url', value: 'https://example.org/a', blockedAt: AT, articles: 1 },
  ]);
});

it('counts the takedowns that removed something, for the indexes of all', async () => {
  const { put, store } = await aStore();
  await put('https://example.org/a');
  await put('https://other.example/a', { text: 'Another report of another match.' });
  const takeDown = (value: string) => store.remover.takeDown({ kind: 'domain', value }, AT);

  expect(await store.chunks.erased()).toBe(0);
  await takeDown('nothing.example');
  await store.remover.removeOlder('1970-01-01T00:00:00.000Z', 10);
  expect(await store.chunks.erased()).toBe(0);
  await takeDown('example.org');
  await takeDown('other.example');
  expect(await store.chunks.erased()).toBe(2);
});

it('stores nothing that was taken down while it was being read', async () => {
  const { put, store } = await aStore();
  await store.remover.takeDown({ kind: 'domain', value: 'example.org' }, AT);

  await expect(put('https://news.example.org/a')).rejects.toMatchObject({ code: 'taken_down' });
  await expect(put('https://notexample.org/a')).resolves.toBeDefined();
});

it('takes a domain for itself and what is under it, not for addresses that only name it', async () => {
  const { put, store } = await aStore();
  await put('https://example.org/a', { text: 'First of four texts.' });
  await put('https://www.example.org/b', { text: 'Second of four texts.' });
  await put('https://other.net/about?site=example.org', { text: 'Third of four texts.' });
  await put('https://myexample.org/c', { text: 'Fourth of four texts.' });
  const target = { kind: 'domain' as const, value: 'example.org' };

  expect(await store.remover.countMatching(target)).toBe(2);
  expect(await store.remover.takeDown(target, AT)).toBe(2);
  expect(await store.articles.count()).toBe(2);
});

it('blocks the address that a page calls its own, too, and lifts both at once', async () => {
  const { put, store } = await aStore();
  await put('https://example.org/shown', {
    canonicalUrl: 'https://example.org/own',
    url: 'https://example.org/shown',
  });

  await store.remover.takeDown({ kind: 'url', value: 'https://example.org/shown' }, AT);

  const blocked = async () => [
    await store.blocks.isBlocked('https://example.org/own'),
    await store.blocks.isBlocked('https://example.org/shown'),
  ];
  expect(await blocked()).toEqual([true, true]);
  expect((await store.blocks.list()).map(({ value }) => value)).toEqual(['https://example.org/shown']);
  expect(await store.blocks.lift('url', 'https://example.org/own')).toBe(true);
  expect(await blocked()).toEqual([false, false]);
});

it('removes the oldest articles first, so many at once', async () => {
  const { put, store } = await aStore();
  for (const day of ['01', '02', '03', '04']) {
    await put(`https://example.org/${day}`, {
      publishedAt: `2023-12-${day}T00:00:00.000Z`,
      text: `Day ${day}.`,
    });
  }

  expect(await store.remover.removeOlder('2023-12-04T00:00:00.000Z', 2)).toBe(2);
  expect(await store.remover.removeOlder('2023-12-04T00:00:00.000Z', 2)).toBe(1);
  expect(await store.chunks.newestArticle()).toBe('2023-12-04T00:00:00.000Z');
  expect(await store.chunks.countChunks()).toBe(1);
});

it('sweeps vectors of chunks that went while they were embedded', async () => {
  const { put, store } = await aStore();
  const { chunk } = await put('https://example.org/a');
  await store.remover.takeDown({ kind: 'domain', value: 'example.org' }, AT);
  await store.vectors.putVectors('m', [{ id: chunk.id, vector: new Float32Array(2) }]);

  await store.remover.sweep();

  expect(await store.vectors.vectors('m', [chunk.id])).toEqual(new Map());
});

it('takes what people were told of it, too, and leaves what they were told of others', async () => {
  const { place, put, store } = await aStore();
  await put('https://example.org/a');
  const asker = { platform: 'web', tenant: '', channel: 'console', thread: 't' };
  const lease = { owner: 'one', now: AT, until: '2023-12-20T00:01:00.000Z' };
  for (const [id, host] of [
    ['gone', 'example.org'],
    ['kept', 'notexample.org'],
  ] as const) {
    const cited = { url: `https://${host}/a`, title: 'A', publisher: 'P', publishedAt: AT };
    const citation = { ...cited, n: 1, quote: 'Words of it.', articleId: id };
    const asked = { delivery: id, message: id, way: 'direct', user: 'u', userKey: 'k', text: `${id}?` };
    await store.conversations.claim({ ...asker, ...asked, id }, lease, []);
    await store.conversations.settle(id, { owner: 'one', epoch: 1 }, 'answered', AT, {
      ...{ text: 'Words of it. [1]', verdict: undefined, generator: 'quotes' },
      ...{ citations: [citation], passages: [{ ...cited, id }] },
    });
    const post = { id, questionId: id, thread: 't', postedAt: AT, citations: [citation] };
    await store.webPosts.put(post);
  }

  await store.remover.takeDown({ kind: 'domain', value: 'example.org' }, AT);

  expect((await store.webPosts.inThread('t', 9)).map(({ id }) => id)).toEqual(['kept']);
  expect(await inStore(place, 'select question_id as id from answers')).toEqual([{ id: 'kept' }]);
});
