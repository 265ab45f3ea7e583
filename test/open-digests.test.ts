// Digests of a real store, index and comparing thread: cricket of three days by four publishers.
import { expect, it, onTestFinished } from 'vitest';
import { loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import { breakingStories } from '#src/digests/breaking.js';
import type { DigestOrder, ToldStory } from '#src/digests/ports.js';
import type { Article } from '#src/domain.js';
import { createLog } from '#src/log.js';
import { openDigests } from '#src/open-digests.js';
import { createChunker } from '#src/rag/index/chunk.js';
import { openRag } from '#src/rag/open-rag.js';
import { ragSettings } from '#src/rag-settings.js';
import { openStore } from '#src/store/open-store.js';
import { anArticle } from './helpers/builders.js';
import { tempFolder } from './helpers/temp-folder.js';

const signal = new AbortController().signal;

function report(name: string, publishedAt: string, publisher: string, title: string, text: string): Article {
  return anArticle({ url: `https://${name}.example/news`, publishedAt, publisher, title, text });
}

const AUCTION = report(
  'auction',
  '2023-12-19T09:00:00.000Z',
  'The Example',
  'Starc breaks auction record',
  'Mitchell Starc was sold to Kolkata Knight Riders for 24.75 crore rupees in Dubai on Tuesday. The fast bowler Starc passed the 20.5 crore that Sunrisers Hyderabad had paid for Pat Cummins an hour earlier. Kolkata Knight Riders outbid Gujarat Titans.',
);
const SECOND_AUCTION = report(
  'second',
  '2023-12-19T10:30:00.000Z',
  'Sample Sport',
  'Knight Riders pay 24.75 crore for Starc',
  'Kolkata Knight Riders made Mitchell Starc the dearest player of the auction in Dubai. Starc cost 24.75 crore, more than Pat Cummins, whom Sunrisers Hyderabad bought for 20.5 crore. Gujarat Titans had bid as well.',
);
const ODI = report(
  'odi',
  '2023-12-19T16:30:00.000Z',
  'Harbour Times',
  'South Africa beat India by eight wickets in second ODI',
  'South Africa beat India by eight wickets in the second ODI at Gqeberha on Tuesday. Tony de Zorzi made an unbeaten 119 for South Africa. India were all out for 211.',
);
const PREVIEW = report(
  'preview',
  '2023-12-19T17:00:00.000Z',
  'Harbour Times',
  'Decider awaits in Paarl',
  'South Africa face India in the third ODI on Wednesday. Aiden Markram leads the home side in Paarl. Temba Bavuma rests.',
);
const NEXT_DAY = report(
  'next',
  '2023-12-20T09:00:00.000Z',
  'Sample Sport',
  'Starc delighted with Knight Riders deal',
  'Mitchell Starc said Kolkata Knight Riders had surprised his family in Sydney with their offer. Starc will miss the Big Bash to prepare for the league. The 24.75 crore came in Dubai after bids by Gujarat Titans against Kolkata Knight Riders.',
);
const SAID_AGAIN = report(
  'again',
  '2023-12-20T10:00:00.000Z',
  'The Late Copy',
  'Starc the most expensive at the auction',
  'Mitchell Starc was sold to Kolkata Knight Riders for 24.75 crore rupees in Dubai. Starc passed the 20.5 crore that Sunrisers Hyderabad had paid for Pat Cummins.',
);

async function digestsOf(articles: Article[]) {
  const settings = loadSettings({});
  const dataDir = tempFolder();
  const store = await openStore(dataDir);
  const chunk = createChunker(settings.chunks);
  for (const article of articles) {
    await store.articles.put(article, await chunk(article), { at: article.publishedAt, isHistory: true });
  }
  const embedding = { ...settings.embedding, model: 'none' };
  const names = loadCricketNames();
  const rag = await openRag(
    {
      log: createLog('silent'),
      guard: { swearing: false },
      names,
      clock: () => new Date('2023-12-21T00:00:00Z'),
      openStore: async () => store,
    },
    ragSettings({ ...settings, dataDir, embedding }, {}),
  );
  const digests = openDigests({ names, store, stories: rag.stories });
  onTestFinished(async () => {
    await digests.close();
    await rag.close();
    await store.close();
  });
  return digests;
}

function anOrder(parts: Partial<DigestOrder> = {}): DigestOrder {
  return {
    from: '2023-12-19T07:00:00.000Z',
    to: '2023-12-19T23:00:00.000Z',
    following: { teams: [], leagues: [], formats: [], sides: [] },
    length: 10,
    language: 'en',
    told: [],
    ...parts,
  };
}

const NEXT = { from: '2023-12-19T23:00:00.000Z', to: '2023-12-20T23:00:00.000Z' };

it('tells one event once, with every publisher that bears it out, and hides results on request', async () => {
  const { compose } = await digestsOf([AUCTION, SECOND_AUCTION, ODI, PREVIEW]);

  const digest = await compose(anOrder(), signal);

  const auction = digest.items.find(({ articleIds }) => articleIds.includes(AUCTION.id));
  expect(auction?.articleIds).toContain(SECOND_AUCTION.id);
  expect(auction?.text).toContain('24.75 crore');
  const odi = digest.items.find(({ articleIds }) => articleIds.includes(ODI.id));
  expect(odi?.text).toContain('eight wickets');
  expect(odi?.withoutResult).toMatch(/^Result: South Africa v India, second ODI (\[\d\])+$/);
  expect(digest.fixtures).toEqual([
    { day: '2023-12-20', text: expect.stringMatching(/^South Africa v India, third ODI \[\d\]$/) },
  ]);
  expect(
    digest.items.flatMap(({ text }) => [...text.matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n))),
  ).toSatisfy((numbers: number[]) => numbers.every((n) => digest.citations[n - 1]?.n === n));
});

