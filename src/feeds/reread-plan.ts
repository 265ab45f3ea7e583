// When an article's page is read again: soon and often while it changes (a live blog), seldom when it does not,
// never once it is a day old. Pure steps, so that the whole life of a page can be read and tested here.

/** What is remembered of a page that is read again. */
export interface Reread {
  /** It runs as a live blog, or it has changed before. */
  isChanging: boolean;
  /** Looks in a row that found nothing new. */
  unchanged: number;
  looks: number;
  /** When the article came; a day later the page is left alone. */
  since: string;
  etag?: string | undefined;
  lastModified?: string | undefined;
}

const MINUTE = 60_000;
/** A finished report is corrected seldom: looks after 30 min, 2 h, 8 h. */
const FIRST_MS = 30 * MINUTE;
const FACTOR = 4;
/** One that changes: 10 min after each change, then 20, 40, 80, ... */
const CHANGING_FIRST_MS = 10 * MINUTE;
const CHANGING_FACTOR = 2;
const YOUNG_MS = 24 * 60 * MINUTE;
/** Looks at one page in all, however often it changes. */
const MOST_LOOKS = 60;
const LIVE_PATH = /\/live(?:blog)?[/-]|[/-]live(?:blog)?(?:[/.-]|$)|as-it-happened/i;
const LIVE_TITLE = /\blive(?:\s+blog)?\b\s*[:–—-]|[:–—-]\s*live\b|\blive (?:blog|updates|score)/i;

/** The first plan for a page that was just read; undefined = it is not read again. */
export function planFirst(
  article: { url: string; title: string; publishedAt: string },
  now: Date,
  hasChanged: boolean,
): { dueAt: string; state: Reread } | undefined {
  const isChanging =
    hasChanged || LIVE_PATH.test(new URL(article.url).pathname) || LIVE_TITLE.test(article.title);
  return planAt({ isChanging, unchanged: 0, looks: 0, since: article.publishedAt }, now);
}

/** The plan after another look; undefined = it was the last. */
export function planNext(
  before: Reread,
  found: { hasChanged: boolean; etag?: string | undefined; lastModified?: string | undefined },
  now: Date,
): { dueAt: string; state: Reread } | undefined {
  const { hasChanged, ...validators } = found;
  return planAt(
    {
      ...before,
      ...validators,
      isChanging: before.isChanging || hasChanged,
      unchanged: hasChanged ? 0 : before.unchanged + 1,
      looks: before.looks + 1,
    },
    now,
  );
}

function planAt(state: Reread, now: Date): { dueAt: string; state: Reread } | undefined {
  const waitMs = state.isChanging
    ? CHANGING_FIRST_MS * CHANGING_FACTOR ** state.unchanged
    : FIRST_MS * FACTOR ** state.unchanged;
  const due = now.getTime() + waitMs;
  return state.looks >= MOST_LOOKS || due > Date.parse(state.since) + YOUNG_MS
    ? undefined
    : { dueAt: new Date(due).toISOString(), state };
}
