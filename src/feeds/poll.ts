// One pass over one feed: fetch, parse, and for every entry that is new or changed an article in the sink.
// An entry is remembered only after its article is stored, so a kill at any moment costs one entry at most,
// and a second pass takes it up. A bad entry never stops the others.
import type { Entry, Feed, OnProgress } from '../domain.js';
import { BotError, describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import { createTurns } from '../turns.js';
import { endsWork } from './ends-work.js';
import { emptyReport, type FeedReport } from './feed-report.js';
import {
  afterFailure,
  afterSuccess,
  afterUnchanged,
  type FeedNotice,
  noticeOf,
  reasonToWait,
  whileAsked,
} from './feed-state.js';
import { refusalOf } from './fetch-failure.js';
import { canonicalUrl, documentHash } from './identify.js';
import { forEachLimited } from './limited.js';
import { type ParsedFeed, parseFeed } from './parse.js';
import { createEntryHandler, type EntryDeps } from './poll-entry.js';
import type { FeedState } from './ports.js';
import { retryAfterMs } from './retry-after.js';
import { takenDown } from './takedown-rules.js';

export interface PollDeps extends EntryDeps {
  log: Log;
  /** Turns that several pollers share; absent = this one's own. */
  nextTurn?: (() => Promise<void>) | undefined;
  /** 0 to 1; spreads the feeds over time. */
  random: () => number;
  /** Where the operator is told of a feed that fails for days, has moved or is gone. */
  notify: (notice: FeedNotice) => void;
}

export interface PollOptions {
  /** Bytes of a decoded feed or page. */
  maxFeedBytes: number;
  maxPageBytes: number;
  /** Pages of one feed fetched at once. */
  pageConcurrency: number;
}

export type Poll = (
  feed: Feed,
  options: { signal: AbortSignal; onProgress?: OnProgress },
) => Promise<FeedReport>;

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5';

/**
 * Gives a function that polls one feed. What fails stands in the report; it throws only when aborted, or with
 * `disk_full` or `claim_lost`.
 */
export function createPoller(deps: PollDeps, options: PollOptions): Poll {
  const { clock, fetch, log, memory, random } = deps;
  const handleEntry = createEntryHandler(deps, options);
  const nextTurn = deps.nextTurn ?? createTurns();

  async function fetchAndParse(feed: Feed, before: FeedState, signal: AbortSignal) {
    const { etag, lastModified, movedTo } = before;
    const conditions = { etag, lastModified, accept: ACCEPT, maxBytes: options.maxFeedBytes };
    const fetched = await fetch(movedTo ?? feed.url, { ...conditions, signal });
    if (fetched.notModified) {
      return { fetched };
    }
    const { contentType, url: baseUrl } = fetched;
    await nextTurn();
    return { fetched, document: await parseNamed(feed.url, fetched.body, { contentType, baseUrl }) };
  }

  async function poll(feed: Feed, signal: AbortSignal, onProgress?: OnProgress): Promise<FeedReport> {
    const before = (await memory.feed<FeedState>(feed.url)) ?? { failures: 0 };
    const moment = { now: clock(), random };
    const report = emptyReport(feed.url, before.title ?? '');
    report.isFirst = before.firstSuccessAt === undefined;
    const reason = reasonToWait(feed.url, before, moment.now);
    if (reason) {
      return { ...report, error: reason };
    }

    async function save(after: FeedState) {
      const { notice, state } = noticeOf(feed.url, before, after, moment.now);
      await memory.saveFeed(feed.url, state);
      if (notice) {
        deps.notify(notice);
      }
    }

    try {
      if (await deps.isTakenDown?.(canonicalUrl(feed.url) ?? feed.url)) {
        throw takenDown(feed.url);
      }
      await memory.saveFeed(feed.url, whileAsked(before, moment));
      const { document, fetched } = await fetchAndParse(feed, before, signal);
      const hash = document && documentHash(document);
      const movedTo = fetched.permanentUrl ?? before.movedTo;
      const { etag, lastModified } = fetched;
      if (!document || hash === before.documentHash) {
        const validators = document ? { etag, lastModified } : {};
        await save(afterUnchanged({ ...before, ...validators, movedTo }, moment));
        const entries = document?.entries.length ?? 0;
        return { ...report, entries, same: entries, isUnchanged: true };
      }
      report.title = document.title;
      report.entries = document.entries.length;
      report.beyondLimit = document.beyondLimit;
      await handleEntries({ ...feed, title: document.title }, document, report, signal, onProgress);
      // With an entry still to be tried, the next poll must see the whole feed again.
      const isDone = report.failed + report.waiting === 0;
      const times = document.entries.flatMap(({ publishedAt }) => publishedAt ?? []);
      const found = {
        title: document.title,
        movedTo,
        newestEntryAt: [...times].sort().at(-1) ?? before.newestEntryAt,
        ...(isDone ? { etag, lastModified, documentHash: hash } : {}),
      };
      const rhythm = {
        entryTimes: times,
        ttlMinutes: document.ttlMinutes,
        cacheControl: fetched.cacheControl,
      };
      await save(afterSuccess(before, found, rhythm, moment));
      return report;
    } catch (error) {
      signal.throwIfAborted();
      if (endsWork(error)) {
        throw error;
      }
      const message = describeError(error);
      const code = isBotError(error) ? error.code : 'unexpected';
      log.warn({ feedUrl: feed.url, code, err: isBotError(error) ? undefined : error }, 'feed failed');
      const refusal = refusalOf(error);
      const waitMs = retryAfterMs(refusal?.retryAfter, moment.now);
      await save(afterFailure(before, { message, status: refusal?.status, retryAfterMs: waitMs }, moment));
      return { ...report, error: message };
    }
  }

  async function handleEntries(
    feed: Feed & { title: string },
    { entries: all }: ParsedFeed,
    report: FeedReport,
    signal: AbortSignal,
    onProgress?: OnProgress,
  ) {
    const entries = firstOfEachPage(all);
    report.same += all.length - entries.length;
    let done = 0;
    onProgress?.({ done, total: entries.length });
    await forEachLimited(entries, options.pageConcurrency, async (entry) => {
      await nextTurn();
      signal.throwIfAborted();
      try {
        const { outcome, isWaiting } = await handleEntry(feed, entry, { signal, isFirst: report.isFirst });
        report[outcome] += 1;
        report.waiting += isWaiting ? 1 : 0;
      } catch (error) {
        signal.throwIfAborted();
        if (endsWork(error)) {
          throw error;
        }
        report.failed += 1;
        log.warn({ feedUrl: feed.url, entryUrl: entry.url, reason: describeError(error) }, 'entry failed');
      }
      done += 1;
      onProgress?.({ done, total: entries.length });
    });
  }

  return (feed, { signal, onProgress }) => poll(feed, signal, onProgress);
}

/** A page that is listed twice is one article: the second entry would replace the first, at every poll anew. */
function firstOfEachPage(entries: Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ url = '' }) => {
    const canonical = canonicalUrl(url);
    const isFirst = !canonical || !seen.has(canonical);
    seen.add(canonical ?? '');
    return isFirst;
  });
}

async function parseNamed(feedUrl: string, ...given: Parameters<typeof parseFeed>): Promise<ParsedFeed> {
  try {
    return await parseFeed(...given);
  } catch (error) {
    if (!isBotError(error)) {
      throw error;
    }
    throw new BotError(error.code, `${feedUrl}: ${describeError(error)}`, { cause: error });
  }
}
