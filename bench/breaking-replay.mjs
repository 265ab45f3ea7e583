// Breaking stories over 30 days of a collection: node bench/breaking-replay.mjs DATA_DIR FIRST_DAY [--publishers N] [--within MINUTES]
// DATA_DIR was ingested from the kit; a copy: indexes are opened in it. The product's own look, digests and delivery run on
// the collection's clock, for channels that follow all and some teams, with a digest each morning; what is posted goes to a
// post office on a socket. After each article that comes in is looked at the next full five minutes, as the program does:
// a look with nothing new finds nothing new. VERBOSE=1 prints what was told.
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import { nextDue } from '#src/digests/due.js';
import { lookForBreaking } from '#src/digests/look-for-breaking.js';
import { createDigests } from '#src/digests/open-digests.js';
import { subscriptionId } from '#src/digests/subscription.js';
import { createLog } from '#src/log.js';
import { openDigests } from '#src/open-digests.js';
import { createHold } from '#src/ops/hold.js';
import { openRag } from '#src/rag/open-rag.js';
import { ragSettings } from '#src/rag-settings.js';
import { openStore } from '#src/store/open-store.js';
import { openPostOffice, postOfficePlatform } from '../test/fixtures/post-office.mjs';
import { benchFolder, OPTIONS } from './digest-kit.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    publishers: { type: 'string', default: '3' },
    within: { type: 'string', default: '60' },
    most: { type: 'string', default: '3' },
  },
});
const [dataDir, firstDay] = positionals;
const DAYS = 30;
const DAY_MS = 86_400_000;
const LOOK_MS = 5 * 60_000;
const limits = {
  publishers: Number(values.publishers),
  withinMs: Number(values.within) * 60_000,
  toldDays: OPTIONS.toldDays,
};
const CHANNELS = {
  all: { teams: [] },
  'one a day': { teams: [], breaking: 1 },
  'England, Australia': { teams: ['England', 'Australia'] },
  India: { teams: ['India'] },
};

const settings = loadSettings({});
const rags = ragSettings({ ...settings, dataDir, embedding: { ...settings.embedding, model: 'none' } }, {});
const names = loadCricketNames();
const source = await openStore(dataDir);
let now = new Date(firstDay);
const clock = () => now;
const log = createLog('error');
const rag = await openRag(
  { log, guard: { swearing: false }, names, clock, openStore: async () => source },
  rags,
);
const news = openDigests({ names, store: source, stories: rag.stories });
const articles = new Map();
for await (const article of source.articles.all()) {
  articles.set(article.id, article);
}
const end = Date.parse(firstDay) + DAYS * DAY_MS;
const looks = new Set(
  [...articles.values()]
    .map(({ publishedAt }) => Math.ceil(Date.parse(publishedAt) / LOOK_MS) * LOOK_MS)
    .filter((at) => at >= now.getTime() && at < end),
);
const mornings = Array.from({ length: DAYS }, (_, day) => Date.parse(firstDay) + day * DAY_MS + DAY_MS / 3);

const workDir = benchFolder();
const store = await openStore(workDir);
const office = await openPostOffice();
/** What the office is given beside the text: which stories it is. */
const port = postOfficePlatform(office.url);
const platform = {
  ...port,
  render: (letter) =>
    JSON.stringify({
      ...JSON.parse(port.render(letter)),
      isBreaking: letter.breaking !== undefined,
      items: letter.digest.items,
      toldAt: now.toISOString(),
    }),
};
const hold = createHold({ claims: store.claims, owner: 'one', clock, every: () => () => {} });
const digests = createDigests(
  {
    ...{ store: store.digests, compose: news.compose, platforms: [platform], hold, clock, log },
    ...{ timers: { after: () => () => {} }, owner: 'one', isGone: () => false },
  },
  OPTIONS,
);
for (const [channel, { breaking = Number(values.most), teams }] of Object.entries(CHANNELS)) {
  const place = { platform: 'office', tenant: '', channel };
  const own = {
    ...{ time: '08:00', zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], length: 12, language: 'en' },
    ...{
      following: { teams, leagues: [], formats: [], sides: [] },
      spoilers: 'show',
      quiet: 'line',
      breaking,
    },
  };
  await store.subscriptions.put(
    { id: subscriptionId(place), ...place, settings: own, isPaused: false },
    { ...nextDue(own, now), plannedAt: now.toISOString() },
  );
}
const signal = new AbortController().signal;
for (const at of [...new Set([...looks, ...mornings])].sort((a, b) => a - b)) {
  now = new Date(at);
  const looking = { store: store.digests, platforms: [platform], hold, clock, log };
  await lookForBreaking({ ...looking, readWindow, tellBreaking: news.tellBreaking }, limits, signal);
  await digests.tick();
  await digests.idle();
}

for (const channel of Object.keys(CHANNELS)) {
  const messages = office.channels.get(channel) ?? [];
  const told = messages.filter(({ isBreaking }) => isBreaking);
  const count = {
    posted: told.length,
    digests: messages.length - told.length,
    twice: 0,
    again: 0,
    mostADay: 0,
  };
  const known = new Set();
  const perDay = new Map();
  for (const { isBreaking, items, localDate } of messages) {
    const ids = items.filter(({ isUpdate }) => !isUpdate).flatMap(({ articleIds }) => articleIds);
    const isKnown = ids.some((id) => known.has(id));
    count[isBreaking ? 'twice' : 'again'] += isKnown;
    if (isBreaking) {
      perDay.set(localDate, (perDay.get(localDate) ?? 0) + 1);
      for (const id of ids) {
        known.add(id);
      }
    }
  }
  count.mostADay = Math.max(0, ...perDay.values());
  const late = told
    .map(({ items, toldAt }) => (Date.parse(toldAt) - nthPublisher(items[0])) / 60_000)
    .sort((a, b) => a - b);
  console.log(
    `${channel}: ${JSON.stringify(count)}, minutes after the publisher number ${limits.publishers}: p50 ${late[Math.floor(late.length / 2)] ?? '-'}, most ${late.at(-1) ?? '-'}`,
  );
  for (const { items, toldAt } of process.env.VERBOSE ? told : []) {
    console.log(`  ${toldAt} ${items[0].articleIds.map((id) => articles.get(id).title).join(' | ')}`);
  }
}

/** All pages of the kit are of one host: each publisher gets a site of its own, as in the world. */
async function readWindow(window, own) {
  const siteOf = (publisher) => publisher.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return (await news.readRecent(window, own)).map((story) => ({
    ...story,
    articles: story.articles.map((one) => ({
      ...one,
      url: `https://${siteOf(one.publisher)}.example/${one.id}`,
    })),
  }));
}

/** When the last of so many publishers first told it, which made it break. */
function nthPublisher({ articleIds }) {
  const firsts = new Map();
  for (const id of articleIds) {
    const { publishedAt, publisher } = articles.get(id);
    firsts.set(
      publisher,
      Math.min(firsts.get(publisher) ?? Number.POSITIVE_INFINITY, Date.parse(publishedAt)),
    );
  }
  const times = [...firsts.values()].sort((a, b) => a - b);
  const first = times.findIndex((time, i) => times[i + limits.publishers - 1] - time <= limits.withinMs);
  return times[first + limits.publishers - 1];
}

await digests.stop();
await news.close();
await rag.close();
await Promise.all([store.close(), source.close(), office.close()]);
rmSync(workDir, { recursive: true });
