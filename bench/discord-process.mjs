// The bot of the measurements, in a process of its own: the Discord adapter over the real core and store, with a
// scripted generator. Told what to do by its parent (discord-kit.mjs); settings come as JSON in BOT:
//   apiUrl, token, shards, dataDir, concurrent, paceMs (between sentences), factor (time runs so much faster), plain (only a client)
import { Client, Events, GatewayIntentBits as Intents, Options } from 'discord.js';
import { pino } from 'pino';
import { createDiscordBot } from '#src/bots/discord/discord-bot.js';
import { createGuildSettings } from '#src/bots/discord/guild-settings.js';
import { createIdHash } from '#src/bots/id-hash.js';
import { createBots } from '#src/bots/open-bots.js';
import { realTimers } from '#src/bots/timers.js';
import { openStore } from '#src/store/open-store.js';
import { sentencesFor } from './discord-kit.mjs';
import { watchStalls } from './watch-stalls.mjs';

const {
  apiUrl,
  concurrent = 4,
  dataDir,
  factor = 1,
  paceMs = 50,
  plain = false,
  sharding = 'inside',
  shards,
  token,
} = JSON.parse(process.env.BOT);
const log = pino({ level: 'warn' }, { write: (line) => process.send({ problem: line }) });
watchStalls((ms, cpu) => process.send({ stall: { ms, cpu } }));
const memory = () => {
  globalThis.gc?.();
  globalThis.gc?.();
  return { rss: process.memoryUsage().rss, heap: process.memoryUsage().heapUsed };
};
const before = memory();
const stop = await (plain ? startPlain() : startBot());
process.send({ before, ...(await settled()) });

process.on('message', (word) => void obey(word));

async function obey(word) {
  if (word === 'memory') {
    process.send(await settled());
  } else if (word === 'stop') {
    await stop();
    process.exit(0);
  }
}

async function settled() {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return memory();
}

/** A client with its optional caches off, for comparison. */
async function startPlain() {
  const client = new Client({
    intents: [Intents.Guilds, Intents.GuildMessages, Intents.DirectMessages],
    rest: { api: apiUrl },
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      PresenceManager: 0,
      GuildMemberManager: 0,
      UserManager: 0,
      ThreadManager: 0,
    }),
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  await ready;
  return () => client.destroy();
}

async function startBot() {
  const store = await openStore(dataDir);
  // `factor` > 1: the time of leases, limits and retention runs so much faster; what waits for a call waits as long as ever.
  const started = Date.now();
  const clock = () => new Date(started + (Date.now() - started) * factor);
  const timers = {
    after: realTimers.after,
    every: (ms, run) => realTimers.every(ms / factor, run),
  };
  const platform = createDiscordBot(
    {
      ...{ clock: () => new Date(), newsClock: clock, timers: realTimers, log },
      settings: createGuildSettings(store.guildSettings, clock),
      feeds: async () => [],
    },
    {
      ...{ token, apiUrl, shards, sharding, hasChannelLists: false },
      ...{ messageContent: 'auto', callTimeoutMs: 15_000 },
    },
  );
  const bots = createBots(
    {
      ask,
      store: store.conversations,
      platforms: [platform],
      hashId: createIdHash('a secret of the measurements'),
      log,
      clock,
      timers,
      owner: `bench ${process.pid}`,
      isGone: () => false,
    },
    {
      ...{ concurrent, waiting: 10_000, answerSeconds: 300, graceSeconds: 5, retentionDays: 1 },
      limits: { minutes: 10, user: 0, channel: 0, workspace: 0, all: 0 },
      ...{ channels: { allow: [], deny: [] }, users: { allow: [], deny: [] } },
    },
  );
  await bots.start();
  return async () => {
    await bots.stop();
    await store.close();
  };
}

async function* ask({ text }) {
  yield { type: 'status', text: 'reading 2 articles' };
  const citations = [1, 2].map((n) => ({
    ...{
      n,
      url: `https://news.example/report-${n}`,
      title: `Report ${n}`,
      publisher: 'The Example',
      quote: 'as it was said',
    },
    publishedAt: '2023-12-19T13:05:00.000Z',
  }));
  const sentences = sentencesFor(text);
  for (const citation of citations) {
    yield { type: 'citation', citation };
  }
  for (const [at, sentence] of sentences.entries()) {
    if (at === 0) {
      process.send({ first: text, at: Date.now() });
    } else if (paceMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, paceMs));
    }
    yield { type: 'delta', text: sentence };
  }
  const answer = {
    text: sentences.join(''),
    citations,
    retrieved: [],
    abstained: false,
    publishersAgree: 0,
    warnings: [],
    dropped: 0,
    generator: 'test',
  };
  yield { type: 'done', answer };
}
