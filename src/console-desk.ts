// What the console's views show, gathered from the store, the feeds, the digests and the indexes.
import { type RecordChange, subjectOf } from './bots/changes.js';
import { ageOf } from './bots/sources.js';
import { linkTarget, plainLine } from './bots/untrusted-text.js';
import { digestPreview, subscriptionView } from './bots/web/digest-views.js';
import type { ConsoleDesk } from './bots/web/ports.js';
import type { FeedView, StateView, StoryView } from './bots/web/views.js';
import type { Letter } from './digests/platform.js';
import { rankStories } from './digests/rank-stories.js';
import type { ReadWindow, WindowStory } from './digests/read-window.js';
import type { ChannelPlace } from './digests/subscription.js';
import type { Clock } from './domain.js';
import type { App } from './ops/app.js';
import type { FeedHealth } from './ops/news.js';
import { aheadOf } from './ops/when.js';
import type { Store } from './store/open-store.js';

/** What the program can do as a whole, as far as the views show it. */
export type ConsoleApp = Pick<App, 'feeds' | 'digests' | 'indexStatus' | 'counts' | 'notice'> & {
  readWindow: ReadWindow;
};

export interface ConsoleParts {
  store: Pick<Store, 'figures' | 'chunks'>;
  app: ConsoleApp;
  /** What a channel would be sent now. */
  preview(place: ChannelPlace, signal: AbortSignal): Promise<Letter>;
  newsClock: Clock;
  record: RecordChange;
  isUnwelcome(user: string): boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Nobody's channel: the settings of a new subscription, and nothing told before. */
const NOBODY: ChannelPlace = { platform: '', tenant: '', channel: '' };
/** Of the sparklines. */
const DAYS = 14;
const MOST_STORIES = 60;
/** Tabs of the same minute share one reading, so that none of them may end it. */
const STORIES_MS = 60_000;
/** Who looks again within ten minutes sees the same digest: so the hour's previews (preview-budget.ts) last. */
const DIGEST_MS = 10 * MINUTE_MS;
const MOST_DIGESTS = 50;
const MOST_ARTICLES = 12;
const MOST_ENDED = 200;

export function createConsoleDesk({
  app,
  newsClock,
  preview,
  record,
  store,
  ...rest
}: ConsoleParts): ConsoleDesk {
  const subscriptions = async () => (await app.digests.list()).map((one) => subscriptionView(one));
  const digests = new Map<string, { at: number; letter: Promise<Letter> }>();

  /** Of the place, as its tabs share it. */
  function letterFor({ channel, platform, tenant }: ChannelPlace): Promise<Letter> {
    const key = JSON.stringify([platform, tenant, channel]);
    const now = performance.now();
    const kept = digests.get(key);
    if (kept && now - kept.at < DIGEST_MS) {
      return kept.letter;
    }
    const letter = preview({ platform, tenant, channel }, AbortSignal.timeout(DIGEST_MS));
    digests.delete(key);
    digests.set(key, { at: now, letter });
    letter.catch(() => digests.delete(key));
    const [oldest] = digests.keys();
    if (digests.size > MOST_DIGESTS && oldest !== undefined) {
      digests.delete(oldest);
    }
    return letter;
  }

  return {
    async feeds() {
      const now = newsClock();
      const days = lastDays(now);
      const [health, counts] = await Promise.all([
        app.feeds.health(),
        store.figures.articlesPerDay(`${days[0]}T00:00:00.000Z`),
      ]);
      const byFeed = new Map<string, Map<string, number>>();
      for (const { count, day, feedUrl } of counts) {
        byFeed.set(feedUrl, (byFeed.get(feedUrl) ?? new Map()).set(day, count));
      }
      return health.map((feed) => feedView(feed, days, byFeed.get(feed.url) ?? new Map(), now));
    },

    async stories() {
      // To the minute: windows that were read a moment ago are kept.
      const now = new Date(Math.floor(newsClock().getTime() / MINUTE_MS) * MINUTE_MS);
      const window = { from: new Date(now.getTime() - DAY_MS).toISOString(), to: now.toISOString() };
      const stories = (await app.readWindow(window, AbortSignal.timeout(STORIES_MS))).map((story) => ({
        ...story,
        publishers: new Set(story.reports.map(({ publisher }) => publisher)).size,
        followed: 0,
      }));
      return rankStories(stories, window)
        .slice(0, MOST_STORIES)
        .map((story) => storyView(story, now));
    },

    async digest(place = NOBODY) {
      return digestPreview(await letterFor(place), newsClock());
    },

    isUnwelcome: rest.isUnwelcome,

    subscriptions,
    async changeSubscription({ channel, platform, tenant }, action, user) {
      const place = { platform, tenant, channel };
      await (action === 'remove' ? app.digests.remove(place) : app.digests.pause(place, action === 'pause'));
      const done = `digest ${action}d`;
      const subject = `${platform}:${subjectOf(place)}`;
      await record({ platform: 'web', tenant: '', user, action: done, subject, details: '' });
      return subscriptions();
    },

    async state(): Promise<StateView> {
      const [{ articles, chunks, newest }, indexes, open, ended] = await Promise.all([
        app.counts(),
        app.indexStatus(),
        store.figures.openQuestions(),
        store.figures.endedQuestions(MOST_ENDED),
      ]);
      return {
        ...{ articles, passages: chunks, newest, indexes, open },
        notices: (app.notice() ?? '').split('\n').filter(Boolean),
        ended: ended.toReversed().map(({ askedAt, endedAt, ending, platform }) => ({
          ...{ platform, askedAt, ending, ms: Math.max(0, Date.parse(endedAt) - Date.parse(askedAt)) },
        })),
      };
    },

    passages: store.chunks.passages,
  };
}

/** Today last. */
function lastDays(now: Date): string[] {
  return Array.from({ length: DAYS }, (_, i) =>
    new Date(now.getTime() - (DAYS - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );
}

function feedView(
  feed: FeedHealth,
  days: string[],
  counts: ReadonlyMap<string, number>,
  now: Date,
): FeedView {
  const { condition, error, lastSuccessAt, movedTo, nextPollAt, publisher, title, url } = feed;
  const parts = [
    lastSuccessAt ? `read ${ageOf(lastSuccessAt, now)}` : 'not read yet',
    condition !== 'gone' && nextPollAt ? `next ${aheadOf(nextPollAt, now)}` : '',
    movedTo ? `moved to ${movedTo}` : '',
  ];
  return {
    ...{ url, condition, name: plainLine(publisher ?? title ?? new URL(url).host) },
    fact: parts.filter(Boolean).join(' · '),
    error: error && plainLine(error),
    perDay: days.map((day) => counts.get(day) ?? 0),
  };
}

function storyView({ articles, earlier, kind, reports }: Omit<WindowStory, 'kin'>, now: Date): StoryView {
  const [first] = articles;
  return {
    headline: plainLine(first?.title ?? ''),
    href: linkTarget(first?.url ?? ''),
    age: first ? ageOf(first.publishedAt, now) : '',
    kind,
    publishers: [...new Set(reports.map(({ publisher }) => plainLine(publisher)))],
    articles: articles.slice(0, MOST_ARTICLES).map(({ publishedAt, publisher, title, url }) => ({
      title: plainLine(title),
      about: `${plainLine(publisher)} · ${ageOf(publishedAt, now)}`,
      href: linkTarget(url),
    })),
    isUpdate: earlier.length > 0,
  };
}
