// A digest a day over 30 days of a collection, as one reader gets them: node bench/digest-replay.mjs DATA_DIR FIRST_DAY [PAIRS.json]
// Every sentence is checked anew against what it cites; pairs that people labelled as one story must never stand in one
// digest; a story that was told comes again only as an update. Prints the digests with VERBOSE=1.
import { createHistogram } from 'node:perf_hooks';
import { renderDigest } from '#src/bots/terminal/render-digest.js';
import { createStyle } from '#src/bots/terminal/style.js';
import { readPairs } from './digest-data.mjs';
import { openNews } from './digest-news.mjs';

const [dataDir, firstDay, pairsFile] = process.argv.slice(2);
const DAY_MS = 86_400_000;
const DAYS = 30;
/** As long as told stories are kept for a subscription. */
const KEPT_DAYS = 7;

const news = await openNews(dataDir, new Date(Date.parse(firstDay) + DAYS * DAY_MS));
const style = createStyle({ isTTY: false, columns: 100 }, { noColor: true });
const signal = new AbortController().signal;
const kitName = new Map();
for await (const { id, url } of news.store.articles.all()) {
  kitName.set(
    id,
    new URL(url).pathname
      .slice(1)
      .replace(/\.html$/, '')
      .replaceAll('/', '-'),
  );
}
const same = pairsFile ? readPairs(pairsFile).filter((pair) => pair.same) : [];

let told = [];
const totals = {
  items: 0,
  updates: 0,
  sentences: 0,
  unsupported: 0,
  dropped: 0,
  twice: 0,
  again: 0,
  fixtures: 0,
  hidden: 0,
  spoilt: 0,
  slowest: 0,
};
const loop = createHistogram();
for (let day = 0; day < DAYS; day += 1) {
  const from = new Date(Date.parse(firstDay) + day * DAY_MS).toISOString();
  const to = new Date(Date.parse(firstDay) + (day + 1) * DAY_MS).toISOString();
  const following = { teams: [], leagues: [], formats: [], sides: [] };
  const start = performance.now();
  const digest = await watched(() =>
    news.compose({ from, to, following, length: 12, language: 'en', told }, signal),
  );
  totals.slowest = Math.max(totals.slowest, performance.now() - start);
  await judge(digest);
  if (process.env.VERBOSE) {
    console.log(`\n${renderDigest(digest, { style, timeZone: 'UTC', now: new Date(to) })}`);
  }
  told = told.filter(({ at }) => Date.parse(at) > Date.parse(to) - KEPT_DAYS * DAY_MS);
  told.push(...digest.items.map(({ articleIds, storyId }) => ({ storyId, articleIds, at: to })));
}
console.log(JSON.stringify({ ...totals, slowest: Math.round(totals.slowest) }));
console.log(
  `event loop delay p99 ${(loop.percentile(99) / 1e6).toFixed(0)} ms, most ${(loop.max / 1e6).toFixed(0)} ms; peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
);
await news.close();

/** The time between turns of the loop while it works; the monitor of node would count the judging between two days, too. */
async function watched(work) {
  let last = performance.now();
  const note = () => {
    const now = performance.now();
    loop.record(Math.max(1, Math.round((now - last) * 1e6)));
    last = now;
  };
  const timer = setInterval(note, 5);
  try {
    return await work();
  } finally {
    note();
    clearInterval(timer);
  }
}

async function judge({ citations, dropped, fixtures, items }) {
  totals.items += items.length;
  totals.fixtures += fixtures.length;
  totals.dropped += dropped;
  for (const { isUpdate, text, withoutResult } of items) {
    totals.updates += isUpdate;
    await check(text, citations);
    if (withoutResult !== undefined) {
      totals.hidden += 1;
      totals.spoilt += /\d+[-–/]\d+/.test(withoutResult.replace(/\[\d+\]/g, ''));
      await check(withoutResult.replace(/^Result: /, ''), citations);
    }
  }
  for (const { text } of fixtures) {
    await check(text, citations);
  }
  const known = new Set(told.flatMap(({ articleIds }) => articleIds));
  for (const { articleIds, isUpdate } of items) {
    totals.again += !isUpdate && articleIds.some((id) => known.has(id));
  }
  const place = new Map(items.flatMap(({ articleIds }, i) => articleIds.map((id) => [kitName.get(id), i])));
  for (const { a, b } of same) {
    if (place.has(a) && place.has(b) && place.get(a) !== place.get(b)) {
      totals.twice += 1;
      console.log('one story twice in a digest:', a, b);
    }
  }
}

/** Each run of sentences up to its markers, against the articles that these name. */
async function check(text, citations) {
  for (const { groups } of text.matchAll(/(?<said>.+?)\s*(?<markers>(?:\[\d+\])+)(?:\s|$)/gs)) {
    const urls = [...groups.markers.matchAll(/\d+/g)].map(([n]) => citations[Number(n) - 1].url);
    const articles = await Promise.all(urls.map((url) => news.store.articles.find('', url)));
    const ids = articles.map(({ id }) => id);
    const chunks = await news.store.digestNews.firstChunks(ids, 100);
    const passages = await news.store.chunks.passages([...chunks.values()].flat());
    for (const sentence of groups.said.split(/(?<=[.!?]["”']?)\s+(?=[\p{Lu}"“[])/u)) {
      totals.sentences += 1;
      if (!news.isBorneOut(sentence, passages)) {
        totals.unsupported += 1;
        console.log('unsupported:', sentence, groups.markers);
      }
    }
  }
}
