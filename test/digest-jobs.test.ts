// The minute's work of digests as `start` runs it, over the loopback Slack: what is due is posted, news are told, and it ends.
import { expect, it } from 'vitest';
import { loadSettings } from '#src/config.js';
import { startDigestJobs } from '#src/digest-jobs.js';
import { subscriptionId } from '#src/digests/subscription.js';
import { createLog } from '#src/log.js';
import { visibleText } from './fakes/slack/read-message.js';
import { openTestStore } from './helpers/bots.js';
import { aChunk, anArticle } from './helpers/builders.js';
import { SETTINGS } from './helpers/digests.js';
import { aDigest, anItem } from './helpers/letters.js';
import { scriptedAsk } from './helpers/scripted-ask.js';
import { startSlack, until } from './helpers/slack.js';
import { slackAdapter } from './helpers/slack-bot.js';

it('posts what is due and tells what is new, from the start on', async () => {
  const slack = await startSlack();
  const { team } = slack;
  const channel = team.channel('cricket');
  const question = await slack.people.say(team.user('asha'), channel, 'Who will captain Mumbai?');
  const store = await openTestStore();
  const place = { platform: 'slack', tenant: team.id, channel: channel.id };
  const due = new Date(Date.now() - 60_000).toISOString();
  const next = { localDate: due.slice(0, 10), dueAt: due, plannedAt: due };
  await store.subscriptions.put(
    { id: subscriptionId(place), ...place, settings: SETTINGS, isPaused: false },
    next,
  );
  const watch = {
    id: 'w1',
    ...place,
    thread: question.ts,
    userKey: 'u',
    question: question.text,
    earlier: [],
  };
  await store.watches.put({ ...watch, since: due, until: '2999-01-01T00:00:00.000Z' }, 10, due);
  await store.articles.put(anArticle({ publishedAt: new Date().toISOString() }), [aChunk()]);

  const end = startDigestJobs(
    {
      ...{ store, ask: scriptedAsk().ask, platforms: [slackAdapter(slack)], owner: 'one' },
      compose: async ({ from, to }) => ({ ...aDigest([anItem(1)]), from, to }),
      isCurrent: async () => true,
      log: createLog('silent'),
    },
    loadSettings({}),
  );
  const ours = () => [...channel.messages.values()].filter(({ botId }) => botId === team.botId);
  await until(() => ours().length === 2);
  await end();

  expect(ours().map(visibleText).join()).toContain('Story 1 tells of a match.');
  const [told] = ours().filter(({ threadTs }) => threadTs === question.ts);
  expect(told && visibleText(told)).toContain('There is news for the question: Who will captain Mumbai?');
});
