// Shards in processes of their own: discord.js's ShardingManager starts real ones, which connect to the loopback
// Discord; the core, the queue and the calls stay in the process that started them.
import { PermissionFlagsBits, ShardClientUtil, ShardingManager } from 'discord.js';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { realTimers } from '#src/bots/timers.js';
import type { FakeDiscord } from '../../fakes/discord/open-fake-discord.js';
import { visibleText } from '../../fakes/discord/read-message.js';
import type { FakeChannel, FakeGuild } from '../../fakes/discord/state.js';
import { openTestStore, testBots } from '../../helpers/bots.js';
import { startDiscord } from '../../helpers/discord.js';
import { discordAdapter } from '../../helpers/discord-bot.js';
import { isAlive, until } from '../../helpers/processes.js';
import { answerTo, scriptedAsk } from '../../helpers/scripted-ask.js';

const SHARDS = 3;
/** A busy machine starts a process in no hurry. */
const START_MS = 60_000;
/** Processes take their time to start, and are waited for. */
const PROCESSES = { sharding: 'processes', shards: SHARDS, timers: realTimers } as const;

// What ShardingManager leaves in the environment makes any later client of this process take itself for a shard.
afterEach(() => {
  for (const name of ['SHARDING_MANAGER', 'SHARDING_MANAGER_MODE', 'DISCORD_TOKEN']) {
    delete process.env[name];
  }
});

async function start(discord: FakeDiscord) {
  const core = scriptedAsk();
  const children: number[] = [];
  const { createShard } = ShardingManager.prototype;
  ShardingManager.prototype.createShard = function (id) {
    return createShard
      .call(this, id)
      .on('spawn', (child) => void children.push((child as { pid: number }).pid));
  };
  onTestFinished(() => {
    ShardingManager.prototype.createShard = createShard;
  });
  const platform = discordAdapter(discord, PROCESSES);
  const bots = testBots({ platforms: [platform], ask: core.ask, store: await openTestStore() });
  onTestFinished(() => bots.stop());
  await bots.start();
  await until('all shards are there', () => discord.gateway.live().length === SHARDS, START_MS);
  return { bots, core, children };
}

/** A server on each shard, with a channel. */
function serversOf(discord: FakeDiscord): { guild: FakeGuild; channel: FakeChannel }[] {
  const found = new Map<number, FakeGuild>();
  while (found.size < SHARDS) {
    const guild = discord.state.guild(`club ${found.size}`);
    found.set(ShardClientUtil.shardIdForGuildId(guild.id, SHARDS), guild);
  }
  return [...found.values()].map((guild) => ({ guild, channel: discord.state.channel(guild, 'cricket') }));
}

const answers = (discord: FakeDiscord, thread: string) =>
  [...(discord.state.channels.get(thread)?.messages.values() ?? [])]
    .filter(({ author }) => author.isBot)
    .map(visibleText);

it('answers on servers of every shard, each shard a process, and ends them all', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const servers = serversOf(discord);
  const { bots, children, core } = await start(discord);
  const { people, state } = discord;
  const ann = state.user('ann');

  const asked = servers.map(({ channel }, n) => people.mention(ann, channel, `Who won final ${n}?`));
  const direct = people.say(ann, state.direct(ann), 'Who won the toss?');
  const command = people.command(ann, (servers[1] as { channel: FakeChannel }).channel, 'ask', {
    question: 'Who kept wicket?',
  });
  await command.acknowledged;

  const threads = [...asked.map(({ id }) => id), direct.channelId, command.original?.id ?? ''];
  await until('all are answered', () =>
    threads.every((thread) => answers(discord, thread).some((text) => text.includes('Sources'))),
  );
  expect(core.asked).toHaveLength(5);
  expect(new Set(children).size).toBe(SHARDS);
  expect(children.every(isAlive)).toBe(true);
  const live = discord.gateway.live().map(({ shard }) => shard.join(' of '));
  expect(live.sort()).toEqual(['0 of 3', '1 of 3', '2 of 3']);
  const [first] = asked;
  people.say(ann, state.channels.get(first?.id ?? '') as FakeChannel, 'Who took most wickets?');
  await until('a follow-up is answered', () =>
    answers(discord, first?.id ?? '').some((text) => text.includes(answerTo('Who took most wickets?'))),
  );

  await bots.stop();
  expect(children.some(isAlive)).toBe(false);
}, 120_000);

it('starts a shard again whose process was killed, and answers what was asked meanwhile', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const servers = serversOf(discord);
  const { children, core } = await start(discord);
  const { people, state } = discord;
  const ann = state.user('ann');
  const warm = servers.map(({ channel }, n) => people.mention(ann, channel, `Who won toss ${n}?`));
  await until('each shard is heard', () => core.asked.length === SHARDS);

  process.kill(children[1] as number, 'SIGKILL');
  await until('it is gone', () => discord.gateway.live().length < SHARDS);
  const asked = servers.map(({ channel }, n) => people.mention(ann, channel, `Who won final ${n}?`));

  await until(
    'all are answered',
    () =>
      [...warm, ...asked].every(({ id }) => answers(discord, id).some((text) => text.includes('Sources'))),
    START_MS,
  );
  expect(core.asked).toHaveLength(2 * SHARDS);
  expect(children).toHaveLength(SHARDS + 1);
}, 120_000);

it('names what is missing in a channel that a shard keeps', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const [server] = serversOf(discord);
  const { channel, guild } = server as { channel: FakeChannel; guild: FakeGuild };
  await start(discord);
  const { people, state } = discord;
  const deny = PermissionFlagsBits.SendMessages | PermissionFlagsBits.CreatePublicThreads;
  channel.overwrites.push({ id: guild.id, type: 0, allow: 0n, deny });
  discord.events.channelChanged(channel);
  const ann = state.user('ann');

  people.mention(ann, channel, 'Who won the final?');

  await until('it is told', () =>
    answers(discord, state.direct(ann).id).some((text) =>
      /can't post in #cricket yet.*Send Messages, Create Public Threads/.test(text),
    ),
  );
}, 120_000);

it('says why Discord refuses, and starts no process again for it', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  discord.gateway.refuseNext(4014);
  const platform = discordAdapter(discord, { ...PROCESSES, shards: 1 });
  onTestFinished(() => platform.pause());

  await expect(platform.start({} as never)).rejects.toMatchObject({
    code: 'discord_refused',
    message: expect.stringContaining('Message Content Intent'),
  });
}, 120_000);
