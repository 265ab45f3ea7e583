// Replicas that hold Discord's shards between them, killed with -9 one after the other while people ask:
//   DATABASE_URL=postgres://… node bench/discord-replicas.mjs [--kills 10] [--replicas 3] [--shards 8] [--concurrency 1]
// The database must be empty. Each replica passes for a machine of its own: nobody sees that it died, its leases run out.
// Discord lets the bot identify `concurrency` times in five seconds. Exit 1 = shards were away for more than 60 s, a
// question was not answered exactly once, or Discord would not have taken something.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ShardClientUtil } from 'discord.js';
import { loadFakeDiscord, percentile, until } from './discord-kit.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '10' },
    replicas: { type: 'string', default: '3' },
    shards: { type: 'string', default: '8' },
    concurrency: { type: 'string', default: '1' },
  },
});
const COUNT = Number(values.shards);
const ASK_MS = 2_000;
/** Of a server: Discord lets a bot open 50 threads in a channel in some minutes. */
const CHANNELS = 11;
const BAR_MS = 60_000;
/** Longer than it takes by the leases: then something hangs. */
const LONG_MS = 180_000;
const REPLICA = fileURLToPath(new URL('../test/fixtures/discord-replica.mjs', import.meta.url));
const { openFakeDiscord, visibleText } = await loadFakeDiscord();
const discord = await openFakeDiscord({ maxConcurrency: Number(values.concurrency) });
const { gateway, people, state } = discord;
const servers = serversOf();
const ann = state.user('ann');
const asked = [];
const problems = [];

let machines = 0;
function startReplica() {
  machines += 1;
  const options = {
    ...{ apiUrl: discord.apiUrl, token: discord.token, place: process.env.DATABASE_URL, shards: COUNT },
    machine: `machine-${machines}`,
  };
  const child = fork(REPLICA, [], { env: { ...process.env, REPLICA: JSON.stringify(options) } });
  child.on('message', ({ log }) => {
    const line = log && JSON.parse(log);
    if (line?.level >= 40) {
      problems.push(`${line.msg} ${line.why ?? ''}`);
    }
  });
  return child;
}

/** Channels on a server of each shard. */
function serversOf() {
  const found = new Map();
  while (found.size < COUNT) {
    const guild = state.guild(`club ${found.size}`);
    const shard = ShardClientUtil.shardIdForGuildId(guild.id, COUNT);
    found.set(
      shard,
      found.get(shard) ?? Array.from({ length: CHANNELS }, (_, n) => state.channel(guild, `cricket-${n}`)),
    );
  }
  return [...found.values()];
}

/** How long shards were away one by one, in milliseconds: by what was done to the replica that had them. */
const gaps = { killed: [], 'handed over': [], stopped: [] };
let cause = 'handed over';
const missing = new Map();
function watch() {
  const live = new Set(gateway.live().map(({ shard }) => shard[0]));
  for (let shard = 0; shard < COUNT; shard += 1) {
    const lost = missing.get(shard);
    if (!live.has(shard) && !lost) {
      missing.set(shard, { at: Date.now(), cause });
    } else if (live.has(shard) && lost) {
      missing.delete(shard);
      gaps[lost.cause].push(Date.now() - lost.at);
    }
  }
}
const isWhole = () => new Set(gateway.live().map(({ shard }) => shard[0])).size === COUNT;
const answersTo = ({ text, thread }) =>
  [...(state.channels.get(thread)?.messages.values() ?? [])].filter(
    (message) => message.author.isBot && visibleText(message).includes(`This is known of ${text} `),
  ).length;

const replicas = Array.from({ length: Number(values.replicas) }, startReplica);
await until(isWhole, LONG_MS);
console.log(
  `${COUNT} shards over ${replicas.length} replicas, a turn to identify each 5.5 s x ${values.concurrency}`,
);
const watching = setInterval(watch, 50);
let isAsking = true;
const asking = (async () => {
  while (isAsking) {
    for (const channels of servers) {
      const channel = channels[asked.length % CHANNELS];
      const text = `who won match ${asked.length}?`;
      asked.push({ text, thread: people.mention(ann, channel, text).id });
    }
    await sleep(ASK_MS);
  }
})();

const away = [];
for (let kill = 0; kill < Number(values.kills); kill += 1) {
  // Shards that the new replica takes from others are handed over first.
  await sleep(20_000);
  await until(isWhole, LONG_MS);
  cause = 'killed';
  const [victim] = replicas.splice(Math.floor(Math.random() * replicas.length), 1);
  const gone = once(victim, 'exit');
  victim.kill('SIGKILL');
  await gone;
  const at = Date.now();
  const lost = COUNT - gateway.live().length;
  await until(isWhole, LONG_MS);
  away.push(Date.now() - at);
  console.log(`kill ${kill + 1}: ${lost} shards back after ${(away.at(-1) / 1000).toFixed(1)} s`);
  watch();
  cause = 'handed over';
  replicas.push(startReplica());
}
await sleep(30_000);
await until(isWhole, LONG_MS);
cause = 'stopped';
const [leaving] = replicas.splice(0, 1);
leaving.kill('SIGTERM');
await once(leaving, 'exit');
await until(isWhole, LONG_MS);
watch();
clearInterval(watching);
isAsking = false;
await asking;
await until(() => asked.every((one) => answersTo(one) > 0), LONG_MS);
const wrong = asked.filter((one) => answersTo(one) !== 1);
await Promise.all(
  replicas.map((child) => {
    child.kill('SIGTERM');
    return once(child, 'exit');
  }),
);
const worst = Math.max(...away);
const seconds = (ms) => (ms / 1000).toFixed(1);
console.log(
  `shards of a dead replica back: median ${seconds(percentile(away, 0.5))} s, worst ${seconds(worst)} s`,
);
for (const [name, times] of Object.entries(gaps)) {
  const range = `median ${seconds(percentile(times, 0.5))} s, worst ${seconds(Math.max(...times))} s`;
  console.log(`a shard that was ${name}: away ${range} (${times.length})`);
}
console.log(
  `${asked.length} questions, ${wrong.length} not answered exactly once; identifies ${gateway.identifies()}; refused calls ${discord.invalid()}`,
);
console.log(`violations ${discord.violations.length}; warnings ${problems.length}`);
for (const line of [
  ...discord.violations,
  ...new Set(problems),
  ...wrong.map((one) => JSON.stringify(one)),
].slice(0, 12)) {
  console.log(`  ${line}`);
}
await discord.close();
process.exitCode = worst <= BAR_MS && wrong.length === 0 && discord.violations.length === 0 ? 0 : 1;
