import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { allOf } from '../helpers/all-of.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { storePlace } from '../helpers/store-place.js';

async function anOpenStore(place?: string) {
  const store = await openStore(place ?? (await storePlace()));
  onTestFinished(() => store.close());
  return store;
}

const article = anArticle();
const chunks = ['One.', 'Two.', 'Three.'].map((text, ordinal) =>
  aChunk({ articleId: article.id, ordinal, text, header: 'H.' }),
);

it('stores an article with its chunks and gives both back', async () => {
  const { articles, chunks: stored } = await anOpenStore();

  expect(await articles.put({ ...article, author: 'A. Writer', origin: 'feed' }, chunks)).toBe('new');

  expect(await allOf(articles.all())).toEqual([{ ...article, author: 'A. Writer', origin: 'feed' }]);
  expect(await articles.count()).toBe(1);
  expect(await stored.changesAfter(0, 10)).toEqual({ puts: chunks, drops: [], revision: 3 });
});

it('writes nothing for an article that is the same', async () => {
  const { articles, chunks: stored } = await anOpenStore();
  await articles.put(article, chunks);

  expect(await articles.put(article, chunks)).toBe('same');

  expect(await stored.latestRevision()).toBe(3);
});

it('keeps the revision of unchanged chunks and buries vanished ones', async () => {
  const { articles, chunks: stored, vectors } = await anOpenStore();
  await articles.put(article, chunks);
  const [first, second, third] = chunks;
  await vectors.putVectors(
    'm',
    chunks.map(({ id }) => ({ id, vector: new Float32Array([1, 0]) })),
  );
  const edited = aChunk({ articleId: article.id, ordinal: 1, text: 'Two, corrected.' });

  const outcome = await articles.put({ ...article, text: 'corrected' }, chunks.with(1, edited));

  expect(outcome).toBe('changed');
  expect(await stored.changesAfter(3, 10)).toEqual({ puts: [edited], drops: [second?.id], revision: 5 });
  expect(await stored.countChunks()).toBe(3);
  expect([
    ...(
      await vectors.vectors(
        'm',
        chunks.map(({ id }) => id),
      )
    ).keys(),
  ]).toEqual([first?.id, third?.id]);
});

it('calls an article changed when only its headline or address is', async () => {
  const { articles, chunks: stored } = await anOpenStore();
  await articles.put(article, chunks);

  expect(await articles.put({ ...article, title: 'Another' }, chunks)).toBe('changed');
  expect(await articles.put({ ...article, title: 'Another', url: 'https://example.com/new' }, chunks)).toBe(
    'changed',
  );

  expect(await stored.latestRevision()).toBe(3);
  expect((await stored.passages([chunks[0]?.id ?? '']))[0]).toMatchObject({
    title: 'Another',
    url: 'https://example.com/new',
  });
});

it('calls an article changed when only its chunking is', async () => {
  const { articles } = await anOpenStore();
  await articles.put(article, chunks);

  expect(await articles.put(article, chunks.slice(0, 2))).toBe('changed');
});

it('brings a buried chunk back under a new revision', async () => {
  const { articles, chunks: stored } = await anOpenStore();
  await articles.put(article, chunks);
  await articles.put({ ...article, text: 'short' }, chunks.slice(0, 2));

  await articles.put(article, chunks);

  expect(await stored.changesAfter(4, 10)).toEqual({ puts: [chunks[2]], drops: [], revision: 5 });
});

it('pages through all articles in the order of their ids', async () => {
  const { articles } = await anOpenStore();
  const many = Array.from({ length: 7 }, (_, i) => anArticle({ url: `https://example.com/${i}` }));
  for (const one of many) {
    await articles.put(one, []);
  }

  const ids = (await allOf(articles.all(3))).map(({ id }) => id);

  expect(ids).toEqual(many.map(({ id }) => id).sort());
});

it('stores nothing of an article when one of its chunks fails', async () => {
  const { articles, chunks: stored } = await anOpenStore();
  const broken = [...chunks, { ...aChunk({ text: 'x' }), text: null as unknown as string }];

  await expect(articles.put(article, broken)).rejects.toThrow(/not.null/i);

  expect([await articles.count(), await stored.countChunks(), await stored.latestRevision()]).toEqual([
    0, 0, 0,
  ]);
});

it('survives texts that look like SQL, and every character', async () => {
  const { articles } = await anOpenStore();
  const odd = anArticle({ title: "'; drop table articles; --", text: 'Čech 🏏 "x" \u2028 end' });

  await articles.put(odd, []);

  expect((await allOf(articles.all()))[0]).toEqual({ ...odd, author: undefined });
});

it('loses nothing behind a NUL', async () => {
  const { articles } = await anOpenStore();

  await articles.put(anArticle({ text: 'before\0after' }), []);

  expect((await allOf(articles.all()))[0]?.text).toBe('before\uFFFDafter');
});
