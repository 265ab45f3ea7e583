// The loopback Slack as the contract of bots wants a platform: what people do and what they see.
import { expect } from 'vitest';
import { TELL_ME } from '#src/bots/watch-desk.js';
import { liveMarkup } from '../../fakes/slack/live-markup.js';
import { openFakeSlack } from '../../fakes/slack/open-fake-slack.js';
import { buttonsOf, visibleText } from '../../fakes/slack/read-message.js';
import type { FakeChannel, FakeMessage, JsonObject } from '../../fakes/slack/state.js';
import { slackAdapter } from '../../helpers/slack-bot.js';
import type { PlatformUnderTest, Said, Saying, Seen } from '../platform-under-test.js';

export async function slackUnderTest(): Promise<PlatformUnderTest> {
  const slack = await openFakeSlack({ hasRateLimits: false });
  const { people, team } = slack;
  const channel = team.channel('cricket');
  const said = new Map<string, { channel: FakeChannel; message: FakeMessage }>();
  const users = Object.fromEntries(['ann', 'ben', 'cat'].map((name) => [name, team.user(name)]));
  for (const user of Object.values(users)) {
    channel.members.add(user);
  }
  const otherBot = team.user('other-bot');
  const nameOf = (id: string | undefined) => (id ? team.users.get(id)?.name : undefined) as Seen['onlyFor'];

  function keep(where: FakeChannel, message: FakeMessage): Said {
    said.set(message.ts, { channel: where, message });
    return { id: message.ts, thread: message.threadTs ?? message.ts };
  }

  async function say({ byBot, deliveries = 1, how = 'mention', text, to, under, user = 'ann' }: Saying) {
    const who = byBot ? otherBot : (users[user] ?? '');
    const where = how === 'direct' ? team.direct(who) : channel;
    slack.deliverer.copies(deliveries);
    const addressed = to ? `<@${users[to]}> ${text}` : text;
    const escaped = addressed.replaceAll('&', '&amp;').replace(/<(?!@U)/g, '&lt;');
    if (how === 'command') {
      await people.command(who, where, '/cricket', escaped);
      const root = [...where.messages.values()].findLast(({ threadTs }) => threadTs === undefined);
      slack.deliverer.copies(1);
      return keep(where, root as FakeMessage);
    }
    const write = how === 'mention' ? people.mention : people.say;
    const message = await write(who, where, escaped, under?.thread, byBot ? { botId: 'BOTHER' } : {});
    slack.deliverer.copies(1);
    return keep(where, message);
  }

  const answers = ({ id, thread }: Said): FakeMessage[] => {
    const where = said.get(id)?.channel ?? channel;
    return [...where.messages.values()].filter(
      (message) => message.botId === team.botId && message.threadTs === thread && message.text !== STOP_OFFER,
    );
  };

  async function press(which: Said, button: string, user = 'ann', from = answers(which)) {
    const target = from.findLast((message) => buttonsOf(message).some((one) => saysOrIs(one, button)));
    if (target) {
      await people.press(users[user] ?? '', said.get(which.id)?.channel ?? channel, target, button);
    }
  }

  return {
    connect() {
      let isKilled = false;
      const platform = slackAdapter(slack, { sockets: 2, isKilled: () => isKilled });
      return {
        platform,
        cut() {
          isKilled = true;
          void platform.pause();
        },
      };
    },
    say,
    async edit({ id }, text, deliveries = 1) {
      const { channel: where, message } = said.get(id) as { channel: FakeChannel; message: FakeMessage };
      slack.deliverer.copies(deliveries);
      await people.edit(where, message, `<@${team.botUser}> ${text}`);
      slack.deliverer.copies(1);
    },
    async remove({ id }) {
      const { channel: where, message } = said.get(id) as { channel: FakeChannel; message: FakeMessage };
      await people.remove(where, message);
    },
    async pressStop(which) {
      await slackStop(which);
    },
    async pressFeedback(which, kind, user = 'ann') {
      await press(
        which,
        { up: 'Good answer', down: 'Bad answer', 'wrong-source': 'Wrong source' }[kind],
        user,
      );
    },
    pressChoice: (which, choice) => press(which, choice),
    async pressTellMe(which) {
      // Buttons come when all is said.
      while (!answers(which).some((message) => buttonsOf(message).some((one) => saysOrIs(one, TELL_ME)))) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await press(which, TELL_ME);
    },
    channel: () => ({ platform: 'slack', tenant: team.id, channel: channel.id }),
    digest: async (message) => keep(channel, channel.messages.get(message) as FakeMessage),
    async seen(which) {
      return answers(which).map(
        (message): Seen => ({
          id: message.ts,
          text: visibleText(message),
          links: liveMarkup(message).links.map(({ url }) => url),
          choices: buttonsOf(message)
            .filter(({ action_id: id }) => String(id).startsWith('choice'))
            .map(({ text }) => String((text as JsonObject)['text'])),
          onlyFor: nameOf(message.ephemeralFor),
        }),
      );
    },
    async status({ id, thread }) {
      return said.get(id)?.channel.statuses.get(thread)?.text ?? '';
    },
    async liveMentions() {
      const all = [...team.channels.values()].flatMap(({ messages }) => [...messages.values()]);
      const ours = all.filter(({ botId }) => botId === team.botId);
      return ours.reduce((sum, message) => sum + liveMarkup(message).mentions.length, 0);
    },
    async close() {
      await slack.close();
      expect(slack.violations).toEqual([]);
    },
  };

  /** While it is written, the offer that only the asker sees; the button below what is there else. */
  async function slackStop(which: Said): Promise<void> {
    const where = said.get(which.id)?.channel ?? channel;
    const offers = () => [...where.messages.values()].filter(({ text }) => text === STOP_OFFER);
    while (offers().length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await press(which, 'Stop', 'ann', offers());
  }
}

const STOP_OFFER = 'Still at it. Stop ends it here.';

function saysOrIs(button: JsonObject, wanted: string): boolean {
  const halves = [button, button['positive_button'], button['negative_button']] as (JsonObject | undefined)[];
  return halves.some((one) => (one?.['text'] as JsonObject | undefined)?.['text'] === wanted);
}
