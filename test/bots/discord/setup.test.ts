// Setting up: the commands as Discord gets them, and what `doctor` says of a bot that lacks something.
import { expect, it, onTestFinished } from 'vitest';
import { discordChecks } from '#src/bots/discord/check-discord.js';
import { COMMANDS } from '#src/bots/discord/commands.js';
import { NEEDED } from '#src/bots/discord/permissions.js';
import { realTimers } from '#src/bots/timers.js';
import type { FakeDiscord } from '../../fakes/discord/open-fake-discord.js';
import { visibleText } from '../../fakes/discord/read-message.js';
import { openTestStore, testBots } from '../../helpers/bots.js';
import { startDiscord } from '../../helpers/discord.js';
import { connected, discordAdapter } from '../../helpers/discord-bot.js';
import { until } from '../../helpers/processes.js';
import { recordingBot } from '../../helpers/recording-bot.js';
import { scriptedAsk } from '../../helpers/scripted-ask.js';

/** View Channels, Send Messages, Read Message History, Create Public Threads, Send Messages in Threads. */
const NEEDED_BITS = [10n, 11n, 16n, 35n, 38n].reduce((sum, bit) => sum | (1n << bit), 0n);

async function startOnce(discord: FakeDiscord): Promise<void> {
  const platform = discordAdapter(discord, { timers: realTimers });
  await platform.start(recordingBot());
  await platform.pause();
}

function checksOf(discord: FakeDiscord, token = discord.token) {
  const checks = discordChecks(
    { clock: () => new Date(), timers: realTimers },
    { token, apiUrl: discord.apiUrl, messageContent: 'auto' },
  );
  return async (name: string) => checks.find((one) => one.name === name)?.run(new AbortController().signal);
}

it('registers all commands in one call, and only when they changed', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const { application } = discord;
  await startOnce(discord);
  expect(application.registrations).toBe(1);
  expect(application.commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));

  await startOnce(discord);
  expect(application.registrations).toBe(1);

  const [first] = application.commands;
  Object.assign(first ?? {}, { description: 'as an older version had it' });
  await startOnce(discord);
  expect(application.registrations).toBe(2);

  application.commands.pop();
  await startOnce(discord);
  expect(application.registrations).toBe(3);
  expect(application.commands).toHaveLength(COMMANDS.length);
}, 60_000);

const DIGESTS = /^(?:digest|follow|unfollow)$/;

it('shows settings only to members who may manage the server, and only on servers', async () => {
  const discord = await startDiscord();
  await startOnce(discord);

  const settings = discord.application.commands.find(({ name }) => name === 'settings');
  const digests = discord.application.commands.filter(({ name }) => DIGESTS.test(String(name)));
  const others = discord.application.commands.filter(
    ({ name }) => name !== 'settings' && !DIGESTS.test(String(name)),
  );

  expect(settings).toMatchObject({ default_member_permissions: '32', integration_types: [0], contexts: [0] });
  for (const command of others) {
    expect(command).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
  }
  // A digest is posted by the bot itself, where it is a member.
  expect(digests).toHaveLength(3);
  for (const command of digests) {
    expect(command).toMatchObject({ integration_types: [0], contexts: [0, 1] });
  }
});

it('doctor finds nothing wrong where nothing is', async () => {
  const discord = await startDiscord();
  discord.state.guild('club');
  await startOnce(discord);
  const check = checksOf(discord);

  expect(await check('discord token')).toMatchObject({ status: 'ok' });
  expect(await check('discord intent')).toEqual({ status: 'ok', fact: 'Message Content is granted' });
  expect(await check('discord commands')).toEqual({
    status: 'ok',
    fact: `all ${COMMANDS.length} are registered`,
  });
  expect(await check('discord servers')).toEqual({ status: 'ok', fact: 'member of 1: club' });
});

it('doctor says what is wrong and what to do', async () => {
  const discord = await startDiscord({ hasMessageContent: false });
  const check = checksOf(discord);
  const stranger = checksOf(discord, 'MTIz.wrong.token');

  expect(await stranger('discord token')).toMatchObject({
    status: 'fail',
    fact: expect.stringContaining('DISCORD_TOKEN'),
    fix: expect.stringContaining('discord.com/developers'),
  });
  expect(await check('discord intent')).toMatchObject({
    status: 'warn',
    fix: expect.stringContaining('Message Content Intent'),
  });
  expect(await check('discord commands')).toMatchObject({
    status: 'warn',
    fix: expect.stringContaining('start'),
  });
  expect(await check('discord servers')).toMatchObject({
    status: 'warn',
    fix: expect.stringContaining('https://discord.com/oauth2/authorize?'),
  });
});

it.each(Object.entries(NEEDED))('doctor names "%s" when a server does not give it', async (name, bit) => {
  const discord = await startDiscord();
  discord.state.guild('good club');
  discord.state.guild('club', { botPermissions: NEEDED_BITS & ~bit });

  const result = await checksOf(discord)('discord servers');

  expect(result).toMatchObject({ status: 'fail', fact: `on club it lacks ${name}` });
});

it('invites with exactly the permissions that an answer needs', async () => {
  const discord = await startDiscord();
  const { people, state } = discord;
  const { fact = '' } = (await checksOf(discord)('discord token')) ?? {};
  const { searchParams } = new URL(/https:\S+/.exec(fact)?.[0] ?? '');
  const granted = BigInt(searchParams.get('permissions') ?? '0');
  expect(granted).toBe(NEEDED_BITS);
  expect(searchParams.get('client_id')).toBe(state.bot.id);
  expect(searchParams.get('scope')).toBe('bot applications.commands');

  const channel = state.channel(state.guild('club', { botPermissions: granted }), 'cricket');
  const platform = discordAdapter(discord);
  const bots = testBots({ platforms: [platform], ask: scriptedAsk().ask, store: await openTestStore() });
  await bots.start();
  onTestFinished(() => bots.stop());
  await connected(platform);
  const question = people.mention(state.user('ann'), channel, 'Who won?');
  const answers = () => [...(state.channels.get(question.id)?.messages.values() ?? [])].map(visibleText);
  await until('it is answered in a thread', () => answers().some((text) => text.includes('Sources')));

  expect(discord.calls.filter(({ outcome }) => /^(50013|50001)$/.test(outcome))).toEqual([]);
});
