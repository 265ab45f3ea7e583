// The loopback Slack as the contract of commands about digests wants a platform.
import { expect } from 'vitest';
import type { DigestDesk } from '#src/bots/digest-desk.js';
import { openFakeSlack } from '../../fakes/slack/open-fake-slack.js';
import { buttonsOf, visibleText } from '../../fakes/slack/read-message.js';
import type { FakeMessage, JsonObject } from '../../fakes/slack/state.js';
import { recordingBot } from '../../helpers/recording-bot.js';
import { until } from '../../helpers/slack.js';
import { slackAdapter } from '../../helpers/slack-bot.js';
import type { CommandsUnderTest, Who } from '../digest-commands-contract.js';

export async function slackCommandsUnderTest(desk: DigestDesk): Promise<CommandsUnderTest> {
  const slack = await openFakeSlack({ hasRateLimits: false });
  const { people, team } = slack;
  const user = team.user('asha');
  const channel = team.channel('cricket');
  channel.members.add(user);
  const platform = slackAdapter(slack, { digests: desk });
  await platform.start(recordingBot());
  await until(() => slack.sockets.count() > 0);
  const where = (who: Who) => (who === 'direct' ? team.direct(user) : channel);
  /** What was said by acknowledging a command, which Slack shows to one alone. */
  const acked: FakeMessage[] = [];

  function toldTo(who: Who): FakeMessage[] {
    const shown = [...where(who).messages.values()].filter(({ ephemeralFor }) => ephemeralFor === user);
    return [...acked, ...shown].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  }

  async function command(who: Who, text: string): Promise<void> {
    const acknowledgement = await people.command(user, where(who), '/cricket', text);
    const { blocks = [], text: words = '' } = (
      acknowledgement.isAcknowledged ? acknowledgement.payload : {}
    ) as { blocks?: JsonObject[]; text?: string };
    const shared = { markdown: '', history: [], reactions: [], user: team.botUser, botId: team.botId };
    acked.push({ ts: team.nextTs(), text: words, blocks, ...shared, ephemeralFor: user });
  }

  return {
    platform: platform.digests as NonNullable<typeof platform.digests>,
    hasManagers: false,
    place: (who) => ({ platform: 'slack', tenant: team.id, channel: where(who).id }),
    user: () => user,
    set: (who, { breaking = '', days = '', length, quiet = '', results = '', time = '', zone = '' }) =>
      command(
        who,
        `digest ${[time, zone, days, length && `${length} stories`, results && `${results} results`, quiet, breaking && `breaking ${breaking}`].filter(Boolean).join(' ')}`,
      ),
    act: (who, action) => command(who, `digest ${action}`),
    follow: (who, names, isFollowed = true) => command(who, `${isFollowed ? 'follow' : 'unfollow'} ${names}`),
    async press(who, label) {
      const all = [...where(who).messages.values(), ...acked].sort((a, b) => (a.ts < b.ts ? -1 : 1));
      const message = all.findLast((one) =>
        buttonsOf(one).some(({ text }) => (text as JsonObject)['text'] === label),
      );
      await people.press(user, where(who), message as FakeMessage, label);
    },
    told: (who) => toldTo(who).map(visibleText),
    async close() {
      await platform.pause();
      await platform.stop();
      await slack.close();
      expect(slack.violations).toEqual([]);
    },
  };
}
