import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { anArticle } from '../helpers/builders.js';
import { storePlace } from '../helpers/store-place.js';

const at = (minute: number) => ({ at: new Date(Date.UTC(2023, 11, 19, 10, minute)).toISOString() });

async function aStore() {
  const store = await openStore(await storePlace());
  onTestFinished(() => store.close());
  return store;
}

it('keeps what an article said before, with its headline and when it was replaced', async () => {
  const store = await aStore();
  const article = anArticle({ text: 'Quill is out.' });
  await store.articles.put(article, [], at(0));
  await store.articles.put(article, [], at(1));
  await store.articles.put({ ...article, title: 'Harbour lose', text: 'Quill is not out.' }, [], at(2));

  const kept = await store.revisions(article.id);

  expect(kept).toMatchObject([
    { ordinal: 1, title: 'Harbour win the final', text: 'Quill is out.', replacedAt: at(2).at },
  ]);
  expect(kept[0]?.contentHash).toMatch(/^[\da-f]{64}$/);
});

it('takes the page in place of the feed’s text for no change of the article', async () => {
  const store = await aStore();
  await store.articles.put(anArticle({ text: 'A summary.', origin: 'feed' }), [], at(0));
  await store.articles.put(anArticle({ text: 'The whole report.', origin: 'page' }), [], at(1));

  expect(await store.revisions(anArticle().id)).toEqual([]);
});

it('keeps the last twenty, each cut at 20,000 characters', async () => {
  const store = await aStore();
  for (let i = 0; i < 24; i += 1) {
    await store.articles.put(anArticle({ text: `${i} ${'word '.repeat(5000)}` }), [], at(i));
  }

  const kept = await store.revisions(anArticle().id);

  expect(kept.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 20 }, (_, i) => i + 4));
  expect(kept.every(({ text }) => text.length === 20_000)).toBe(true);
});

it('remembers when an article was found, and that it came as history, whatever comes later', async () => {
  const store = await aStore();
  await store.articles.put(anArticle(), [], { ...at(0), isHistory: true });
  await store.articles.put(anArticle({ text: 'Changed.' }), [], at(5));

  expect(await store.articles.find(anArticle().id)).toMatchObject({
    text: 'Changed.',
    foundAt: at(0).at,
    isHistory: true,
  });
});
