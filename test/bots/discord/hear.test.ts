// What people can do in Discord beside asking in a channel: commands, settings, the menu of a message, the bot lent to
// a user where it is no member; and where it keeps quiet.
import { expect, it, onTestFinished } from 'vitest';
import type { Change } from '#src/bots/changes.js';
import { createGuildSettings } from '#src/bots/discord/guild-settings.js';
import type { Bot, IncomingMessage } from '#src/bots/ports.js';
import type { FakeDiscord } from '../../fakes/discord/open-fake-discord.js';
import { visibleText } from '../../fakes/discord/read-message.js';
import { openTestStore, testBots } from '../../helpers/bots.js';
import { startDiscord } from '../../helpers/discord.js';
import { type AdapterOptions, connected, discordAdapter } from '../../helpers/discord-bot.js';
import { until } from '../../helpers/processes.js';
import { recordingBot } from '../../helpers/recording-bot.js';
import { scriptedAsk } from '../../helpers/scripted-ask.js';

async function world(options: AdapterOptions = {}) {
  const discord = await startDiscord({ hasRateLimits: false });
  const { people, state } = discord;
  const guild = state.guild('club');
  const channel = state.channel(guild, 'cricket');
  const ann = state.user('ann');
  const bot = recordingBot();
  await start(discord, bot, options);
  const heard = () =>
    bot.heard.filter(([what]) => what === 'message').map(([, message]) => message as IncomingMessage);
  /** Comes back when it is answered; gives the answer and whether only the one who used it sees that. */
  async function use(
    user: typeof ann,
    where: typeof channel,
    name: string,
    given: Record<string, string> = {},
  ) {
    const interaction = people.command(user, where, name, given);
    await until(`/${name} is answered`, () => (interaction.original?.components.length ?? 0) > 0);
    const { isEphemeral, original } = interaction;
    return { isEphemeral, text: original ? visibleText(original) : '' };
  }
  return { discord, people, state, guild, channel, ann, bot, heard, use };
}

async function start(discord: FakeDiscord, bot: Bot, options: AdapterOptions = {}): Promise<void> {
  const platform = discordAdapter(discord, options);
  onTestFinished(() => platform.pause());
  await platform.start(bot);
  await connected(platform);
}

it('asks for the latest news, of everybody or of one side, in words that everybody sees', async () => {
  const { ann, channel, heard, use } = await world();

  const all = await use(ann, channel, 'latest');
  const one = await use(ann, channel, 'latest', { team: 'England *women*' });

  await until('both are heard', () => heard().length === 2);
  expect(heard().map(({ text, way }) => [text, way])).toEqual([
    ['What is the latest cricket news?', 'command'],
    ['What is the latest news about England *women*?', 'command'],
  ]);
  expect([all.isEphemeral, one.isEphemeral]).toEqual([false, false]);
  expect(one.text).toContain('England *women*');
});

it('tells how the feeds do and how to ask, to the one who wants to know alone', async () => {
  const feeds = [
    { name: 'The *Example*', isWell: true, fact: '3 min ago' },
    { name: 'Sample Sport', isWell: false, fact: '404 since Monday' },
  ];
  const { ann, channel, heard, use } = await world({ feeds });

  const told = await use(ann, channel, 'feeds');
  const help = await use(ann, channel, 'help');

  expect(told.text).toContain('✓ The *Example* · 3 min ago');
  expect(told.text).toContain('✗ Sample Sport · 404 since Monday');
  expect(help.text).toMatch(/\/ask[\s\S]*\/latest[\s\S]*Check against the news/);
  expect([told.isEphemeral, help.isEphemeral]).toEqual([true, true]);
  expect(heard()).toEqual([]);
});

it('lets only members who may manage the server change its settings', async () => {
  const { ann, channel, guild, people, state, use, heard } = await world();
  const boss = state.user('boss');
  guild.ownerId = boss.id;

  const refused = await use(ann, channel, 'settings', { here: 'off' });
  people.mention(ann, channel, 'Who won the final?');
  await until('the mention is heard', () => heard().length === 1);
  const done = await use(boss, channel, 'settings', { here: 'off' });
  const shown = await use(boss, channel, 'settings');

  expect(refused.text).toContain('Only members who may manage the server');
  expect(done.text).toContain('I do not answer in this channel.');
  expect(shown.text).toContain('I do not answer in this channel.');
  expect([refused.isEphemeral, done.isEphemeral]).toEqual([true, true]);
});

it('keeps quiet in a channel that the server closed, its threads included, until it is opened again', async () => {
  const { ann, channel, discord, guild, heard, people, state, use } = await world();
  guild.ownerId = ann.id;
  const other = state.channel(guild, 'general');
  const thread = state.thread(channel, 'talk', undefined, ann.id);
  discord.events.threadMade(thread);
  await use(ann, channel, 'settings', { here: 'off' });

  people.mention(ann, channel, 'closed?');
  people.mention(ann, thread, 'closed, too?');
  const command = people.command(ann, channel, 'ask', { question: 'by command?' });
  people.mention(ann, other, 'open?');
  await until('the open one is heard', () => heard().length > 0);
  await until('the command is refused', () =>
    [...channel.messages.values()].some(
      (message) => message.ephemeralFor === ann.id && visibleText(message).includes('/settings'),
    ),
  );
  await use(ann, channel, 'settings', { here: 'on' });
  people.mention(ann, channel, 'open again?');
  await until('it is heard again', () => heard().length === 2);

  expect(command.original && channel.messages.has(command.original.id)).toBe(false);
  expect(heard().map(({ text }) => text)).toEqual(['open?', 'open again?']);
});

