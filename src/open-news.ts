// What commands can do with feeds and articles by the store alone: no index, no model, and the feed engine only
// where something is fetched.
import { forgetPerson } from './bots/forget.js';
import { createIdHash } from './bots/id-hash.js';
import { feedsFile, loadFeeds, type Settings } from './config.js';
import { createDigestDesk } from './digest-desk.js';
import type { Clock, Feed } from './domain.js';
import { feedFacts } from './feeds/feed-health.js';
import { revived, unread } from './feeds/feed-state.js';
import { articleId, canonicalUrl } from './feeds/identify.js';
import type { Feeds } from './feeds/open-feeds.js';
import type { FeedState } from './feeds/ports.js';
import { takedownTarget } from './feeds/takedown-target.js';
import type { Log } from './log.js';
import { type Audit, createAudit } from './open-audit.js';
import type { ArticleDesk, FeedDesk, FollowedFeed, News } from './ops/news.js';
import { secretOf } from './own-secret.js';
import type { Store } from './store/open-store.js';

export interface NewsDeps {
  log: Log;
  store: Store;
  clock: Clock;
}

export function createNews(deps: NewsDeps, settings: Settings): News & { audit: Audit } {
  return {
    audit: createAudit({ store: deps.store, clock: deps.store.clock }, settings),
    feeds: createFeedDesk(deps, settings),
    articles: createArticleDesk(deps),
    complaints: deps.store.conversations.complaints,
    digests: createDigestDesk(deps, settings),
    async forget(user) {
      const hashId = createIdHash(await secretOf(settings, deps.store));
      return forgetPerson(deps.store.conversations, hashId, user);
    },
  };
}

/** The feed engine, which obeys the store's takedowns. */
export async function openEngine(
  { log, store }: Pick<NewsDeps, 'log' | 'store'>,
  settings: Settings,
): Promise<Feeds> {
  const { openFeeds } = await import('./feeds/open-feeds.js');
  return openFeeds({ log, isTakenDown: store.blocks.isBlocked, hostTurns: store.hosts }, settings);
}

function createFeedDesk({ clock, log, store }: NewsDeps, settings: Settings): FeedDesk {
  const configured = () => loadFeeds(feedsFile(settings));

  async function list(): Promise<FollowedFeed[]> {
    const { added, hidden } = await store.ownFeeds.list();
    const own = new Map(added.map((feed) => [feed.url, feed]));
    const inFile = configured();
    const urls = new Set(inFile.map(({ url }) => url));
    return [
      ...inFile
        .filter(({ url }) => !hidden.includes(url))
        .map((feed) => ({ ...(own.get(feed.url) ?? feed), isConfigured: true })),
      ...added.filter(({ url }) => !urls.has(url)).map((feed) => ({ ...feed, isConfigured: false })),
    ];
  }

  async function states(): Promise<Map<string, FeedState>> {
    const all = await store.feeds.feeds<FeedState>();
    return new Map(all.map(({ state, url }) => [url, state]));
  }

  return {
    list,

    async health() {
      const [feeds, known] = await Promise.all([list(), states()]);
      return feeds.map((feed) => ({ ...feed, ...feedFacts(feed.url, known.get(feed.url), clock()) }));
    },

    async discover(address, signal) {
      const engine = await openEngine({ log, store }, settings);
      try {
        return await engine.discover(address, signal);
      } finally {
        await engine.close();
      }
    },

    async add(feeds) {
      const followed = new Set((await list()).map(({ url }) => url));
      const inFile = new Map(configured().map((feed) => [feed.url, feed]));
      for (const { saysPages, ...feed } of feeds) {
        const known = inFile.get(feed.url);
        if (known && (!saysPages || isSame(known, feed))) {
          // The feeds file says it; what hid it or differed from it goes.
          await (followed.has(feed.url) && !saysPages ? undefined : store.ownFeeds.forget(feed.url));
        } else if (saysPages || !followed.has(feed.url)) {
          await store.ownFeeds.add([feed], clock().toISOString());
        }
        const state = await store.feeds.feed<FeedState>(feed.url);
        if (state?.retiredAt) {
          await store.feeds.saveFeed(feed.url, revived(state));
        }
      }
      return feeds.filter(({ url }) => !followed.has(url));
    },

    async remove(url) {
      const [feeds, known] = await Promise.all([list(), states()]);
      const feed = feeds.find((one) => one.url === url || known.get(one.url)?.movedTo === url);
      if (feed) {
        await (feed.isConfigured
          ? store.ownFeeds.hide(feed.url, clock().toISOString())
          : store.ownFeeds.forget(feed.url));
        await store.feeds.forget(feed.url);
      }
      return feed;
    },

    async readOpml(bytes) {
      const { parseOpml } = await import('./feeds/opml.js');
      return parseOpml(bytes);
    },

    async writeOpml(feeds) {
      const { renderOpml } = await import('./feeds/opml.js');
      return renderOpml(feeds);
    },
  };
}

function isSame(one: Feed, other: Feed): boolean {
  const words = ({ pages, publisher, skipPaths = [] }: Feed) =>
    JSON.stringify([pages, publisher ?? '', skipPaths]);
  return words(one) === words(other);
}

function createArticleDesk({ clock, store }: NewsDeps): ArticleDesk {
  return {
    target: takedownTarget,
    countMatching: store.remover.countMatching,
    takeDown: (target) => store.remover.takeDown(target, clock().toISOString()),
    blocked: store.blocks.list,

    async allow({ kind, value }) {
      const isLifted = await store.blocks.lift(kind, value);
      // A feed that has not changed since would not be read, and what was left out not be found.
      for (const { state, url } of isLifted ? await store.feeds.feeds<FeedState>() : []) {
        await store.feeds.saveFeed(url, unread(state));
      }
      return isLifted;
    },

    async show(url) {
      const article = await store.articles.find(articleId(canonicalUrl(url) ?? url), url);
      if (!article) {
        return undefined;
      }
      const [revisions, reread] = await Promise.all([
        store.revisions(article.id),
        store.rereads.find(article.id),
      ]);
      return { ...article, rereadAt: reread?.dueAt, revisions };
    },
  };
}
