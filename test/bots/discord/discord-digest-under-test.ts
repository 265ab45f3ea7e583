// The loopback Discord as the contract of digests wants a platform.
import { expect } from 'vitest';
import type { Fault } from '../../fakes/discord/faults.js';
import { liveMarkdown } from '../../fakes/discord/live-markdown.js';
import { SUPPRESS_NOTIFICATIONS } from '../../fakes/discord/message-body.js';
import { openFakeDiscord } from '../../fakes/discord/open-fake-discord.js';
import { textOf } from '../../fakes/discord/pings.js';
import { visibleText } from '../../fakes/discord/read-message.js';
import type { FakeMessage } from '../../fakes/discord/state.js';
import { connected, discordAdapter } from '../../helpers/discord-bot.js';
import { recordingBot } from '../../helpers/recording-bot.js';
import type { DigestUnderTest, PostFault } from '../digest-contract.js';

const METHOD = 'POST /channels/:channel/messages';
const FAULTS: Record<PostFault, Fault> = {
  'answer lost': { cut: 'after' },
  'request lost': { cut: 'before' },
  'too often': { retryAfter: 1 },
  'server error': { status: 503 },
};

export async function discordDigestUnderTest(): Promise<DigestUnderTest> {
  const discord = await openFakeDiscord({ hasRateLimits: false });
  // A channel that is gone.
  discord.expect(10003);
  const { faults, state } = discord;
  const guild = state.guild('club');
  // The gateway tells of what is there when it opens.
  const channels = new Map(
    ['news', ...Array.from({ length: 40 }, (_, i) => `club-${i}`)].map((name) => [
      name,
      state.channel(guild, name),
    ]),
  );
  const platform = discordAdapter(discord);
  await platform.start(recordingBot());
  await connected(platform);
  const ours = (messages: Iterable<FakeMessage>) =>
    [...messages].filter(({ author }) => author.id === state.bot.id);
  return {
    platform: platform.digests as NonNullable<typeof platform.digests>,
    place: (name) => ({ platform: 'discord', tenant: guild.id, channel: channels.get(name)?.id ?? '' }),
    seen: ({ channel }) =>
      ours(state.channels.get(channel)?.messages.values() ?? []).map((message) => {
        expect(message.flags & SUPPRESS_NOTIFICATIONS).not.toBe(0);
        return {
          id: message.id,
          text: visibleText(message),
          links: liveMarkdown(message).links.map(({ url }) => url),
          isHidden: (words) =>
            !textOf(message)
              .replace(/\|\|.*?\|\|/g, '')
              .includes(words),
        };
      }),
    chatter({ channel }, count) {
      const where = state.channels.get(channel);
      const author = state.user('ann');
      for (let i = 0; i < count; i += 1) {
        const id = state.nextId();
        const shared = { components: [], embeds: [], pings: [], history: [], flags: 0, type: 0 };
        where?.messages.set(id, { id, channelId: channel, author, content: `talk ${i}`, ...shared });
      }
    },
    fault: (fault, times) => faults.next(METHOD, FAULTS[fault], times),
    faults(choose) {
      faults.always(
        choose &&
          (({ method }) => {
            const fault = method === METHOD ? choose() : undefined;
            return fault && FAULTS[fault];
          }),
      );
    },
    liveMentions: () =>
      [...state.channels.values()]
        .flatMap(({ messages }) => ours(messages.values()))
        .reduce((sum, message) => sum + message.pings.length + liveMarkdown(message).pills.length, 0),
    now: () => new Date(discord.clock.now()),
    async close() {
      await platform.pause();
      await platform.stop();
      await discord.close();
      expect(discord.violations).toEqual([]);
    },
  };
}
