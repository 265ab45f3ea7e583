// What the bot may do in a channel of a server that this process does not hear: computed from what Discord tells.
import { PermissionFlagsBits as P } from 'discord.js';
import { expect, it } from 'vitest';
import { askGranted } from '#src/bots/discord/ask-granted.js';
import { mayReadHistory, missingOf } from '#src/bots/discord/permissions.js';
import { createDiscordApi } from '#src/bots/discord/rest.js';
import { realTimers } from '#src/bots/timers.js';
import type { FakeChannel, FakeOverwrite } from '../../fakes/discord/state.js';
import { startDiscord } from '../../helpers/discord.js';

async function world() {
  const discord = await startDiscord({ hasRateLimits: false });
  const { apiUrl, state, token } = discord;
  const api = createDiscordApi(
    { clock: () => new Date(), timers: realTimers },
    { apiUrl, token, timeoutMs: 5_000 },
  );
  const guild = state.guild('club');
  const channel = state.channel(guild, 'cricket');
  const granted = (of: FakeChannel = channel) =>
    askGranted(api, { guild: guild.id, channel: of.id }, state.bot.id);
  const role = [...guild.roles.values()].find(({ botId }) => botId === state.bot.id)?.id ?? '';
  return { channel, discord, granted, guild, role, state };
}

const closed = (id: string, type: 0 | 1, over: Partial<FakeOverwrite> = {}): FakeOverwrite => ({
  ...{ id, type, allow: 0n, deny: P.SendMessages | P.ReadMessageHistory },
  ...over,
});

it('knows what roles give, and that administrators may all', async () => {
  const { channel, granted, guild, role } = await world();
  expect(missingOf(await granted())).toEqual({ channel: '#cricket', missing: [] });
  expect(mayReadHistory(await granted())).toBe(true);

  channel.overwrites.push(closed(guild.id, 0));
  Object.assign(guild.roles.get(role) ?? {}, { permissions: P.Administrator });

  expect(missingOf(await granted()).missing).toEqual([]);
});

it('knows what a channel changes for everyone, for roles and for the bot, the last one of these counts', async () => {
  const { channel, granted, guild, role, state } = await world();
  const missing = async () => missingOf(await granted()).missing;

  channel.overwrites.push(closed(guild.id, 0));
  expect(await missing()).toEqual(['Send Messages', 'Read Message History']);
  expect(mayReadHistory(await granted())).toBe(false);
  channel.overwrites.push(closed(role, 0, { allow: P.SendMessages, deny: 0n }));
  expect(await missing()).toEqual(['Read Message History']);
  channel.overwrites.push(closed(state.bot.id, 1, { allow: P.ReadMessageHistory, deny: P.SendMessages }));
  expect(await missing()).toEqual(['Send Messages']);
  channel.overwrites.push(closed('987654321098765432', 0));
  expect(await missing()).toEqual(['Send Messages']);
});

it('says nothing of a thread, which has the permissions of its channel, nor of what Discord does not tell', async () => {
  const { channel, discord, granted, guild, state } = await world();
  expect(await granted(state.thread(channel, 'talk', undefined, state.bot.id))).toBeUndefined();

  discord.expect(403, 404);
  discord.faults.next('GET /guilds/:guild', { status: 500 });
  expect(await granted()).toBeUndefined();
  guild.members.delete(state.bot.id);
  expect(await granted()).toBeUndefined();
});
