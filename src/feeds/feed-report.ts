// What one poll of a feed came to.

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
  /** Entries beyond the most that are read of one feed; absent = none. */
  beyondLimit?: number | undefined;
  /** Entries that could not be stored and will be tried again. */
  failed: number;
  /** Entries stored from the feed's text whose page will be tried again. */
  waiting: number;
  /** Nothing was read: the server said 304, or the feed says what it said last time. */
  isUnchanged: boolean;
  /** The first poll that worked: its articles are history, not news to announce. */
  isFirst: boolean;
  /** Another process polls the feed at the moment, so this one did not. */
  isBusy?: boolean | undefined;
  /** One line that names the feed; absent = it was read. */
  error?: string | undefined;
}

/** The report before anything has happened. */
export function emptyReport(feedUrl: string, title: string): FeedReport {
  const counts = { entries: 0, new: 0, changed: 0, same: 0, skipped: 0, failed: 0, waiting: 0 };
  return { feedUrl, title, ...counts, isUnchanged: false, isFirst: false };
}