it('keeps a server settings in the store, for every process', async () => {
  const store = await openTestStore();
  let now = 0;
  const changes: Change[] = [];
  const settings = () =>
    createGuildSettings(
      store.guildSettings,
      () => new Date(now),
      async (change) => void changes.push(change),
    );
  const [one, two] = [settings(), settings()];
  expect(await two.closed('g1')).toEqual([]);
  await one.setClosed('g1', 'c1', true, 'ann');
  await one.setClosed('g1', 'c2', true, 'ann');
  await one.setClosed('g1', 'c1', false, 'ben');
  now += 61_000;

  expect(await two.closed('g1')).toEqual(['c2']);
  expect(await two.closed('g2')).toEqual([]);
  expect(changes.map(({ action, subject, user }) => `${user}: ${action} ${subject}`)).toEqual([
    ...['ann: channel closed c1', 'ann: channel closed c2', 'ben: channel opened c1'],
  ]);
});

it('checks a message of somebody against the news, from its menu', async () => {
  const { ann, channel, heard, people, state } = await world();
  const claim = people.say(state.user('ben'), channel, 'Lyon took **500** wickets <@1>');

  const interaction = people.messageCommand(ann, claim, 'Check against the news');
  const asked = () => heard().find(({ way }) => way === 'shortcut');
  await until('it is heard', () => asked() !== undefined);

  const message = asked();
  expect(message).toMatchObject({ user: ann.id, channel: channel.id });
  expect(message?.text).toContain('Lyon took **500** wickets');
  expect(message?.thread).toBe(interaction.original?.id);
  expect(interaction.isEphemeral).toBe(false);
  expect(interaction.original && visibleText(interaction.original)).toContain('Lyon took');
});

it('answers who installed it for himself where it is no member, by the command alone', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const { people, state } = discord;
  const [home, away] = [state.guild('home'), state.guild('away')];
  state.channel(home, 'cricket');
  const channel = state.channel(away, 'general');
  away.members.delete(state.bot.id);
  const core = scriptedAsk();
  const platform = discordAdapter(discord);
  const bots = testBots({ platforms: [platform], ask: core.ask, store: await openTestStore() });
  await bots.start();
  onTestFinished(() => bots.stop());
  await connected(platform);

  const interaction = people.command(
    state.user('ann'),
    channel,
    'ask',
    { question: 'Who won?' },
    { asUser: true },
  );
  await until('it is answered', () =>
    JSON.stringify(interaction.original?.components ?? []).includes('Sources'),
  );

  expect(visibleText(interaction.original as NonNullable<typeof interaction.original>)).toContain('Who won?');
  expect([...state.channels.values()].filter(({ parentId }) => parentId === channel.id)).toEqual([]);
  expect(discord.calls.filter(({ method }) => method.startsWith('POST /channels/'))).toEqual([]);
});

it.each([
  ['is heard where no list says where to answer', {}, [], ['Who won?', 'by command']],
  ['is not where the settings have a list of channels', { hasChannelLists: true }, [], ['by command']],
  ['is not where the server closed a channel', {}, ['another'], ['by command']],
])('a thread whose channel Discord does not tell %s', async (_, options, closed, expected) => {
  const settings = { closed: async () => closed, setClosed: async () => {} };
  const { ann, channel, discord, heard, people, state } = await world({ ...options, settings });
  // The gateway told nothing of it: it was archived when the bot came, and discord.js has swept it.
  const thread = state.thread(channel, 'old talk', undefined, ann.id);
  const forbidden = { status: 403, code: 50001, message: 'Missing Access' };
  discord.faults.next('GET /channels/:channel', { refusal: forbidden }, 2);

  people.mention(ann, thread, 'Who won?');
  await until('its channel is asked for', () => discord.faults.count() === 1);
  // A command names the channel that it was used in.
  people.command(ann, channel, 'ask', { question: 'by command' });
  await until('all is heard', () => heard().length === expected.length);

  expect(
    heard()
      .map(({ text }) => text)
      .sort(),
  ).toEqual([...expected].sort());
});

it('names to whoever asked what is missing in a channel', async () => {
  const discord = await startDiscord({ hasRateLimits: false });
  const { people, state } = discord;
  const guild = state.guild('club', { botPermissions: (1n << 10n) | (1n << 16n) });
  const channel = state.channel(guild, 'cricket');
  const platform = discordAdapter(discord);
  const bots = testBots({ platforms: [platform], ask: scriptedAsk().ask, store: await openTestStore() });
  await bots.start();
  onTestFinished(() => bots.stop());
  await connected(platform);
  const ann = state.user('ann');

  const question = people.mention(ann, channel, 'Who won?');
  const whispers = () => [...state.direct(ann).messages.values()].map(visibleText);
  await until('she is told', () => whispers().length > 0);

  expect(whispers()[0]).toContain(
    "I can't post in #cricket yet: somebody who manages the server must give me Send Messages, Create Public Threads, Send Messages in Threads there.",
  );
  expect(whispers()[0]).toContain(question.id);
  expect([...channel.messages.values()].filter(({ author }) => author.isBot)).toEqual([]);
});
