// Work on feeds over the store, for one pass (`ingest`) and for a process that stays (`start`): whoever polls a
// feed or reads a page again holds a claim on it.
import type { Settings } from './config.js';
import type { Article, Chunk, Feed } from './domain.js';
import type { FeedNotice } from './feeds/feed-state.js';
import type { Feeds } from './feeds/open-feeds.js';
import type { FeedState, FoundBy, HoldFeed, SeenEntry } from './feeds/ports.js';
import type { Reread } from './feeds/reread-plan.js';
import { createDueWork } from './news-jobs.js';
import { type NewsDeps, openEngine } from './open-news.js';
import type { Held, Hold } from './ops/hold.js';
import type { Ingest, IngestOptions, Jobs, OnNotice } from './ops/news.js';

export interface NewsWorkDeps extends NewsDeps {
  chunkArticle: (article: Article) => Promise<Chunk[]>;
  hold: Hold;
  onNotice?: OnNotice | undefined;
}

export interface NewsWork extends Ingest {
  /** One line on what the last work lacked, a browser for example; undefined = nothing. */
  engineNotice(): string | undefined;
  /** The work of a process that stays; the feed engine stays open until `close`. */
  openWork(): Promise<Pick<Jobs, 'due' | 'close'>>;
}

const DAY_MS = 24 * 3_600_000;
/** Articles removed by one transaction: others write in between. */
const REMOVED_AT_ONCE = 200;
/** Pages read again by one pass. */
const MOST_REREADS = 200;

export function createNewsWork(deps: NewsWorkDeps, settings: Settings): NewsWork {
  const { chunkArticle, clock, hold, log, onNotice, store } = deps;
  const keptDays = settings.retention.days;
  /** Where articles go and feeds are remembered; under a claim only as long as it is ours. */
  const kept = (held?: Held) => ({
    sink: {
      put: async (article: Article, found: FoundBy = {}) =>
        store.articles.put(article, await chunkArticle(article), {
          ...{ at: clock().toISOString(), held },
          ...found,
        }),
    },
    memory: {
      ...store.feeds,
      saveFeed: (url: string, state: FeedState) => store.feeds.saveFeed(url, state, held),
      saveEntry: (entry: SeenEntry) => store.feeds.saveEntry(entry, held),
    },
  });
  const holdFeed: HoldFeed = async (feedUrl, signal, work) =>
    (await hold({ subject: feedUrl, job: 'poll' }, signal, (own, held) => work(own, kept(held))))?.result;
  const keptFrom = () =>
    keptDays === 0 ? undefined : new Date(clock().getTime() - keptDays * DAY_MS).toISOString();

  const common = () => ({
    ...kept(),
    clock,
    keptFrom: keptFrom(),
    hold: holdFeed,
    notify(notice: FeedNotice) {
      log.warn({ code: notice.code, feedUrl: notice.feedUrl, reason: notice.message }, 'feed notice');
      onNotice?.(notice);
    },
  });

  let notice: string | undefined;
  async function withEngine<Result>(run: (engine: Feeds) => Promise<Result>): Promise<Result> {
    const engine = await openEngine({ log, store }, settings);
    try {
      return await run(engine);
    } finally {
      notice = engine.notice() ?? notice;
      await engine.close();
    }
  }

  /** Undefined = another process reads it, or has read it. */
  async function reread(engine: Feeds, articleId: string, signal: AbortSignal) {
    const done = await hold({ subject: articleId, job: 'reread' }, signal, async (own, held) => {
      const planned = await store.rereads.find(articleId);
      const article = planned && (await store.articles.find(articleId));
      if (!article || planned.dueAt > clock().toISOString()) {
        return undefined;
      }
      const known = { feedUrl: planned.feedUrl, state: planned.state as Reread };
      const report = await engine.reread(article, known, { ...common(), ...kept(held), signal: own });
      await (report.next
        ? store.rereads.plan({ ...planned, ...report.next }, held)
        : store.rereads.drop(articleId, held));
      return report;
    });
    return done?.result;
  }

  async function expire(signal: AbortSignal): Promise<number> {
    const cutoff = keptFrom();
    const held = await hold({ subject: 'articles', job: 'retention' }, signal, async (own) => {
      let removed = 0;
      for (let last = REMOVED_AT_ONCE; cutoff && last === REMOVED_AT_ONCE; removed += last) {
        own.throwIfAborted();
        last = await store.remover.removeOlder(cutoff, REMOVED_AT_ONCE);
      }
      await store.remover.sweep();
      return removed;
    });
    return held?.result ?? 0;
  }

  return {
    ingestFeeds: (feeds: Feed[], work: IngestOptions) =>
      withEngine((engine) => engine.pollAll(feeds, { ...common(), ...work })),

    ingestPages: (urls: string[], work: IngestOptions) =>
      withEngine((engine) => engine.readPages(urls, { ...common(), ...work })),

    async rereadPages(feedUrls, { onProgress, signal }) {
      const due = await store.rereads.due(clock().toISOString(), MOST_REREADS, feedUrls);
      const result = { read: 0, changed: 0 };
      if (due.length === 0) {
        return result;
      }
      await withEngine(async (engine) => {
        for (const [i, { articleId }] of due.entries()) {
          const report = await reread(engine, articleId, signal);
          result.read += report ? 1 : 0;
          result.changed += report?.hasChanged ? 1 : 0;
          onProgress('pages read again', { done: i + 1, total: due.length });
        }
      });
      return result;
    },

    expire,
    engineNotice: () => notice,

    async openWork() {
      const engine = await openEngine({ log, store }, settings);
      return createDueWork({
        ...deps,
        settings,
        engine,
        common,
        holdFeed,
        expire,
        reread: (articleId, signal) => reread(engine, articleId, signal),
      });
    },
  };
}
