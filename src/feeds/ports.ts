// What the feed side needs from outside: a place for finished articles and a memory of what it has seen.
import type { Article, Entry, ExtractedPage } from '../domain.js';
import type { Reread } from './reread-plan.js';

/** Takes finished articles; `put` returns only when the article is safe on disk. */
export interface ArticleSink {
  /** `same` when the stored article has the same title and text. Error: `taken_down`. */
  put(article: Article, found?: FoundBy): Promise<'new' | 'changed' | 'same'>;
}

/** What the store should know of how an article came. */
export interface FoundBy {
  /** It came with a feed's first poll, which fills the index and announces nothing. */
  isHistory?: boolean | undefined;
  /** When its page is to be read again; absent = never, or as planned before. */
  reread?: { feedUrl: string; dueAt: string; state: Reread } | undefined;
}

/**
 * Runs `work` while no other process polls the feed; undefined = another one does. What is written through `kept` fails
 * with `claim_lost` once another one does; absent = there is no other.
 */
export type HoldFeed = <Result>(
  feedUrl: string,
  signal: AbortSignal,
  work: (signal: AbortSignal, kept?: { sink: ArticleSink; memory: FeedMemory }) => Promise<Result>,
) => Promise<Result | undefined>;

/** Turns at hosts, one at a time for all processes on one store; a host is scheme, name and port. */
export interface HostTurns {
  /** Takes the turn for `holdMs` at most; without a `term`, how long to wait before asking again. */
  take(
    host: string,
    turn: { isPart: boolean; holdMs: number },
  ): Promise<{ term: string } | { waitMs: number; isPaused: boolean }>;
  giveBack(
    host: string,
    term: string,
    manners: {
      gapMs: number;
      partGapMs: number;
      askedGapMs?: number | undefined;
      pauseMs?: number | undefined;
    },
  ): Promise<void>;
}

/** What is remembered of one feed between polls. Times are ISO 8601. */
export interface FeedState {
  title?: string | undefined;
  etag?: string | undefined;
  lastModified?: string | undefined;
  /** Hash of what the last document said, build dates and other noise left out. */
  documentHash?: string | undefined;
  /** Where the feed has moved for good. */
  movedTo?: string | undefined;
  /** When it answered 410: it is not polled any more. */
  retiredAt?: string | undefined;
  lastPolledAt?: string | undefined;
  /** The poll that filled the index and announced nothing. */
  firstSuccessAt?: string | undefined;
  lastSuccessAt?: string | undefined;
  newestEntryAt?: string | undefined;
  /** Polls failed in a row. */
  failures: number;
  failingSince?: string | undefined;
  lastError?: string | undefined;
  /** When the operator was told of the failures. */
  noticedAt?: string | undefined;
  /** The new address that the operator was told of. */
  moveNoticed?: string | undefined;
  /** The server asked to be left alone until then. */
  notBefore?: string | undefined;
  /** The feed's own interval, from its rhythm, in ms. */
  intervalMs?: number | undefined;
  /** The shortest time between two looks that it allows, in ms. */
  gapMs?: number | undefined;
  nextPollAt?: string | undefined;
}

/** Feed states and seen entries. */
export interface FeedMemory {
  feed<State>(url: string): Promise<State | undefined>;
  saveFeed(url: string, state: FeedState): Promise<void>;
  /** The fingerprint that the entry had when it was last finished; undefined = never. */
  entryFingerprint(feedUrl: string, canonicalUrl: string): Promise<string | undefined>;
  saveEntry(entry: SeenEntry): Promise<void>;
}

/** One entry of one feed, remembered once its article is stored (or found to hold none). */
export interface SeenEntry {
  canonicalUrl: string;
  feedUrl: string;
  entry: Entry;
  /** Hash of what the feed says of the entry; another one next time means: look again. */
  fingerprint: string;
  /** How it ended: its page, the feed's own text, or nothing worth keeping. */
  outcome: 'page' | 'feed' | 'skipped';
  /** Why not its page; absent with `page`. */
  reason?: string | undefined;
}

/** Readable text of a page; errors as Extractor says. */
export type Extract = (
  page: { bytes: Uint8Array; contentType?: string | undefined; url: string },
  signal?: AbortSignal,
) => Promise<ExtractedPage>;
