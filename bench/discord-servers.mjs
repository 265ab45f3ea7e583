// What many servers cost:
//   node bench/discord-servers.mjs memory [--guilds 1000] [--channels 100]
//   node bench/discord-servers.mjs shards [--guilds 10000] [--channels 20] [--shards 4]
// memory: RSS of the bot before and after so many servers are published, beside a plain client of discord.js with its
// optional caches off. shards: two processes, each with half of the shards. Exit 1 = more than 200 MB, or an error.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadFakeDiscord, startBot } from './discord-kit.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    guilds: { type: 'string' },
    channels: { type: 'string' },
    shards: { type: 'string', default: '4' },
  },
});
const [mode = 'memory'] = positionals;
const isMemory = mode === 'memory';
const crowd = {
  guilds: Number(values.guilds ?? (isMemory ? 1000 : 10_000)),
  channels: Number(values.channels ?? (isMemory ? 100 : 20)),
};
const { openFakeDiscord } = await loadFakeDiscord();
const folders = [0, 1].map(() => mkdtempSync(path.join(tmpdir(), 'discord-servers-')));
const mb = (bytes) => Math.round(bytes / 1e6);
const isGood = await (isMemory ? memory() : shards());
for (const folder of folders) {
  rmSync(folder, { recursive: true });
}
process.exitCode = isGood ? 0 : 1;

async function memory() {
  const grown = {};
  for (const name of ['none', 'plain', 'bot']) {
    const discord = await openFakeDiscord({ crowd: name === 'none' ? { guilds: 0, channels: 0 } : crowd });
    const bot = await startBot(discord, { dataDir: folders[0], plain: name === 'plain' });
    const { before, heap, rss } = bot.started;
    grown[name] = { rss, heap };
    console.log(`${name.padEnd(6)} before ${mb(before.rss)} MB, after ${mb(rss)} MB (heap ${mb(heap)} MB)`);
    await bot.stop();
    await discord.close();
  }
  const growth = grown.bot.rss - grown.none.rss;
  console.log(
    `${crowd.guilds} servers with ${crowd.channels} channels each: the bot grows by ${mb(growth)} MB RSS, ${mb(grown.bot.heap - grown.none.heap)} MB heap`,
  );
  return growth <= 200e6;
}

async function shards() {
  const count = Number(values.shards);
  const discord = await openFakeDiscord({ crowd, shards: count });
  const halves = [0, 1].map((half) =>
    Array.from({ length: count }, (_, n) => n).filter((n) => n % 2 === half),
  );
  const started = Date.now();
  const bots = await Promise.all(
    halves.map((own, half) =>
      startBot(
        discord,
        { dataDir: folders[half], shards: count },
        { SHARDS: JSON.stringify(own), SHARD_COUNT: String(count) },
      ),
    ),
  );
  const problems = bots.flatMap((bot) => bot.problems);
  console.log(
    `${crowd.guilds} servers with ${crowd.channels} channels, ${count} shards in 2 processes: ready after ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  console.log(
    `sessions ${discord.gateway
      .live()
      .map(({ shard }) => shard.join('/'))
      .join(' ')}; RSS ${bots.map(({ started: { rss } }) => mb(rss)).join(' and ')} MB`,
  );
  console.log(`violations ${discord.violations.length}; problems ${problems.length}`);
  for (const line of [...discord.violations, ...problems].slice(0, 5)) {
    console.log(`  ${line}`);
  }
  const isWhole = discord.gateway.live().length === count;
  await Promise.all(bots.map((bot) => bot.stop()));
  await discord.close();
  return isWhole && problems.length === 0 && discord.violations.length === 0;
}
