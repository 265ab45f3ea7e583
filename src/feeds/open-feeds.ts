// Opens the feed side: fetcher and extractor, and what can be done with them.
import type { Article, Clock, ExtractedPage, Feed, OnProgress } from '../domain.js';
import type { Log } from '../log.js';
import { createTurns } from '../turns.js';
import { discoverFeeds, type FoundFeed } from './discover.js';
import type { Proxies } from './dispatch.js';
import { createExtractor } from './extract.js';
import { emptyReport, type FeedReport } from './feed-report.js';
import type { FeedNotice } from './feed-state.js';
import { createFetcher } from './fetch.js';
import { isAllowedHost, portOf } from './guard.js';
import { createHostGate } from './host-gate.js';
import { canonicalUrl } from './identify.js';
import { ingestPage } from './ingest-page.js';
import { forEachLimited } from './limited.js';
import { withOwnSignal } from './own-signal.js';
import { createPoller } from './poll.js';
import type { ArticleSink, FeedMemory, HoldFeed, HostTurns } from './ports.js';
import { type RereadReport, rereadPage } from './reread.js';
import type { Reread } from './reread-plan.js';
import { openScriptedPages } from './scripted-pages.js';
import { createSiteRules } from './site-rules.js';
import { type IsTakenDown, takenDown, withTakedowns } from './takedown-rules.js';

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
  secrets: { proxies: Proxies };
}

export interface IngestWork {
  sink: ArticleSink;
  memory: FeedMemory;
  clock: Clock;
  /** Where the operator is told of feeds; absent = the log. */
  notify?: ((notice: FeedNotice) => void) | undefined;
  /** Keeps two processes from polling one feed at once; absent = there is only this one. */
  hold?: HoldFeed | undefined;
  /** Articles published before are not kept (ISO 8601); absent = all are. */
  keptFrom?: string | undefined;
  signal: AbortSignal;
  onProgress: (name: string, progress: Parameters<OnProgress>[0]) => void;
}

export interface FeedsDeps {
  log: Log;
  isTakenDown?: IsTakenDown | undefined;
  /** Turns that all processes on a store share; absent = this one's own. */
  hostTurns?: HostTurns | undefined;
}

export interface Feeds {
  /** Polls all feeds side by side, each address once; each one's failure stands in its report. */
  pollAll(feeds: Feed[], work: IngestWork): Promise<FeedReport[]>;
  /** Looks again at the page of an article. Throws only when aborted, or with `disk_full`. */
  reread(
    article: Article,
    known: { feedUrl: string; state: Reread },
    work: Pick<IngestWork, 'sink' | 'clock' | 'signal'>,
  ): Promise<RereadReport>;
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
/** A turn at a host that nobody gives back ends so long after its request must have ended. */
const TURN_SLACK_MS = 5000;

export function openFeeds(
  { hostTurns, isTakenDown, log }: FeedsDeps,
  { feeds, pages, secrets }: FeedsSettings,
): Feeds {
  const clock = () => new Date();
  const isOwn = (url: URL) => isAllowedHost(url.hostname, portOf(url), feeds.allowHosts);
  const holdMs = feeds.totalTimeoutSeconds * 1000 + TURN_SLACK_MS;
  const gate = createHostGate({
    gapMs: HOST_GAP_MS,
    isFree: isOwn,
    shared: hostTurns && { turns: hostTurns, holdMs },
  });
  const fetcher = createFetcher(
    { gate, clock },
    {
      userAgent: feeds.userAgent,
      allowHosts: feeds.allowHosts,
      headersTimeoutMs: feeds.headersTimeoutSeconds * 1000,
      totalTimeoutMs: feeds.totalTimeoutSeconds * 1000,
      maxRedirects: MOST_REDIRECTS,
      proxies: secrets.proxies,
    },
  );
  const extractor = createExtractor({ workers: pages.workers, deadlineMs: pages.deadlineSeconds * 1000 });
  const { fetch } = fetcher;
  const findRefusal = withTakedowns(
    createSiteRules({ fetch, gate, clock }, { userAgent: feeds.userAgent }),
    isTakenDown,
  );
  const { extract } = extractor;
  const scripted = openScriptedPages(
    { fetch, findRefusal, isAllowed: isOwn, extract, log },
    { browser: pages.browser, userAgent: feeds.userAgent },
  );
  const { read: readScripted } = scripted;
  const nextTurn = createTurns();
  const reading = { fetch, extract, findRefusal, readScripted, isTakenDown };
  const common = { ...reading, nextTurn, log, random: Math.random };
  const notify = ({ code, feedUrl, message }: FeedNotice) =>
    log.warn({ code, feedUrl, reason: message }, 'feed notice');
  const limits = {
    maxFeedBytes: feeds.maxFeedMegabytes * 1e6,
    maxPageBytes: feeds.maxPageMegabytes * 1e6,
    pageConcurrency: feeds.pageConcurrency,
  };

  return {
    pollAll: (list, { hold = alone, onProgress, signal, ...work }) =>
      withOwnSignal(signal, async (own) => {
        const pollWith = (kept: Partial<IngestWork> = {}) =>
          createPoller({ ...common, ...work, ...kept, notify: work.notify ?? notify }, limits);
        const reports = new Map<string, FeedReport>();
        const distinct = [...new Map(list.map((feed) => [feed.url, feed])).values()];
        await forEachLimited(distinct, feeds.concurrency, async (feed) => {
          const progress = (state: Parameters<OnProgress>[0]) => onProgress(feed.url, state);
          const report = await hold(feed.url, own, (held, kept) =>
            pollWith(kept)(feed, { signal: held, onProgress: progress }),
          );
          reports.set(feed.url, report ?? { ...emptyReport(feed.url, ''), isBusy: true });
        });
        return distinct.flatMap((feed) => reports.get(feed.url) ?? []);
      }),

    reread: (article, known, { signal, ...work }) =>
      withOwnSignal(signal, (own) => {
        const { maxPageBytes } = limits;
        return rereadPage({ ...common, ...work }, article, known, { maxPageBytes, signal: own });
      }),

    readPages: (urls, { onProgress, signal, ...work }) =>
      withOwnSignal(signal, async (own) => {
        const reports: FeedReport[] = [];
        for (const [i, url] of urls.entries()) {
          reports.push(await ingestPage({ ...common, ...work }, url, limits.maxPageBytes, own));
          onProgress('pages', { done: i + 1, total: urls.length });
        }
        return reports;
      }),

    async discover(address, signal) {
      if (await isTakenDown?.(canonicalUrl(address) ?? address)) {
        throw takenDown(address);
      }
      return discoverFeeds(fetch, address, { maxBytes: limits.maxFeedBytes, signal });
    },
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

const alone: HoldFeed = (_feedUrl, signal, work) => work(signal);
