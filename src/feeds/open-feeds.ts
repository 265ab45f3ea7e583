// Opens the feed side: fetcher and extractor, and what can be done with them.
import type { Clock, ExtractedPage, Feed, OnProgress } from '../domain.js';
import { BotError, describeError } from '../errors.js';
import type { Log } from '../log.js';
import { articleOfPage } from './article-of.js';
import { discoverFeeds, type FoundFeed } from './discover.js';
import { createExtractor } from './extract.js';
import { emptyReport, type FeedReport } from './feed-report.js';
import type { FeedNotice } from './feed-state.js';
import { createFetcher } from './fetch.js';
import { isAllowedHost } from './guard.js';
import { createHostGate } from './host-gate.js';
import { forEachLimited } from './limited.js';
import { createPoller } from './poll.js';
import type { ArticleSink, FeedMemory } from './ports.js';
import { createSiteRules } from './site-rules.js';

export interface FeedsSettings {
  feeds: {
    userAgent: string;
    allowHosts: string[];
    concurrency: number;
    pageConcurrency: number;
    headersTimeoutSeconds: number;
    totalTimeoutSeconds: number;
    maxFeedMegabytes: number;
    maxPageMegabytes: number;
  };
  pages: { workers: number; deadlineSeconds: number };
}

export interface IngestWork {
  sink: ArticleSink;
  memory: FeedMemory;
  clock: Clock;
  signal: AbortSignal;
  onProgress: (name: string, progress: Parameters<OnProgress>[0]) => void;
}

export interface Feeds {
  /** Polls all feeds side by side; each one's failure stands in its report. */
  pollAll(feeds: Feed[], work: IngestWork): Promise<FeedReport[]>;
  /** Ingests single pages; a page's failure stands in its report. */
  readPages(urls: string[], work: IngestWork): Promise<FeedReport[]>;
  /** The feeds behind an address, the most likely first. Errors: those of fetch, and `no_feed`. */
  discover(address: string, signal: AbortSignal): Promise<FoundFeed[]>;
  extractBytes(bytes: Uint8Array, url: string, contentType?: string): Promise<ExtractedPage>;
  fetchPage(
    url: string,
    signal: AbortSignal,
  ): Promise<{ bytes: Uint8Array; url: string; contentType?: string | undefined }>;
  close(): Promise<void>;
}

const MOST_REDIRECTS = 5;
/** Between two requests to one host; its robots.txt may ask for more. */
const HOST_GAP_MS = 1000;

export function openFeeds({ log }: { log: Log }, { feeds, pages }: FeedsSettings): Feeds {
  const clock = () => new Date();
  const gate = createHostGate({
    gapMs: HOST_GAP_MS,
    isFree: ({ hostname, port, protocol }) =>
      isAllowedHost(hostname, port || (protocol === 'https:' ? '443' : '80'), feeds.allowHosts),
  });
  const fetcher = createFetcher(
    { gate, clock },
    {
      userAgent: feeds.userAgent,
      allowHosts: feeds.allowHosts,
      headersTimeoutMs: feeds.headersTimeoutSeconds * 1000,
      totalTimeoutMs: feeds.totalTimeoutSeconds * 1000,
      maxRedirects: MOST_REDIRECTS,
    },
  );
  const extractor = createExtractor({ workers: pages.workers, deadlineMs: pages.deadlineSeconds * 1000 });
  const { fetch } = fetcher;
  const { extract } = extractor;
  const findRefusal = createSiteRules({ fetch, gate, clock }, { userAgent: feeds.userAgent });
  const maxPageBytes = feeds.maxPageMegabytes * 1e6;
  const limits = {
    maxFeedBytes: feeds.maxFeedMegabytes * 1e6,
    maxPageBytes,
    pageConcurrency: feeds.pageConcurrency,
  };

  return {
    async pollAll(list, { clock, memory, onProgress, signal, sink }) {
      const notify = ({ code, feedUrl, message }: FeedNotice) =>
        log.warn({ code, feedUrl, reason: message }, 'feed notice');
      const poll = createPoller(
        { fetch, extract, findRefusal, sink, memory, clock, log, notify, random: Math.random },
        limits,
      );
      const reports = new Map<string, FeedReport>();
      await forEachLimited(list, feeds.concurrency, async (feed) => {
        const report = await poll(feed, { signal, onProgress: (progress) => onProgress(feed.url, progress) });
        reports.set(feed.url, report);
      });
      return list.flatMap((feed) => reports.get(feed.url) ?? []);
    },

    async readPages(urls, { clock, onProgress, signal, sink }) {
      const reports: FeedReport[] = [];
      for (const [i, url] of urls.entries()) {
        const report = { ...emptyReport(url, url), entries: 1 };
        try {
          const article = await articleOfPage(
            { fetch, extract, findRefusal, clock },
            url,
            maxPageBytes,
            signal,
          );
          if (!article) {
            throw new BotError('no_article', `${url} holds no article that can be read`);
          }
          report[await sink.put(article)] += 1;
        } catch (error) {
          signal.throwIfAborted();
          report.error = describeError(error);
        }
        reports.push(report);
        onProgress('pages', { done: i + 1, total: urls.length });
      }
      return reports;
    },

    discover: (address, signal) => discoverFeeds(fetch, address, { maxBytes: limits.maxFeedBytes, signal }),
    extractBytes: (bytes, url, contentType) => extractor.extract({ bytes, url, contentType }),
    async fetchPage(url, signal) {
      const {
        body,
        contentType,
        url: finalUrl,
      } = await fetch(url, { maxBytes: maxPageBytes, signal, accept: 'text/html' });
      return { bytes: body, url: finalUrl, contentType };
    },
    close: async () => {
      await Promise.all([extractor.close(), fetcher.close()]);
    },
  };
}
