// Copies become one story, whatever the order in which they come, change and go.
import { expect, it, onTestFinished } from 'vitest';
import type { Article } from '#src/domain.js';
import { openStore, type Store } from '#src/store/open-store.js';
import { aChunk, anArticle } from '../helpers/builders.js';
import { EDITIONS, FOLLOW_UP, OWN_REPORT, PREVIEWS, textOf, WIRE } from '../helpers/reports.js';
import { inStore, storePlace } from '../helpers/store-place.js';

type Placed = Store & { place: string };

async function anOpenStore(given?: string): Promise<Placed> {
  const place = given ?? (await storePlace());
  const store = await openStore(place);
  onTestFinished(() => store.close());
  return { ...store, place };
}

/** An article of its own publisher; later letters are published later. */
function edition(name: string, text: string): Article {
  return anArticle({
    url: `https://${name}.example/final`,
    publisher: name.toUpperCase(),
    publishedAt: `2023-12-19T${String(10 + (name.charCodeAt(0) % 10)).padStart(2, '0')}:00:00.000Z`,
    text,
  });
}

async function putAll(store: Store, articles: Article[]) {
  for (const article of articles) {
    await store.articles.put(article, []);
  }
}

/** The publishers of each story, as sorted lists; an article alone is a list of one. */
async function groupsOf(store: Store, articles: Article[]): Promise<string[]> {
  const stories = await store.stories.of(articles.map(({ id }) => id));
  const lists = articles.map(({ id, publisher }) =>
    (stories.get(id)?.publishers ?? [publisher]).toSorted().join('+'),
  );
  return [...new Set(lists)].sort();
}

const remove = ({ place }: Placed, { id }: Article) =>
  inStore(place, `delete from articles where id = '${id}'`);

const rows = ({ place }: Placed, query: string) => inStore(place, query);

const wire = edition('a', textOf(WIRE));
const cut = edition('b', textOf(WIRE.slice(0, 5)));
const rewritten = edition('c', textOf(EDITIONS['a rewritten opening'] ?? []));
const own = edition('d', textOf(OWN_REPORT));
const followUp = edition('e', textOf(FOLLOW_UP));
const [preview1, preview2] = PREVIEWS.map((text, i) => edition('fg'.charAt(i), text)) as [Article, Article];
/** `left` and `right` share nothing; `bridge` holds both. */
const left = edition('h', textOf(WIRE.slice(0, 4)));
const right = edition('i', textOf(WIRE.slice(4)));
const bridge = edition('j', textOf(WIRE));

it('makes one story of copies, with all its publishers, the earliest first', async () => {
  const store = await anOpenStore();
  await putAll(store, [cut, own, wire, rewritten]);

  const stories = await store.stories.of([cut.id, own.id, 'unknown']);

  expect(stories.get(cut.id)).toEqual({
    id: [wire.id, cut.id, rewritten.id].sort()[0],
    articleIds: [wire.id, cut.id, rewritten.id],
    publishers: ['A', 'B', 'C'],
  });
  expect([stories.has(own.id), stories.has('unknown')]).toEqual([false, false]);
});

it('leaves own reports, follow-ups and previews from one template apart', async () => {
  const store = await anOpenStore();
  const all = [wire, own, followUp, preview1, preview2];
  await putAll(store, all);

  expect(await groupsOf(store, all)).toEqual(['A', 'D', 'E', 'F', 'G']);
});

it('groups the same in any order', async () => {
  const all = [
    wire,
    cut,
    rewritten,
    own,
    followUp,
    preview1,
    preview2,
    edition('k', `${preview1.text}\nIt may rain.`),
  ];
  let seed = 20231219;
  const random = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x80000000;
  };

  for (let round = 0; round < 12; round += 1) {
    const store = await anOpenStore();
    const shuffled = all.map((article) => ({ article, key: random() })).sort((a, b) => a.key - b.key);
    await putAll(
      store,
      shuffled.map(({ article }) => article),
    );

    expect(await groupsOf(store, all)).toEqual(['A+B+C', 'D', 'E', 'F+K', 'G']);
  }
});

it('joins two stories when an article arrives that is a copy of both, and parts them when it goes', async () => {
  const store = await anOpenStore();
  await putAll(store, [left, right]);
  expect(await groupsOf(store, [left, right])).toEqual(['H', 'I']);

  await putAll(store, [bridge]);
  expect(await groupsOf(store, [left, right, bridge])).toEqual(['H+I+J']);

  await remove(store, bridge);
  expect(await groupsOf(store, [left, right])).toEqual(['H', 'I']);
  expect(await rows(store, 'select * from copies')).toEqual([]);
  expect(await rows(store, 'select article_id from marks order by 1')).toEqual(
    [left.id, right.id].sort().map((article_id) => ({ article_id })),
  );
});

