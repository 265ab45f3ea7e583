// Questions that wait, over 30 days of a collection: node bench/tell-me-when.mjs DATA_DIR FIRST_DAY QUESTIONS.json [WORK_DIR]
// DATA_DIR was ingested from the kit; its articles come in again by their own dates, four times a day, into a store of
// their own, and after each round the product's own job looks at what waits (src/digests/watch.ts, rag.seekNews). A question names
// the kit's articles that answer it; [] = none does. Told rightly = told once, and an article that is named is cited.
// MODEL=folder of the embedding model; without it words alone find. LLM_BASE_URL=a model server that decides (and
// LLM_MODEL, LLM_API_KEY); without it words alone do. VERBOSE=1 prints what was told.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import { askAgain } from '#src/digests/watch.js';
import { createLog } from '#src/log.js';
import { openRag } from '#src/rag/open-rag.js';
import { ragSettings } from '#src/rag-settings.js';
import { openStore } from '#src/store/open-store.js';

const [dataDir, firstDay, questionsFile, given] = process.argv.slice(2);
const workDir = given ?? mkdtempSync(path.join(tmpdir(), 'tell-me-when-'));
const DAY_MS = 86_400_000;
const DAYS = 30;
const ROUND_MS = DAY_MS / 4;
/** After a round comes in it can be searched, and questions are asked. */
const INDEXED_MS = 900_000;
const PLACE = { platform: 'bench', tenant: '', channel: 'c', thread: 't' };

const kitName = (url) => new URL(url).pathname.slice(1).replace(/\.html$/, '');
const questions = JSON.parse(readFileSync(questionsFile, 'utf8'));
const source = await openStore(dataDir);
const articles = [];
for await (const article of source.articles.all()) {
  articles.push(article);
}
articles.sort((a, b) => (a.publishedAt < b.publishedAt ? -1 : 1));
const chunksOf = new Map();
const all = await source.chunks.changesAfter(0, 1_000_000);
for (const chunk of all.puts) {
  chunksOf.set(chunk.articleId, [...(chunksOf.get(chunk.articleId) ?? []), chunk]);
}

let now = new Date(firstDay);

const settings = loadSettings({});
const embedding = { ...settings.embedding, model: process.env.MODEL ?? 'none' };
const wanted = { ...settings, dataDir: workDir, embedding, chroma: { ...settings.chroma, mode: 'exact' } };
const store = await openStore(workDir);
const rag = await openRag(
  {
    log: createLog('error'),
    guard: { swearing: false },
    names: loadCricketNames(),
    clock: () => now,
    openStore: async () => store,
  },
  ragSettings(wanted, {}),
);
const signal = new AbortController().signal;
const hold = async (_claim, own, work) => ({ result: await work(own) });
const platform = {
  name: PLACE.platform,
  news: async ({ id }, answer) => {
    told.push({ id, at: now.toISOString(), answer });
    return { channel: PLACE.channel, payload: answer.text };
  },
};
const told = [];
let [looks, slowestMs, offered] = [0, 0, 0];
async function seekNews(waiting, own) {
  const start = performance.now();
  try {
    return await rag.seekNews(waiting, own);
  } finally {
    looks += 1;
    slowestMs = Math.max(slowestMs, performance.now() - start);
  }
}

let next = 0;
await takeIn();
for (let round = 1; round <= DAYS * 4; round += 1) {
  for (const [at, { asked, question }] of questions.entries()) {
    if (Date.parse(asked) <= now.getTime() && Date.parse(asked) > now.getTime() - ROUND_MS) {
      await wait(String(at), question);
    }
  }
  now = new Date(Date.parse(firstDay) + round * ROUND_MS);
  await takeIn();
  await askAgain(
    {
      ...{ store: store.watches, seekNews, platforms: [platform], hold, clock: () => now },
      ...{ isCurrent: async () => true, log: createLog('warn') },
    },
    signal,
  );
}

/** What was published up to now comes in, with the vectors that it had. */
async function takeIn() {
  for (; articles[next] && articles[next].publishedAt <= now.toISOString(); next += 1) {
    const chunks = chunksOf.get(articles[next].id) ?? [];
    await store.articles.put(articles[next], chunks, { at: now.toISOString() });
    const key = process.env.MODEL && `${path.basename(process.env.MODEL)}-384`;
    const vectors = key
      ? await source.vectors.vectors(
          key,
          chunks.map(({ id }) => id),
        )
      : new Map();
    await store.vectors.putVectors(
      key,
      [...vectors].map(([id, vector]) => ({ id, vector })),
    );
  }
  await rag.catchUp();
}

/** As when somebody asks, and taps "Tell me when"; counts how often the answer of that moment offers it. */
async function wait(id, question) {
  for await (const event of rag.ask({ id, text: question }, signal)) {
    offered += event.type === 'done' && event.answer.verdict === 'not-enough';
  }
  const until = new Date(now.getTime() + 14 * DAY_MS).toISOString();
  const askedAt = new Date(now.getTime() + INDEXED_MS).toISOString();
  const watch = {
    id,
    ...PLACE,
    userKey: id,
    question,
    earlier: [],
    since: now.toISOString(),
    until,
    askedAt,
  };
  await store.watches.put(watch, { ofUser: 10, ofChannel: 100 }, now.toISOString());
}

const count = { answered: 0, right: 0, beside: 0, unanswered: 0, wrong: 0, twice: 0 };
for (const [at, { articles: gold, question }] of questions.entries()) {
  const own = told.filter(({ id }) => id === String(at));
  const cited = own.flatMap(({ answer }) => answer.citations.map(({ url }) => kitName(url)));
  const isRight = cited.some((name) => gold.includes(name));
  count.twice += own.length > 1;
  if (gold.length > 0) {
    count.answered += 1;
    count.right += isRight;
    count.beside += own.length > 0 && !isRight;
  } else {
    count.unanswered += 1;
    count.wrong += own.length > 0;
  }
  const isGood = gold.length > 0 ? isRight : own.length === 0;
  if (process.env.VERBOSE || !isGood) {
    const said = own
      .map(({ answer, at: when }) => `${when.slice(0, 13)} ${cited} ${answer.text}`)
      .join(' | ');
    console.log(`${isGood ? 'good' : 'BAD '} ${question} [${gold}] -> ${said || 'nothing'}`);
  }
}
const share = (n, of) => (n / Math.max(1, of)).toFixed(3);
console.log(JSON.stringify({ ...count, offered, looks, slowestMs: Math.round(slowestMs) }));
console.log(
  `told ${share(count.right, count.answered)}, told wrongly ${share(count.wrong + count.beside, questions.length)} of all (${share(count.wrong, count.unanswered)} of those that nothing answers), twice ${count.twice}`,
);
await rag.close();
await store.close();
await source.close();
