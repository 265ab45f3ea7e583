// The gateway beside other replicas, with discord.js: what a replica knows of servers that others hear, and what it does
// when Discord refuses it. That shards change hands between processes: test/replicas/discord.test.ts.
import { PermissionFlagsBits, ShardClientUtil } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import type { Packet } from '#src/bots/discord/hear-messages.js';
import { missingOf } from '#src/bots/discord/permissions.js';
import { createDiscordApi } from '#src/bots/discord/rest.js';
import { connectShared } from '#src/bots/discord/shared-shards.js';
import { realTimers, type Timers } from '#src/bots/timers.js';
import type { Store } from '#src/store/open-store.js';
import type { FakeDiscord } from '../../fakes/discord/open-fake-discord.js';
import type { FakeGuild } from '../../fakes/discord/state.js';
import { openTestStore } from '../../helpers/bots.js';
import { startDiscord } from '../../helpers/discord.js';
import { until } from '../../helpers/processes.js';
import { watchedLog } from '../../helpers/watched-log.js';

const SHARDS = 2;
const now = () => new Date();
const lease = (owner: string) => ({
  ...{ owner, now: now().toISOString() },
  until: new Date(Date.now() + 60_000).toISOString(),
});

function connect({ apiUrl, state, token }: FakeDiscord, store: Store['discordShards'], heard: Packet[] = []) {
  const connection = connectShared(
    {
      ...{ clock: now, timers: realTimers, log: watchedLog(), botId: state.bot.id },
      api: createDiscordApi({ clock: now, timers: realTimers }, { apiUrl, token, timeoutMs: 5_000 }),
      onPacket: (packet) => void heard.push(packet),
      heard: { until: () => undefined, goOnFrom() {} },
      sharing: { store, owner: 'here', isGone: () => false, directChannels: async () => [] },
    },
    { apiUrl, token, hasMessageContent: true, shards: SHARDS },
  );
  onTestFinished(() => connection.close());
  return connection;
}

/** A server on this shard, with a channel in which the bot may not write. */
function closedOn(discord: FakeDiscord, shard: number) {
  let guild: FakeGuild;
  do {
    guild = discord.state.guild('club');
  } while (ShardClientUtil.shardIdForGuildId(guild.id, SHARDS) !== shard);
  const channel = discord.state.channel(guild, `cricket-${shard}`);
  const deny = PermissionFlagsBits.SendMessages;
  channel.overwrites.push({ id: guild.id, type: 0, allow: 0n, deny });
  return { guild: guild.id, channel: channel.id };
}

it('connects the shard that another replica does not hold, and knows what it may do on the servers of both', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const places = [closedOn(discord, 0), closedOn(discord, 1)];
  const { discordShards } = await openTestStore();
  await discordShards.meet(lease('elsewhere'), SHARDS);
  await discordShards.take(1, lease('elsewhere'), '');
  const connection = connect(discord, discordShards);

  await connection.open(new AbortController().signal);

  expect(discord.gateway.live().map(({ shard }) => shard)).toEqual([[0, 2]]);
  expect(connection.isOpen()).toBe(true);
  expect(connection.replicas()).toBe(2);
  const missing = await Promise.all(
    places.map(async (place) => missingOf(await connection.grantedIn(place))),
  );
  expect(missing).toEqual(
    [0, 1].map((shard) => ({ channel: `#cricket-${shard}`, missing: ['Send Messages'] })),
  );
  const asked = discord.calls.filter(({ method }) => method === 'GET /guilds/:guild');
  expect(asked.map(({ path }) => path.split('/').at(-1))).toEqual([places[1]?.guild]);
  expect(await connection.lookUp(places[1] ?? { channel: '' })).toEqual({ botId: discord.state.bot.id });

  await connection.close();
  await until('it is closed', () => discord.gateway.live().length === 0);
  const { replicas, shards } = await discordShards.meet(lease('elsewhere'), SHARDS);
  expect(replicas).toEqual(['elsewhere']);
  expect(shards.map(({ owner }) => owner)).toEqual(['', 'elsewhere']);
}, 30_000);

it('takes part without a shard where others hold all', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const { discordShards } = await openTestStore();
  await discordShards.meet(lease('elsewhere'), SHARDS);
  for (const shard of [0, 1]) {
    await discordShards.take(shard, lease('elsewhere'), '');
    await discordShards.renew({ shard, epoch: 1, isOpen: false }, lease('elsewhere'));
  }
  const connection = connect(discord, discordShards);

  await connection.open(new AbortController().signal);

  expect(connection.isOpen()).toBe(true);
  expect(discord.gateway.identifies()).toBe(0);
});

it('says why Discord refuses, and leaves its shards to nobody', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const { discordShards } = await openTestStore();
  discord.gateway.refuseNext(4014);
  const connection = connect(discord, discordShards);

  await expect(connection.open(new AbortController().signal)).rejects.toMatchObject({
    code: 'discord_refused',
    message: expect.stringContaining('Message Content Intent'),
  });

  expect(connection.isOpen()).toBe(false);
  await until('it holds none', async () => {
    const { replicas, shards } = await discordShards.meet(lease('elsewhere'), SHARDS);
    return !replicas.includes('here') && shards.every(({ owner }) => owner !== 'here');
  });
}, 30_000);

it('spaces its calls for as many replicas as share what Discord allows', async () => {
  const { apiUrl, token } = await startDiscord({ hasRateLimits: false });
  const pauses: number[] = [];
  const timers: Timers = {
    ...realTimers,
    after(ms, run) {
      pauses.push(ms);
      return realTimers.after(0, run);
    },
  };
  let replicas = 1;
  const api = createDiscordApi(
    { clock: now, timers, replicas: () => replicas },
    { apiUrl, token, timeoutMs: 5_000 },
  );

  await api.once('GET', '/users/@me');
  replicas = 3;
  await api.once('GET', '/users/@me');

  expect(pauses.map(Math.round)).toEqual([22, 67]);
});
