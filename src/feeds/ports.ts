// What the feed side needs from outside: a place for finished articles and a memory of what it has seen.
import type { Article, Entry, ExtractedPage } from '../domain.js';

/** Takes finished articles; `put` returns only when the article is safe on disk. */
export interface ArticleSink {
  /** `same` when the stored article has the same title and text. */
  put(article: Article): Promise<'new' | 'changed' | 'same'>;
}

/** What is remembered of one feed between polls. */
export interface FeedState {
  title?: string | undefined;
  etag?: string | undefined;
  lastModified?: string | undefined;
  /** Where the feed has moved for good. */
  movedTo?: string | undefined;
  lastPolledAt?: string | undefined;
  lastSuccessAt?: string | undefined;
  newestEntryAt?: string | undefined;
  /** Polls failed in a row. */
  failures: number;
  lastError?: string | undefined;
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
  /** Hash of what the feed says of the entry; a new one means: look again. */
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
