// The loopback Discord itself, asked by the real discord.js: it connects unmodified, and meets Discord's rules.
import {
  Client,
  type DiscordAPIError,
  Events,
  GatewayIntentBits as Intents,
  MessageFlags,
  PermissionFlagsBits,
  type RateLimitError,
  REST,
  Routes,
} from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import { startDiscord } from '../../helpers/discord.js';
import { until } from '../../helpers/processes.js';
import { createVirtualClock } from '../clock.js';
import { liveMarkdown } from './live-markdown.js';
import type { FakeDiscord } from './open-fake-discord.js';

const INTENTS = [Intents.Guilds, Intents.GuildMessages, Intents.DirectMessages, Intents.MessageContent];

async function connect(discord: FakeDiscord, intents: number[] = INTENTS): Promise<Client> {
  const client = new Client({ intents, rest: { api: discord.apiUrl } });
  client.on(Events.Error, () => {});
  onTestFinished(() => client.destroy());
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  return client;
}

function restOf(discord: FakeDiscord): REST {
  return new REST({ api: discord.apiUrl, retries: 0, rejectOnRateLimit: () => true }).setToken(discord.token);
}

async function codeOf(call: Promise<unknown>): Promise<number | string> {
  return call.then(
    () => 'passed',
    (error: DiscordAPIError) => error.code,
  );
}

const v2 = (components: object[]) => ({ flags: MessageFlags.IsComponentsV2, components });
const text = (content: string) => ({ type: 10, content });

it('lets discord.js connect, hear a mention, open a thread and answer in it', async () => {
  const discord = await startDiscord();
  const { people, state } = discord;
  const channel = state.channel(state.guild('club'), 'cricket');
  const client = await connect(discord);
  client.on(Events.MessageCreate, (message) => {
    if (message.mentions.has(client.user?.id ?? '')) {
      const thread = message.startThread({ name: 'Who won?' });
      void thread.then((opened) => opened.send({ content: 'yes', allowedMentions: { parse: [] } }));
    }
  });

  const question = people.mention(state.user('asha'), channel, 'Who won?');
  await until('it is answered', async () => (state.channels.get(question.id)?.messages.size ?? 0) > 0);

  expect(client.channels.cache.size).toBe(2);
  expect(
    [...(state.channels.get(question.id)?.messages.values() ?? [])].map(({ content }) => content),
  ).toEqual(['yes']);
});

it('keeps content from who has not the intent, but for what is meant for the bot', async () => {
  const discord = await startDiscord({ hasMessageContent: false });
  const { people, state } = discord;
  const channel = state.channel(state.guild('club'), 'cricket');
  const client = await connect(discord, [Intents.Guilds, Intents.GuildMessages, Intents.DirectMessages]);
  const heard: string[] = [];
  client.on(
    Events.Raw,
    ({ d, t }: { d: { content: string }; t: string }) => t === 'MESSAGE_CREATE' && heard.push(d.content),
  );
  const asha = state.user('asha');
  people.say(asha, channel, 'not for you');
  people.mention(asha, channel, 'for you');
  people.say(asha, state.direct(asha), 'for you alone');
  await until('all is heard', async () => heard.length === 3);

  expect(heard).toEqual(['', `<@${state.bot.id}> for you`, 'for you alone']);
});

it.each([
  [4004, /Authentication failed/],
  [4014, /disallowed intents/],
])('closes an identify with %i', async (code, said) => {
  const discord = await startDiscord();
  discord.gateway.refuseNext(code);
  const client = new Client({ intents: INTENTS, rest: { api: discord.apiUrl } });
  onTestFinished(() => client.destroy());
  const error = new Promise<Error>((resolve) => client.on(Events.ShardError, resolve));
  client.on(Events.Error, () => {});
  void client.login(discord.token).catch(() => {});

  expect((await error).message).toMatch(said);
});

it('refuses the intents that are not switched on', async () => {
  const discord = await startDiscord({ hasMessageContent: false });
  const client = new Client({ intents: INTENTS, rest: { api: discord.apiUrl } });
  onTestFinished(() => client.destroy());
  const closed = new Promise<number>((resolve) =>
    client.on(Events.ShardDisconnect, ({ code }) => resolve(code)),
  );
  client.on(Events.ShardError, () => {});
  void client.login(discord.token).catch(() => {});

  expect(await closed).toBe(4014);
});

