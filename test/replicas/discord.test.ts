// Replicas of the bot on Discord, processes with discord.js over one PostgreSQL: each holds its part of the shards, and
// whatever becomes of one, its servers are answered by another, once.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ShardClientUtil } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import type { FakeDiscord } from '../fakes/discord/open-fake-discord.js';
import { visibleText } from '../fakes/discord/read-message.js';
import type { FakeChannel } from '../fakes/discord/state.js';
import { startDiscord } from '../helpers/discord.js';
import { until } from '../helpers/processes.js';
import { tempDatabase } from '../helpers/store-place.js';

const PROCESS = fileURLToPath(new URL('../fixtures/discord-replica.mjs', import.meta.url));
const SHARDS = 4;
/** A busy machine starts a process in no hurry, and shards are opened one by one. */
const LONG_MS = 90_000;

interface Replica {
  child: ChildProcess;
  asked: string[];
  log: string[];
}

function startReplica(discord: FakeDiscord, place: string): Replica {
  const options = { apiUrl: discord.apiUrl, token: discord.token, place, shards: SHARDS };
  const child = fork(PROCESS, [], { env: { ...process.env, REPLICA: JSON.stringify(options) } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const replica: Replica = { child, asked: [], log: [] };
  child.on('message', (message: { asked?: string; log?: string }) => {
    replica.asked.push(...(message.asked ? [message.asked] : []));
    replica.log.push(...(message.log ? [message.log] : []));
  });
  return replica;
}

/** A channel on a server of each shard. */
function channelsOf(discord: FakeDiscord): FakeChannel[] {
  const found = new Map<number, FakeChannel>();
  while (found.size < SHARDS) {
    const guild = discord.state.guild(`club ${found.size}`);
    const shard = ShardClientUtil.shardIdForGuildId(guild.id, SHARDS);
    found.set(shard, found.get(shard) ?? discord.state.channel(guild, 'cricket'));
  }
  return [...found.values()];
}

const liveShards = (discord: FakeDiscord) =>
  discord.gateway
    .live()
    .map(({ shard }) => shard[0])
    .sort();

const answersTo = (discord: FakeDiscord, thread: string, text: string) =>
  [...(discord.state.channels.get(thread)?.messages.values() ?? [])].filter(
    (message) => message.author.isBot && visibleText(message).includes(`This is known of ${text} `),
  ).length;

it('shares shards out, hands them over, and answers once whoever is killed or stopped', {
  timeout: 300_000,
}, async () => {
  const discord = await startDiscord({ hasRateLimits: false, maxConcurrency: 4 });
  const place = await tempDatabase();
  const channels = channelsOf(discord);
  const { people, state } = discord;
  const ann = state.user('ann');
  const direct = state.direct(ann);
  const asked: { thread: string; text: string }[] = [];
  const askAll = (what: string) => {
    for (const [n, channel] of channels.entries()) {
      const text = `who won ${what} ${n}?`;
      asked.push({ text, thread: people.mention(ann, channel, text).id });
    }
    const text = `who won ${what} directly?`;
    people.say(ann, direct, text);
    asked.push({ text, thread: direct.id });
  };
  const answers = () => asked.map(({ text, thread }) => answersTo(discord, thread, text));
  const answered = (what: string) =>
    until(`all of ${what} are answered`, () => answers().every((count) => count > 0), LONG_MS);
  const all = Array.from({ length: SHARDS }, (_, shard) => shard);
  const isWhole = () => JSON.stringify(liveShards(discord)) === JSON.stringify(all);

  const first = startReplica(discord, place);
  await until('the first has all shards', isWhole, LONG_MS);
  askAll('the toss');
  await answered('the toss');

  // A second one joins: two shards change hands while people ask.
  const second = startReplica(discord, place);
  await until(
    'the second has its part',
    () => second.log.filter((line) => line.includes('is held here')).length === 2,
    LONG_MS,
  );
  askAll('the match');
  await until('all shards are there again', isWhole, LONG_MS);
  await answered('the match');
  expect(second.asked.length).toBeGreaterThan(0);

  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  askAll('the final');
  await answered('the final');
  await until('all shards are there again', isWhole, LONG_MS);

  const third = startReplica(discord, place);
  await until(
    'the third has its part',
    () => third.log.filter((line) => line.includes('is held here')).length === 2,
    LONG_MS,
  );
  await until('all shards are there again', isWhole, LONG_MS);
  const ended = once(second.child, 'exit');
  second.child.kill('SIGTERM');
  askAll('the series');
  await ended;
  await answered('the series');
  expect(second.child.exitCode).toBe(0);
  await until('all shards are there again', isWhole, LONG_MS);
  expect(answers()).toEqual(asked.map(() => 1));
});
