// What a process that stays finds to do each minute: feeds to poll, pages to read again, once a day old articles to
// remove and hosts to forget. Each piece takes its own claim, so any number of processes may find the same.
import type { Settings } from './config.js';
import type { Feed } from './domain.js';
import { isDue } from './feeds/feed-health.js';
import type { Feeds, IngestWork } from './feeds/open-feeds.js';
import type { FeedState, HoldFeed } from './feeds/ports.js';
import type { RereadReport } from './feeds/reread.js';
import { createNews, type NewsDeps } from './open-news.js';
import type { DueWork, Jobs } from './ops/news.js';

export interface DueWorkDeps extends NewsDeps {
  settings: Settings;
  engine: Feeds;
  /** What every poll needs of the store. */
  common: () => Omit<IngestWork, 'signal' | 'onProgress'>;
  holdFeed: HoldFeed;
  /** Undefined = another process reads the page, or has read it. */
  reread(articleId: string, signal: AbortSignal): Promise<RereadReport | undefined>;
  expire(signal: AbortSignal): Promise<number>;
}

/** Pages found due at once. */
const MOST_REREADS = 200;

export function createDueWork(deps: DueWorkDeps): Pick<Jobs, 'due' | 'close'> {
  const { clock, common, engine, holdFeed, settings, store } = deps;
  const { feeds } = createNews(deps, settings);
  let expiredOn = '';
  let hostsOn = '';

  function feedWork(feed: Feed): DueWork {
    const state = () => store.feeds.feed<FeedState>(feed.url);
    return {
      key: `poll ${feed.url}`,
      async run(signal) {
        const [report] = await engine.pollAll([feed], {
          ...common(),
          // Another process may have polled it between the look at the list and the claim.
          hold: (url, outer, work) =>
            holdFeed(url, outer, async (...own) =>
              isDue(await state(), clock()) ? work(...own) : undefined,
            ),
          signal,
          onProgress: () => {},
        });
        return report === undefined || report.isBusy
          ? undefined
          : { kind: 'feed', feed: report, nextPollAt: (await state())?.nextPollAt };
      },
    };
  }

  const pageWork = (articleId: string): DueWork => ({
    key: `reread ${articleId}`,
    run: async (signal) => pageReport(await deps.reread(articleId, signal)),
  });

  const retentionWork = (day: string): DueWork => ({
    key: 'retention',
    async run(signal) {
      const removed = await deps.expire(signal);
      expiredOn = day;
      return { kind: 'retention', removed };
    },
  });

  const hostWork = (day: string): DueWork => ({
    key: 'hosts',
    async run() {
      await store.hosts.forgetOld();
      hostsOn = day;
      return undefined;
    },
  });

  return {
    async due() {
      const now = clock();
      const states = await store.feeds.feeds<FeedState>();
      const known = new Map(states.map(({ state, url }) => [url, state]));
      const followed = await feeds.list();
      const pages = await store.rereads.due(now.toISOString(), MOST_REREADS);
      const day = now.toISOString().slice(0, 10);
      return [
        ...followed.filter(({ url }) => isDue(known.get(url), now)).map(feedWork),
        ...pages.map(({ articleId }) => pageWork(articleId)),
        ...(settings.retention.days > 0 && day !== expiredOn ? [retentionWork(day)] : []),
        ...(day === hostsOn ? [] : [hostWork(day)]),
      ];
    },
    close: () => engine.close(),
  };
}

function pageReport(report: RereadReport | undefined) {
  return (
    report && {
      kind: 'page' as const,
      url: report.articleUrl,
      title: report.title,
      hasChanged: report.hasChanged,
      error: report.error,
    }
  );
}