it.each([
  ['op 7', (discord: FakeDiscord) => discord.gateway.askToReconnect(), 'resumes'],
  ['op 9, resumable', (discord: FakeDiscord) => discord.gateway.invalidate(true), 'resumes'],
  ['op 9', (discord: FakeDiscord) => discord.gateway.invalidate(false), 'identifies'],
  ['a cut line', (discord: FakeDiscord) => discord.gateway.cut(), 'resumes'],
  ['close 4000', (discord: FakeDiscord) => discord.gateway.closeAll(4000), 'resumes'],
  ['close 4009', (discord: FakeDiscord) => discord.gateway.closeAll(4009), 'identifies'],
] as const)(
  'takes a client back after %s, and loses nothing of a session that lives',
  async (_, disturb, how) => {
    const discord = await startDiscord();
    const { gateway, people, state } = discord;
    const channel = state.channel(state.guild('club'), 'cricket');
    const client = await connect(discord);
    const heard: string[] = [];
    client.on(Events.MessageCreate, ({ content }) => void heard.push(content));
    const before = { resumes: gateway.resumes(), identifies: gateway.identifies() };
    disturb(discord);
    if (how === 'resumes') {
      await until('the line is lost', async () => gateway.live().length === 0 || gateway.resumes() > 0);
      people.say(state.user('asha'), channel, 'meanwhile');
    }
    await until('it is back', async () => gateway[how]() > before[how] && gateway.live().length === 1);
    people.say(state.user('asha'), channel, 'afterwards');
    await until('it hears', async () => heard.includes('afterwards'));

    expect(heard).toEqual(how === 'resumes' ? ['meanwhile', 'afterwards'] : ['afterwards']);
  },
);

it('fails an interaction after 3 seconds, takes one answer, and forgets its token after 15 minutes', async () => {
  const clock = createVirtualClock();
  const discord = await startDiscord({ clock });
  const { interactions, people, state } = discord;
  discord.expect(40060);
  const rest = restOf(discord);
  const channel = state.channel(state.guild('club'), 'cricket');
  await rest.put(Routes.applicationCommands(state.bot.id), { body: [{ name: 'ask', description: 'Ask' }] });
  const use = () => people.command(state.user('asha'), channel, 'ask');
  const answer = (of: { id: string; token: string }) =>
    rest.post(Routes.interactionCallback(of.id, of.token), { body: { type: 5 }, auth: false });
  const late = use();
  clock.advance(3_001);
  const good = use();
  const original = Routes.webhookMessage(state.bot.id, good.token, '@original');

  expect(await codeOf(answer(late))).toBe(10062);
  expect(late.state).toBe('failed');
  expect(await codeOf(rest.patch(original, { body: { content: 'early' }, auth: false }))).toBe(10015);
  expect(await codeOf(answer(good))).toBe('passed');
  expect(await codeOf(answer(good))).toBe(40060);
  expect(await codeOf(rest.patch(original, { body: { content: 'answer' }, auth: false }))).toBe('passed');
  clock.advance(15 * 60_000);
  expect(await codeOf(rest.patch(original, { body: { content: 'late' }, auth: false }))).toBe(50027);
  expect(interactions.failed()).toBe(1);
});

it.each([
  ['a long content', { content: 'x'.repeat(2001) }],
  ['41 components', v2(Array.from({ length: 41 }, () => text('x')))],
  ['4,001 characters in all', v2([text('x'.repeat(2000)), text('x'.repeat(2001))])],
  ['content beside components of version 2', { ...v2([text('x')]), content: 'y' }],
  ['embeds beside components of version 2', { ...v2([text('x')]), embeds: [{ title: 'y' }] }],
  ['version 2 without its flag', { content: 'x', components: [text('x')] }],
  ['the same custom id twice', v2([row('a', 'a')])],
  ['six buttons in a row', v2([row('a', 'b', 'c', 'd', 'e', 'f')])],
  ['a flag that is not ours', { content: 'x', flags: 1 << 4 }],
  ['a long nonce', { content: 'x', nonce: 'n'.repeat(26) }],
  ['users both parsed and listed', { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } }],
])('refuses %s', async (_, body) => {
  const discord = await startDiscord();
  discord.expect(50035);
  const channel = discord.state.channel(discord.state.guild('club'), 'cricket');

  expect(await codeOf(restOf(discord).post(Routes.channelMessages(channel.id), { body }))).toBe(50035);
});

function row(...ids: string[]) {
  return { type: 1, components: ids.map((id) => ({ type: 2, style: 2, label: id, custom_id: id })) };
}

it('never lets a message of version 2 become another one', async () => {
  const discord = await startDiscord();
  discord.expect(50035);
  const rest = restOf(discord);
  const channel = discord.state.channel(discord.state.guild('club'), 'cricket');
  const { id } = (await rest.post(Routes.channelMessages(channel.id), { body: v2([text('x')]) })) as {
    id: string;
  };
  const change = (body: object) => codeOf(rest.patch(Routes.channelMessage(channel.id, id), { body }));

  expect(await change({ content: 'y' })).toBe(50035);
  expect(await change({ flags: 0, components: [text('z')] })).toBe('passed');
  expect(channel.messages.get(id)?.flags).toBe(MessageFlags.IsComponentsV2);
});

