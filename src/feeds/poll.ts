// One pass over one feed: fetch, parse, and for every entry that is new or changed an article in the sink.
// An entry is remembered only after its article is stored, so a kill at any moment costs one entry at most,
// and a second pass takes it up. A bad entry never stops the others.
import type { Clock, Entry, Feed, OnProgress } from '../domain.js';
import { describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import { articleOf, type TitledFeed } from './article-of.js';
import type { Fetch } from './fetch.js';
import { canonicalUrl, entryFingerprint } from './identify.js';
import { forEachLimited } from './limited.js';
import { parseFeed } from './parse.js';
import type { ArticleSink, Extract, FeedMemory, FeedState } from './ports.js';

export interface PollDeps {
  fetch: Fetch;
  extract: Extract;
  sink: ArticleSink;
  memory: FeedMemory;
  clock: Clock;
  log: Log;
}

export interface PollOptions {
  /** Bytes of a decoded feed or page. */
  maxFeedBytes: number;
  maxPageBytes: number;
  /** Pages of one feed fetched at once. */
  pageConcurrency: number;
}

/** How a poll ended; counts are entries. */
export interface FeedReport {
  feedUrl: string;
  title: string;
  entries: number;
  new: number;
  changed: number;
  same: number;
  /** Entries without a usable address or text. */
  skipped: number;
  /** Entries that could not be stored and will be tried again. */
  failed: number;
  /** One line that names the feed; absent = it was read. */
  error?: string | undefined;
}

export type Poll = (
  feed: Feed,
  options: { signal: AbortSignal; onProgress?: OnProgress },
) => Promise<FeedReport>;

/** Gives a function that polls one feed. It throws only when aborted; what fails stands in the report. */
export function createPoller(deps: PollDeps, options: PollOptions): Poll {
  const { clock, fetch, log, memory } = deps;

  async function poll(feed: Feed, signal: AbortSignal, onProgress?: OnProgress): Promise<FeedReport> {
    const before = (await memory.feed<FeedState>(feed.url)) ?? { failures: 0 };
    const polledAt = clock().toISOString();
    const report = emptyReport(feed.url, before.title ?? '');
    try {
      const { maxFeedBytes: maxBytes } = options;
      const { etag, lastModified } = before;
      const fetched = await fetch(before.movedTo ?? feed.url, {
        maxBytes,
        etag,
        lastModified,
        signal,
        accept: ACCEPT,
      });
      const newState: FeedState = {
        ...before,
        lastPolledAt: polledAt,
        lastSuccessAt: polledAt,
        failures: 0,
        lastError: undefined,
      };
      if (fetched.notModified) {
        await memory.saveFeed(feed.url, newState);
        return report;
      }
      const document = await parseFeed(fetched.body, {
        contentType: fetched.contentType,
        baseUrl: fetched.url,
      });
      report.title = document.title;
      report.entries = document.entries.length;
      await handleEntries({ ...feed, title: document.title }, document.entries, report, signal, onProgress);
      // With an entry still to be tried, the next poll must see the whole feed again.
      const validators = report.failed > 0 ? { etag: undefined, lastModified: undefined } : fetched;
      await memory.saveFeed(feed.url, {
        ...newState,
        title: document.title,
        etag: validators.etag,
        lastModified: validators.lastModified,
        movedTo: fetched.permanentUrl ?? before.movedTo,
        newestEntryAt: newest(document.entries) ?? before.newestEntryAt,
      });
      return report;
    } catch (error) {
      signal.throwIfAborted();
      if (isBotError(error, 'disk_full')) {
        throw error;
      }
      const reason = isBotError(error) ? error.message : describeError(error);
      const code = isBotError(error) ? error.code : 'unexpected';
      log.warn({ feedUrl: feed.url, code, err: isBotError(error) ? undefined : error }, 'feed failed');
      await memory.saveFeed(feed.url, {
        ...before,
        lastPolledAt: polledAt,
        failures: before.failures + 1,
        lastError: reason,
      });
      return { ...report, error: reason };
    }
  }

  async function handleEntries(
    feed: TitledFeed,
    entries: Entry[],
    report: FeedReport,
    signal: AbortSignal,
    onProgress?: OnProgress,
  ) {
    let done = 0;
    onProgress?.({ done, total: entries.length });
    await forEachLimited(entries, options.pageConcurrency, async (entry) => {
      signal.throwIfAborted();
      try {
        report[await handleEntry(feed, entry, signal)] += 1;
      } catch (error) {
        signal.throwIfAborted();
        if (isBotError(error, 'disk_full')) {
          throw error;
        }
        report.failed += 1;
        log.warn({ feedUrl: feed.url, entryUrl: entry.url, reason: describeError(error) }, 'entry failed');
      }
      done += 1;
      onProgress?.({ done, total: entries.length });
    });
  }

  async function handleEntry(feed: TitledFeed, entry: Entry, signal: AbortSignal) {
    const canonical = canonicalUrl(entry.url ?? '');
    if (!canonical || feed.skipPaths?.some((path) => entry.url?.includes(path))) {
      return 'skipped';
    }
    const fingerprint = entryFingerprint(entry);
    if ((await memory.entryFingerprint(feed.url, canonical)) === fingerprint) {
      return 'same';
    }
    const found = await articleOf(deps, feed, entry, canonical, options.maxPageBytes, signal);
    const outcome = found.article ? await deps.sink.put(found.article) : 'skipped';
    const seen = { canonicalUrl: canonical, feedUrl: feed.url, entry, fingerprint, reason: found.reason };
    await memory.saveEntry({ ...seen, outcome: found.article?.origin ?? 'skipped' });
    return outcome;
  }

  return (feed, { signal, onProgress }) => poll(feed, signal, onProgress);
}

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5';

export function emptyReport(feedUrl: string, title: string): FeedReport {
  return { feedUrl, title, entries: 0, new: 0, changed: 0, same: 0, skipped: 0, failed: 0 };
}

function newest(entries: Entry[]): string | undefined {
  return (
    entries
      .map((entry) => entry.publishedAt ?? '')
      .sort()
      .at(-1) || undefined
  );
}
