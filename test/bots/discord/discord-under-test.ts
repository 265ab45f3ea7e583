// The loopback Discord as the contract of bots wants a platform: what people do and what they see.
import { expect } from 'vitest';
import type { Bot } from '#src/bots/ports.js';
import { liveMarkdown } from '../../fakes/discord/live-markdown.js';
import { openFakeDiscord } from '../../fakes/discord/open-fake-discord.js';
import { buttonsOf, isStatus, visibleText } from '../../fakes/discord/read-message.js';
import type { FakeChannel, FakeMessage, FakeUser } from '../../fakes/discord/state.js';
import { discordAdapter, openLine } from '../../helpers/discord-bot.js';
import { until } from '../../helpers/processes.js';
import type { PlatformUnderTest, Said, Saying, Seen } from '../platform-under-test.js';

interface Kept {
  user: FakeUser;
  channel: FakeChannel;
  message?: FakeMessage | undefined;
  prefix: string;
  /** The bot is asked, so a thread comes. */
  isAsked: boolean;
}

export async function discordUnderTest(): Promise<PlatformUnderTest> {
  const discord = await openFakeDiscord({ hasRateLimits: false });
  const { events, gateway, people, state } = discord;
  // Two processes are told of one interaction: the second one is too late.
  discord.expect(40060);
  const channel = state.channel(state.guild('club'), 'cricket');
  const said = new Map<string, Kept>();
  const users = Object.fromEntries(['ann', 'ben', 'cat'].map((name) => [name, state.user(name)])) as Record<
    'ann' | 'ben' | 'cat',
    FakeUser
  >;
  const robot = { ...state.user('other-bot'), isBot: true };
  const bells = `<@${state.bot.id}> `;
  const lines = await Promise.all([1, 2, 3].map(() => openLine(discord)));
  const heard = new Set<string>();
  let connects = 0;
  let connections = 0;

  /** Discord does not wait for messages to be taken up; people of a test do. */
  const listening = (bot: Bot): Bot => ({
    ...bot,
    async onMessage(message) {
      await bot.onMessage(message);
      heard.add(message.message);
    },
  });

  async function threadOf(under: Said): Promise<FakeChannel> {
    const kept = said.get(under.id);
    if (!kept?.isAsked && !state.channels.has(under.thread)) {
      events.threadMade(state.thread(channel, 'talk', under.thread, users.ann.id));
    }
    await until('the thread is open', () => state.channels.has(under.thread));
    return state.channels.get(under.thread) as FakeChannel;
  }

  async function say({
    byBot,
    deliveries = 1,
    how = 'mention',
    text,
    to,
    under,
    user = 'ann',
  }: Saying): Promise<Said> {
    const who = byBot ? robot : users[user];
    const where = how === 'direct' ? state.direct(who) : under ? await threadOf(under) : channel;
    await until('the bot is there', () => gateway.live().length >= connections);
    if (how === 'command') {
      const interaction = people.command(who, where, 'ask', { question: text }, { times: deliveries });
      await until('the command is taken up', () => heard.has(interaction.id));
      const thread = under?.thread ?? interaction.original?.id ?? '';
      said.set(interaction.id, { user: who, channel: where, prefix: '', isAsked: true });
      return { id: interaction.id, thread };
    }
    const prefix = `${to ? `<@${users[to].id}> ` : ''}${how === 'mention' ? bells : ''}`;
    const message = people.say(who, where, `${prefix}${text}`, { times: deliveries });
    said.set(message.id, {
      user: who,
      channel: where,
      message,
      prefix,
      isAsked: how === 'mention' && !byBot,
    });
    await until('the message is taken up', () => heard.has(message.id));
    return { id: message.id, thread: how === 'direct' ? where.id : (under?.thread ?? message.id) };
  }

  const ours = (where: FakeChannel | undefined) =>
    [...(where?.messages.values() ?? [])].filter(
      ({ author, ephemeralFor }) => author.id === state.bot.id && ephemeralFor === undefined,
    );

  const shown = ({ thread }: Said) =>
    ours(state.channels.get(thread)).filter((message) => !isStatus(message));

  /** Lines for one alone, in direct messages, with the address of what they are about. */
  function whispers({ id, thread }: Said): FakeMessage[] {
    const user = said.get(id)?.user;
    const isDirect = said.get(id)?.channel.recipient !== undefined;
    return user && !isDirect
      ? ours(state.direct(user)).filter((message) => visibleText(message).includes(`/${thread}`))
      : [];
  }

  async function press(
    which: Said,
    button: RegExp,
    user: 'ann' | 'ben' | 'cat' = 'ann',
    isAwaited = false,
  ): Promise<void> {
    const find = () =>
      ours(state.channels.get(which.thread)).findLast((message) =>
        buttonsOf(message).some(({ id }) => button.test(id)),
      );
    await (isAwaited ? until('there is a button', () => find() !== undefined) : undefined);
    const message = find();
    const id = message && buttonsOf(message).find((one) => button.test(one.id))?.id;
    if (message && id) {
      const interaction = people.press(users[user], message, id);
      await until('the press is answered', () => (interaction?.original?.components.length ?? 0) > 0);
    }
  }

  const kept = ({ id }: Said) => said.get(id) as Kept & { message: FakeMessage };

  return {
    connect() {
      const line = lines[connects] as (typeof lines)[number];
      connects += 1;
      connections += 1;
      const platform = discordAdapter(discord, { apiUrl: line.apiUrl });
      return {
        platform: { ...platform, start: (bot) => platform.start(listening(bot)) },
        cut() {
          connections -= 1;
          line.cut();
        },
      };
    },
    say,
    async edit(which, text, deliveries) {
      const { message, prefix } = kept(which);
      people.edit(message, `${prefix}${text}`, deliveries);
    },
    async remove(which) {
      people.remove(kept(which).message);
    },
    pressStop: (which) => press(which, /^stop:/, 'ann', true),
    pressFeedback: (which, kind, user) => press(which, new RegExp(`^${kind}:`), user),
    async pressChoice(which, choice) {
      const message = shown(which).find((one) => buttonsOf(one).some(({ label }) => label === choice));
      await (message && people.press(users.ann, message, choice)?.acknowledged);
    },
    pressTellMe: (which) => press(which, /^tell-me:/, 'ann', true),
    channel: () => ({ platform: 'discord', tenant: channel.guildId ?? '', channel: channel.id }),
    async digest(id) {
      const message = channel.messages.get(id) as FakeMessage;
      events.threadMade(state.thread(channel, 'about it', id, users.ann.id));
      said.set(id, { user: users.ann, channel, message, prefix: '', isAsked: true });
      return { id, thread: id };
    },
    async seen(which) {
      return [...shown(which), ...whispers(which)].map(
        (message): Seen => ({
          id: message.id,
          text: visibleText(message),
          links: liveMarkdown(message)
            .links.map(({ url }) => url)
            .filter((url) => !url.startsWith('https://discord.com/channels/')),
          choices: buttonsOf(message)
            .filter(({ id }) => id.startsWith('choice-'))
            .map(({ label }) => label),
          onlyFor: state.channels.get(message.channelId)?.recipient?.username,
        }),
      );
    },
    async status({ thread }) {
      const status = ours(state.channels.get(thread)).findLast(isStatus);
      return status ? visibleText(status) : '';
    },
    async liveMentions() {
      const all = [...state.channels.values()].flatMap((where) => ours(where));
      return all.reduce((sum, message) => sum + message.pings.length + liveMarkdown(message).pills.length, 0);
    },
    async close() {
      for (const line of lines) {
        line.cut();
      }
      await discord.close();
      expect(discord.violations).toEqual([]);
    },
  };
}