it('says what the bot may not do', async () => {
  const discord = await startDiscord();
  const { state } = discord;
  const guild = state.guild('club', { botPermissions: PermissionFlagsBits.ViewChannel });
  const channel = state.channel(guild, 'cricket');
  const hidden = state.channel(guild, 'committee');
  hidden.overwrites.push({ id: guild.id, type: 0, allow: 0n, deny: PermissionFlagsBits.ViewChannel });
  const question = discord.people.say(state.user('asha'), channel, 'Who won?');
  const rest = restOf(discord);
  const send = (id: string) => codeOf(rest.post(Routes.channelMessages(id), { body: { content: 'x' } }));

  expect(await send(channel.id)).toBe(50013);
  expect(await send(hidden.id)).toBe(50001);
  expect(await send('1')).toBe(10003);
  expect(await codeOf(rest.post(Routes.threads(channel.id, question.id), { body: { name: 'x' } }))).toBe(
    50013,
  );
  expect(discord.invalid()).toBe(3);
});

it('posts once what has the same nonce', async () => {
  const clock = createVirtualClock();
  const discord = await startDiscord({ clock, hasRateLimits: false });
  const channel = discord.state.channel(discord.state.guild('club'), 'cricket');
  const rest = restOf(discord);
  const post = () =>
    rest.post(Routes.channelMessages(channel.id), {
      body: { content: 'x', nonce: 'n', enforce_nonce: true },
    });
  discord.faults.next('POST /channels/:channel/messages', { cut: 'after' });
  await post().catch(() => {});
  await post();
  expect(channel.messages.size).toBe(1);
  clock.advance(600_000);
  await post();
  expect(channel.messages.size).toBe(2);
});

it('counts the bells that would ring', async () => {
  const discord = await startDiscord();
  const { state } = discord;
  const channel = state.channel(state.guild('club', { botPermissions: (1n << 50n) - 1n }), 'cricket');
  const asha = state.user('asha');
  const question = discord.people.say(asha, channel, 'Who won?');
  const rest = restOf(discord);
  const pings = async (body: object) => {
    const { id } = (await rest.post(Routes.channelMessages(channel.id), { body })) as { id: string };
    return channel.messages.get(id)?.pings;
  };
  const reply = { message_reference: { message_id: question.id } };

  expect(await pings({ content: `<@${asha.id}> @everyone`, ...reply })).toEqual([asha.id, 'everyone']);
  expect(
    await pings({ content: `<@${asha.id}> @everyone`, ...reply, allowed_mentions: { parse: [] } }),
  ).toEqual([]);
  expect(await pings({ ...v2([text(`\\<@${asha.id}>`)]), allowed_mentions: { parse: ['users'] } })).toEqual([
    asha.id,
  ]);
});

it('tells limits in headers, and answers 429 beyond them', async () => {
  const discord = await startDiscord();
  const channel = discord.state.channel(discord.state.guild('club'), 'cricket');
  const post = () =>
    fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'x' }),
    });
  const first = await post();
  for (let n = 0; n < 4; n += 1) {
    await post();
  }
  const over = await post();

  expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
  expect(over.status).toBe(429);
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(((await over.json()) as RateLimitError).global).toBe(false);
  expect(discord.limits.refused()).toBe(1);
});

it('notices what Discord does not know', async () => {
  const discord = await startDiscord();
  discord.expect(50035);
  const rest = restOf(discord);
  const channel = discord.state.channel(discord.state.guild('club'), 'cricket');
  await codeOf(rest.get('/no/such/route'));
  await codeOf(rest.post(Routes.channelMessages(channel.id), { body: { content: 'x', ephemeral: true } }));

  expect(discord.violations.splice(0)).toEqual([
    'unknown route GET /api/v10/no/such/route',
    'POST /channels/:channel/messages: unknown field ephemeral',
  ]);
});

it.each([
  ['[a report](https://news.example/1)', ['https://news.example/1'], 0],
  ['[[1]](<https://news.example/1>)', ['https://news.example/1'], 0],
  ['[https://bank.example](https://evil.example)', ['https://evil.example'], 1],
  ['see https://news.example/1.', ['https://news.example/1'], 0],
  ['<https://news.example/1>', ['https://news.example/1'], 0],
  ['\\[bank.example](https\\://evil.example)', [], 0],
  ['`[bank.example](https://evil.example)`', [], 0],
  ['[bank.example]\u2060(https:\u2060//evil.example)', [], 0],
])('sees which links of %s live', (content, urls, disguised) => {
  const live = liveMarkdown({ content, components: [] });

  expect(live.links.map(({ url }) => url)).toEqual(urls);
  expect(live.disguised).toHaveLength(disguised);
});