it('tells of a story that was told only what is new, and nothing where nothing is', async () => {
  const { compose } = await digestsOf([AUCTION, SECOND_AUCTION, NEXT_DAY, SAID_AGAIN]);
  const [first] = (await compose(anOrder(), signal)).items;
  const told: ToldStory[] = [
    { storyId: first?.storyId ?? '', articleIds: first?.articleIds ?? [], at: '2023-12-19T23:00:00.000Z' },
  ];

  const { items } = await compose(anOrder({ ...NEXT, told }), signal);
  const [after] = items;
  const again = await compose(
    anOrder({
      ...NEXT,
      told: [
        ...told,
        { ...told[0], articleIds: after?.articleIds ?? [], storyId: first?.storyId ?? '', at: NEXT.to },
      ],
    }),
    signal,
  );

  expect(items).toHaveLength(1);
  expect(after).toMatchObject({ isUpdate: true, storyId: first?.storyId });
  expect(after?.text).toContain('family in Sydney');
  expect(after?.text).not.toContain('was sold to');
  expect(again.items).toEqual([]);
});

it('tells at once what three houses run within the hour, and not again in the digest', async () => {
  const at = (article: Article, time: string) => ({ ...article, publishedAt: `2023-12-19T${time}:00.000Z` });
  const reports = [at(AUCTION, '11:20'), at(SECOND_AUCTION, '11:40'), at(SAID_AGAIN, '11:55')];
  const { compose, readRecent, tellBreaking } = await digestsOf([...reports, ODI]);
  const window = { from: '2023-12-19T10:00:00.000Z', to: '2023-12-19T12:00:00.000Z' };

  const stories = await readRecent(window, signal);
  const limits = { publishers: 3, withinMs: 3_600_000 };
  const [story, ...rest] = breakingStories(stories, new Date(window.to), limits);
  const digest = story && (await tellBreaking(story, { ...window, language: 'en' }, signal));

  expect(rest).toEqual([]);
  const [item] = digest?.items ?? [];
  expect(item?.text).toContain('24.75 crore');
  expect(item?.text).toMatch(/\[1\]/);
  expect(digest?.citations[0]?.url).toMatch(/^https:\/\/(?:auction|second|again)\.example/);
  const told = [{ storyId: item?.storyId ?? '', articleIds: item?.articleIds ?? [], at: window.to }];
  const { items } = await compose(anOrder({ told }), signal);
  expect(items.map(({ articleIds }) => articleIds)).toEqual([[ODI.id]]);
});

it('keeps to what is followed, and calls a day quiet when nothing is', async () => {
  const { compose } = await digestsOf([AUCTION, ODI]);
  const none = { teams: [], leagues: [], formats: [], sides: [] };

  const ofIndia = await compose(anOrder({ following: { ...none, teams: ['India'] } }), signal);
  const ofWomen = await compose(anOrder({ following: { ...none, sides: ['women'] } }), signal);

  expect(ofIndia.items.map(({ articleIds }) => articleIds)).toEqual([[ODI.id]]);
  expect(ofWomen).toMatchObject({ items: [], fixtures: [], stories: 0, citations: [] });
});