it('moves an article whose text changes to where it then belongs', async () => {
  const store = await anOpenStore();
  await putAll(store, [wire, cut, own]);

  await putAll(store, [{ ...cut, text: own.text }]);
  expect(await groupsOf(store, [wire, cut, own])).toEqual(['A', 'B+D']);

  await putAll(store, [cut]);
  expect(await groupsOf(store, [wire, cut, own])).toEqual(['A+B', 'D']);

  await putAll(store, [{ ...cut, text: 'Withdrawn.' }]);
  expect(await groupsOf(store, [wire, cut, own])).toEqual(['A', 'B', 'D']);
});

it('keeps its links when an article is stored again unchanged', async () => {
  const store = await anOpenStore();
  await putAll(store, [wire, cut, wire, cut]);

  expect(await groupsOf(store, [wire, cut])).toEqual(['A+B']);
});

it('finds an article removed and stored again', async () => {
  const store = await anOpenStore();
  await putAll(store, [wire, cut]);
  await remove(store, cut);
  expect(await groupsOf(store, [wire])).toEqual(['A']);

  await putAll(store, [cut]);

  expect(await groupsOf(store, [wire, cut])).toEqual(['A+B']);
});

it('sees what another process has stored meanwhile', async () => {
  const place = await storePlace();
  const [one, other] = [await anOpenStore(place), await anOpenStore(place)];
  await putAll(one, [preview1]);
  await putAll(other, [wire]);

  await putAll(one, [cut]);
  await putAll(other, [rewritten]);

  expect(await groupsOf(one, [wire, cut, rewritten])).toEqual(['A+B+C']);
});

it('writes no mark and no link of an article whose transaction fails', async () => {
  const store = await anOpenStore();
  await putAll(store, [wire]);
  const broken = { ...cut, url: null as unknown as string };

  await expect(store.articles.put(broken, [])).rejects.toThrow(/not.null/i);
  await putAll(store, [rewritten]);

  expect(await rows(store, 'select article_id from marks')).toHaveLength(2);
  expect(await groupsOf(store, [wire, cut, rewritten])).toEqual(['A+C', 'B']);
});

it('tells each passage its story', async () => {
  const store = await anOpenStore();
  const chunkOf = (article: Article) => aChunk({ articleId: article.id, text: article.text });
  for (const article of [wire, cut, own]) {
    await store.articles.put(article, [chunkOf(article)]);
  }

  const [ofWire, ofCut, ofOwn] = await store.chunks.passages(
    [wire, cut, own].map((article) => chunkOf(article).id),
  );

  expect(ofCut?.story).toEqual(ofWire?.story);
  expect(ofCut?.story?.publishers).toEqual(['A', 'B']);
  expect(ofOwn).not.toHaveProperty('story');
});

it('links what an older version stored, once, and goes on where it was interrupted', async () => {
  const place = await storePlace();
  const all = [wire, cut, own, rewritten].sort((a, b) => (a.id < b.id ? -1 : 1));
  const old = await openStore(place);
  await putAll(old, all);
  await old.close();
  await inStore(place, 'drop table marks');
  await inStore(place, 'drop table copies');
  await inStore(place, "delete from counters where name = 'marks'");
  await inStore(place, "delete from kysely_migration where name = '0003-stories'");

  const store = await anOpenStore(place);
  expect(await groupsOf(store, all)).toEqual(['A', 'B', 'C', 'D']);
  const steps: number[] = [];
  await store.stories.catchUp(({ done }) => steps.push(done));
  await store.stories.catchUp(({ done }) => steps.push(done));
  expect(await groupsOf(store, all)).toEqual(['A+B+C', 'D']);
  expect(steps).toEqual([4]);

  await inStore(
    place,
    `update settings set value = 'shingles-1 after ${all[1]?.id}' where name = 'stories' `,
  );
  await store.stories.catchUp(({ done }) => steps.push(done));
  expect(steps).toEqual([4, 2]);
  expect(await groupsOf(store, all)).toEqual(['A+B+C', 'D']);
});

it('makes all marks anew when they were made by another method', async () => {
  const store = await anOpenStore();
  await putAll(store, [wire, cut]);
  await inStore(store.place, "insert into settings (name, value) values ('stories', 'simhash-0')");
  await inStore(store.place, 'update marks set marks = substr(marks, 1, 4)');
  await inStore(store.place, 'delete from copies');

  const later = await anOpenStore(store.place);
  await later.stories.catchUp();

  expect(await groupsOf(later, [wire, cut])).toEqual(['A+B']);
});
