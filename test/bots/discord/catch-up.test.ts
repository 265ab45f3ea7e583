// What is said while the gateway has lost its session: asked for afterwards, once, and only where something was said.
import { expect, it, onTestFinished } from 'vitest';
import { createCatchUp } from '#src/bots/discord/catch-up.js';
import type { DiscordApi } from '#src/bots/discord/rest.js';
import type { IncomingMessage } from '#src/bots/ports.js';
import { realTimers } from '#src/bots/timers.js';
import { startDiscord } from '../../helpers/discord.js';
import { discordAdapter } from '../../helpers/discord-bot.js';
import { until } from '../../helpers/processes.js';
import { recordingBot } from '../../helpers/recording-bot.js';
import { watchedLog } from '../../helpers/watched-log.js';

it('hears once what was said while the session was lost, and reads no other channel', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const { gateway, people, state } = discord;
  const guild = state.guild('club');
  const [busy, quiet] = [state.channel(guild, 'busy'), state.channel(guild, 'quiet')];
  const thread = state.thread(busy, 'talk', undefined, state.bot.id);
  const ann = state.user('ann');
  const bot = recordingBot();
  const platform = discordAdapter(discord, { timers: realTimers });
  onTestFinished(() => platform.pause());
  await platform.start(bot);
  const texts = () =>
    bot.heard.filter(([what]) => what === 'message').map(([, message]) => (message as IncomingMessage).text);
  const before = ['before', 'directly before'];
  people.mention(ann, busy, 'before');
  people.say(ann, state.direct(ann), 'directly before');
  await until('it hears', () => before.every((text) => texts().includes(text)));
  const old = people.say(ann, quiet, 'long ago');
  old.id = String(BigInt(old.id) - (BigInt(3_600_000) << 22n));
  quiet.lastMessageId = old.id;

  gateway.invalidate(false);
  people.mention(ann, busy, 'meanwhile');
  people.say(ann, thread, 'meanwhile in a thread');
  people.say(ann, state.direct(ann), 'meanwhile directly');
  const missed = ['meanwhile', 'meanwhile in a thread', 'meanwhile directly'];
  await until('it has caught up', () => missed.every((text) => texts().includes(text)));

  expect(gateway.identifies()).toBe(2);
  const read = discord.calls
    .filter(({ method }) => method === 'GET /channels/:channel/messages')
    .map(({ path }) => path.split('/')[2]);
  expect(new Set(read)).toEqual(new Set([busy.id, thread.id, state.direct(ann).id]));
  // Told again, they carry the names that the core knows them by.
  const names = new Map<string, Set<string>>();
  for (const [, message] of bot.heard) {
    const { deliveryId, text } = message as IncomingMessage;
    names.set(text, (names.get(text) ?? new Set()).add(deliveryId));
  }
  for (const text of [...before, ...missed]) {
    expect(names.get(text)?.size).toBe(1);
  }
}, 60_000);

it('reads nothing after a resume, which brings what was missed by itself', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const { gateway, people, state } = discord;
  const channel = state.channel(state.guild('club'), 'cricket');
  const ann = state.user('ann');
  const bot = recordingBot();
  const platform = discordAdapter(discord, { timers: realTimers });
  onTestFinished(() => platform.pause());
  await platform.start(bot);
  people.mention(ann, channel, 'before');
  await until('it hears', () => bot.heard.length === 1);

  gateway.cut();
  people.mention(ann, channel, 'meanwhile');
  await until('it hears again', () => bot.heard.length === 2);

  expect(gateway.resumes()).toBe(1);
  expect(discord.calls.filter(({ method }) => method === 'GET /channels/:channel/messages')).toEqual([]);
}, 60_000);

const NOW = Date.parse('2026-11-29T12:00:00.000Z');
/** An id that was given so many seconds from then. */
const idAt = (seconds: number) => String(BigInt(NOW + seconds * 1000 - 1_420_070_400_000) << 22n);

/** A shard's memory, at a time that the test sets, over channels that are only noted. */
function aMemory() {
  let now = NOW;
  const read: string[] = [];
  const api = {
    async surely(_: string, path: string) {
      read.push(path.split('/')[2] ?? '');
      return [];
    },
  } as unknown as DiscordApi;
  const catchUp = createCatchUp({
    ...{ api, clock: () => new Date(now), log: watchedLog(), deliver: async () => {} },
    directChannels: async () => ['elsewhere'],
  });
  const see = (t: string, d: object, shard = 1) => catchUp.see({ t, d }, shard);
  const guild = (id: string, seconds: number) => ({
    id,
    channels: [{ id: `${id}-channel`, last_message_id: idAt(seconds) }],
  });
  return {
    ...{ catchUp, guild, read, see },
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    settled: () => new Promise((resolve) => setTimeout(resolve, 5)),
  };
}

it('goes on from where another process stopped hearing, for all servers, whatever is said meanwhile', async () => {
  const { catchUp, guild, pass, read, see, settled } = aMemory();
  catchUp.goOnFrom(1, new Date(NOW - 30_000));

  see('READY', {});
  see('GUILD_CREATE', guild('one', -20));
  see('MESSAGE_CREATE', { channel_id: 'one-channel', guild_id: 'one' });
  see('GUILD_CREATE', guild('two', -10));
  see('GUILD_CREATE', guild('quiet', -60));
  await settled();
  expect(read).toEqual(['one-channel', 'two-channel']);
  // Whoever takes over while it catches up begins there, too.
  expect(catchUp.until(1)).toEqual(new Date(NOW - 30_000));

  pass(61);
  see('MESSAGE_CREATE', { channel_id: 'one-channel', guild_id: 'one' });
  see('GUILD_CREATE', guild('joined', 0));
  await settled();
  expect(read).toHaveLength(2);
  expect(catchUp.until(1)).toEqual(new Date(NOW + 61_000));
});

it('looks through direct conversations that other processes had, on the shard that has them', async () => {
  const { catchUp, read, see, settled } = aMemory();
  see('MESSAGE_CREATE', { channel_id: 'here' }, 0);
  catchUp.goOnFrom(0, new Date(NOW));
  see('READY', {}, 0);
  await settled();

  expect(read).toEqual(['here', 'elsewhere']);
  expect(catchUp.until(7)).toBeUndefined();
});
