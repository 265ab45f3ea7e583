// The feed side's parts as tests need them: a fetcher without manners, a memory and a sink that only remember.
import { onTestFinished } from 'vitest';
import type { Article } from '#src/domain.js';
import { createFetcher, type Fetch, type FetcherOptions } from '#src/feeds/fetch.js';
import { createHostGate, type HostGate } from '#src/feeds/host-gate.js';
import type { ArticleSink, FeedMemory, FeedState, SeenEntry } from '#src/feeds/ports.js';

export const NOW = new Date('2023-12-19T15:00:00.000Z');
export const clock = () => NOW;
export const never = new AbortController().signal;

/** A gate that lets everybody through. */
export function openGate(): HostGate {
  return createHostGate({ gapMs: 0, isFree: () => true });
}

export function fetcherFor(
  allowHosts: string[],
  options: Partial<FetcherOptions> & { gate?: HostGate } = {},
): Fetch {
  const { gate = openGate(), ...rest } = options;
  const fetcher = createFetcher(
    { gate, clock },
    {
      userAgent: 'ThirdUmpire/test (+https://example.org/bot)',
      allowHosts,
      headersTimeoutMs: 2000,
      totalTimeoutMs: 4000,
      maxRedirects: 5,
      ...rest,
    },
  );
  onTestFinished(() => fetcher.close());
  return fetcher.fetch;
}

export interface TestMemory extends FeedMemory {
  feeds: Map<string, FeedState>;
  entries: Map<string, SeenEntry>;
}

export function memoryOf(): TestMemory {
  const feeds = new Map<string, FeedState>();
  const entries = new Map<string, SeenEntry>();
  return {
    feeds,
    entries,
    feed: async <State>(url: string) => feeds.get(url) as State | undefined,
    saveFeed: async (url, state) => {
      feeds.set(url, structuredClone(state));
    },
    entryFingerprint: async (feedUrl, canonicalUrl) => entries.get(`${feedUrl} ${canonicalUrl}`)?.fingerprint,
    saveEntry: async (entry) => {
      entries.set(`${entry.feedUrl} ${entry.canonicalUrl}`, entry);
    },
  };
}

export function sinkOf(): ArticleSink & { articles: Map<string, Article> } {
  const articles = new Map<string, Article>();
  return {
    articles,
    async put(article) {
      const known = articles.get(article.id);
      articles.set(article.id, article);
      return known === undefined ? 'new' : known.text === article.text ? 'same' : 'changed';
    },
  };
}
