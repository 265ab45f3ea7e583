// The loopback Slack as the contract of digests wants a platform.
import { expect } from 'vitest';
import type { Fault } from '../../fakes/slack/faults.js';
import { liveMarkup } from '../../fakes/slack/live-markup.js';
import { openFakeSlack } from '../../fakes/slack/open-fake-slack.js';
import { visibleText } from '../../fakes/slack/read-message.js';
import type { FakeMessage } from '../../fakes/slack/state.js';
import { slackAdapter } from '../../helpers/slack-bot.js';
import type { DigestUnderTest, PostFault } from '../digest-contract.js';

const METHOD = 'chat.postMessage';
const FAULTS: Record<PostFault, Fault> = {
  'answer lost': { cut: 'after' },
  'request lost': { cut: 'before' },
  'too often': { error: 'ratelimited', retryAfter: 1 },
  'server error': { status: 503 },
};

export async function slackDigestUnderTest(): Promise<DigestUnderTest> {
  const slack = await openFakeSlack({ hasRateLimits: false });
  const { faults, team, violations } = slack;
  const { digests } = slackAdapter(slack);
  const ours = (messages: Iterable<FakeMessage>) => [...messages].filter(({ botId }) => botId === team.botId);
  return {
    platform: digests as NonNullable<typeof digests>,
    place: (name) => ({ platform: 'slack', tenant: team.id, channel: team.channel(name).id }),
    seen: ({ channel }) =>
      ours(team.channels.get(channel)?.messages.values() ?? []).map((message) => ({
        id: message.ts,
        text: visibleText(message),
        links: liveMarkup(message).links.map(({ url }) => url),
        isHidden: (words) => !JSON.stringify(message).includes(words),
      })),
    chatter({ channel }, count) {
      const where = team.channels.get(channel);
      for (let i = 0; i < count; i += 1) {
        const ts = team.nextTs();
        const shared = { blocks: [], markdown: '', history: [], reactions: [] };
        where?.messages.set(ts, { ts, user: team.user('ann'), text: `talk ${i}`, ...shared });
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
      [...team.channels.values()]
        .flatMap(({ messages }) => ours(messages.values()))
        .reduce((sum, message) => sum + liveMarkup(message).mentions.length, 0),
    now: () => new Date(slack.clock.now()),
    async close() {
      await slack.close();
      expect(violations).toEqual([]);
    },
  };
}
