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
import { newsBy, scriptedAsk } from './helpers/scripted-ask.js';
import { startSlack, until } from './helpers/slack.js';
import { slackAdapter } from './helpers/slack-bot.js';
import { aWindowStory } from './helpers/stories.js';

it('posts what is due, what breaks and what is new to those who wait, from the start on', async () => {
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
  const news = team.channel('news');
  const other = { ...place, channel: news.id };
  const later = new Date(Date.now() + 3_600_000).toISOString();
  await store.subscriptions.put(
    { id: subscriptionId(other), ...other, settings: { ...SETTINGS, breaking: 3 }, isPaused: false },
    { localDate: later.slice(0, 10), dueAt: later, plannedAt: due },
  );
  const watch = {
    id: 'w1',
    ...place,
    thread: question.ts,
    userKey: 'u',
    question: question.text,
    earlier: [],
  };
  await store.watches.put(
    { ...watch, since: due, until: '2999-01-01T00:00:00.000Z' },
    { ofUser: 10, ofChannel: 10 },
    due,
  );
  await store.articles.put(anArticle({ publishedAt: new Date().toISOString() }), [aChunk()]);

  const end = startDigestJobs(
    {
      seekNews: newsBy(scriptedAsk().ask),
      breaking: {
        readWindow: async () => [aWindowStory(new Date(), [{ minutes: 9 }, { minutes: 6 }, { minutes: 3 }])],
        tellBreaking: async ({ articles }, window) => {
          const item = anItem(9, { articleIds: articles.map(({ id }) => id) });
          return { ...aDigest([item]), ...window };
        },
      },
      ...{ store, platforms: [slackAdapter(slack)], owner: 'one' },
      compose: async ({ from, to }) => ({ ...aDigest([anItem(1)]), from, to }),
      isCurrent: async () => true,
      log: createLog('silent'),
    },
    loadSettings({}),
  );
  const ours = () => [...channel.messages.values()].filter(({ botId }) => botId === team.botId);
  await until(() => ours().length === 2 && news.messages.size === 1);
  await end();

  expect(ours().map(visibleText).join()).toContain('Story 1 tells of a match.');
  expect([...news.messages.values()].map(visibleText).join()).toContain('Story 9 tells of a match.');
  const [told] = ours().filter(({ threadTs }) => threadTs === question.ts);
  expect(told && visibleText(told)).toContain('There is news for the question: Who will captain Mumbai?');
});
