// Opens the feed side: fetcher and extractor, and what can be done with them.
import type { Clock, ExtractedPage, Feed, OnProgress } from '../domain.js';
import { BotError, describeError } from '../errors.js';
import type { Log } from '../log.js';
import { type ArticleDeps, articleOfPage } from './article-of.js';
import { discoverFeeds, type FoundFeed } from './discover.js';
import { createExtractor } from './extract.js';
import { emptyReport, type FeedReport } from './feed-report.js';
import type { FeedNotice } from './feed-state.js';
import { createFetcher } from './fetch.js';
import { isAllowedHost } from './guard.js';
import { createHostGate } from './host-gate.js';
import { forEachLimited } from './limited.js';
import { withOwnSignal } from './own-signal.js';
import { createPoller } from './poll.js';
import type { EntryDeps } from './poll-entry.js';
import type { ArticleSink, FeedMemory } from './ports.js';
import { openScriptedPages } from './scripted-pages.js';
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
  pages: { workers: number; deadlineSeconds: number; browser: string };
}

export interface IngestWork {
  sink: ArticleSink;
  memory: FeedMemory;
  clock: Clock;
  /** Where the operator is told of feeds; absent = the log. */
  notify?: ((notice: FeedNotice) => void) | undefined;
  /** Whether an article was taken down and must not come back; absent = none was. */
  isTakenDown?: ((canonicalUrl: string) => Promise<boolean>) | undefined;
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
  /** One line on pages that could not be read for want of a browser; undefined = there was none. */
  notice(): string | undefined;
  close(): Promise<void>;
}

const MOST_REDIRECTS = 5;
/** Between two requests to one host; its robots.txt may ask for more. */
const HOST_GAP_MS = 1000;

export function openFeeds({ log }: { log: Log }, { feeds, pages }: FeedsSettings): Feeds {
  const clock = () => new Date();
  const isOwn = ({ hostname, port, protocol }: URL) =>
    isAllowedHost(hostname, port || (protocol === 'https:' ? '443' : '80'), feeds.allowHosts);
  const gate = createHostGate({ gapMs: HOST_GAP_MS, isFree: isOwn });
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
  const findRefusal = createSiteRules({ fetch, gate, clock }, { userAgent: feeds.userAgent });
  const scripted = openScriptedPages(
    { fetch, findRefusal, isAllowed: isOwn, extract: extractor.extract, log },
    { browser: pages.browser, userAgent: feeds.userAgent },
  );
  const { read: readScripted } = scripted;
  const common = { fetch, extract: extractor.extract, findRefusal, readScripted, log, random: Math.random };
  const notify = ({ code, feedUrl, message }: FeedNotice) =>
    log.warn({ code, feedUrl, reason: message }, 'feed notice');
  const limits = {
    maxFeedBytes: feeds.maxFeedMegabytes * 1e6,
    maxPageBytes: feeds.maxPageMegabytes * 1e6,
    pageConcurrency: feeds.pageConcurrency,
  };

  return {
    pollAll: (list, { onProgress, signal, ...work }) =>
      withOwnSignal(signal, async (own) => {
        const poll = createPoller({ ...common, ...work, notify: work.notify ?? notify }, limits);
        const reports = new Map<string, FeedReport>();
        await forEachLimited(list, feeds.concurrency, async (feed) => {
          const progress = (state: Parameters<OnProgress>[0]) => onProgress(feed.url, state);
          reports.set(feed.url, await poll(feed, { signal: own, onProgress: progress }));
        });
        return list.flatMap((feed) => reports.get(feed.url) ?? []);
      }),

    readPages: (urls, { onProgress, signal, ...work }) =>
      withOwnSignal(signal, async (own) => {
        const reports: FeedReport[] = [];
        for (const [i, url] of urls.entries()) {
          reports.push(await readPage({ ...common, ...work }, url, limits.maxPageBytes, own));
          onProgress('pages', { done: i + 1, total: urls.length });
        }
        return reports;
      }),

    discover: (address, signal) => discoverFeeds(fetch, address, { maxBytes: limits.maxFeedBytes, signal }),
    extractBytes: (bytes, url, contentType) => extractor.extract({ bytes, url, contentType }),
    async fetchPage(url, signal) {
      const {
        body,
        contentType,
        url: finalUrl,
      } = await fetch(url, { maxBytes: limits.maxPageBytes, signal, accept: 'text/html' });
      return { bytes: body, url: finalUrl, contentType };
    },
    notice: scripted.notice,
    close: async () => {
      await Promise.all([extractor.close(), fetcher.close(), scripted.close()]);
    },
  };
}

/** One page as an article in the sink; what fails stands in the report. */
async function readPage(
  deps: ArticleDeps & Pick<EntryDeps, 'sink' | 'isTakenDown'>,
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FeedReport> {
  const report = { ...emptyReport(url, url), entries: 1 };
  try {
    const article = await articleOfPage(deps, url, maxBytes, signal);
    if (!article) {
      throw new BotError('no_article', `${url} holds no article that can be read`);
    }
    if (await deps.isTakenDown?.(article.canonicalUrl)) {
      throw new BotError('taken_down', `${url} was taken down and is not read again`);
    }
    report[await deps.sink.put(article)] += 1;
  } catch (error) {
    signal.throwIfAborted();
    report.error = describeError(error);
  }
  return report;
}
