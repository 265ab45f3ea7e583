// Whether the evidence is old for a question about now, and whether that is the feeds' fault. An old source for
// a question of history is no fault at all, so nothing is said unless the question asks how things stand.
import { type Citation, VERDICT_WORDS } from '../../domain.js';
import type { Query } from '../understand/understand.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The newest source may be so old: when the newest was asked for in words, and when a present tense asks for it. */
const OLDEST = { said: 3 * DAY, implied: 14 * DAY };
/** A feed that fails for so long, or feeds that nobody read for so long, may have missed what was asked for. */
const DEAD_AFTER = DAY;

/** How a feed does, as far as answers care. Times are ISO 8601. */
export interface FeedHealth {
  url: string;
  /** The feed's own title, most often its publisher's name. */
  title?: string | undefined;
  lastSuccessAt?: string | undefined;
  /** The first of the failures in a row; absent = the last poll went well. */
  failingSince?: string | undefined;
  /** Gone for good. */
  isRetired: boolean;
}

/** Lines to show under the answer; the first is about the sources, those about feeds follow. [] = all is fresh. */
export function warningsOf(
  query: Pick<Query, 'latest' | 'windows' | 'publishers'>,
  citations: Citation[],
  feeds: FeedHealth[],
  now: Date,
): string[] {
  if (!isAboutNow(query, now)) {
    return [];
  }
  const newest = citations
    .map(({ publishedAt }) => publishedAt)
    .sort()
    .at(-1);
  const old =
    newest && isOld(query, Date.parse(newest), now)
      ? `the newest source is ${agoOf(newest, now)}`
      : undefined;
  const known = new Set([...query.publishers, ...citations.map(({ publisher }) => publisher)]);
  const dead = feeds.filter((feed) => isDead(feed, now) && matters(feed, known, citations));
  return [
    ...(old ? [old] : []),
    ...dead.map(
      ({ failingSince, title, url }) =>
        `the feed of ${title ?? url} has failed since ${dayOf(failingSince ?? '', now)}`,
    ),
    ...(dead.length === 0 ? unreadSince(feeds, now) : []),
  ].map((fact) => `${VERDICT_WORDS['old-evidence']}: ${fact}.`);
}

function isAboutNow({ latest, windows }: Pick<Query, 'latest' | 'windows'>, now: Date): boolean {
  return latest !== undefined || windows.some(({ to }) => Date.parse(to) >= now.getTime() - DAY);
}

function isOld({ latest, windows }: Pick<Query, 'latest' | 'windows'>, newest: number, now: Date): boolean {
  const [window] = windows;
  if (window) {
    return newest < Date.parse(window.from);
  }
  return latest !== undefined && now.getTime() - newest > OLDEST[latest];
}

function isDead({ failingSince, isRetired }: FeedHealth, now: Date): boolean {
  return isRetired || (failingSince !== undefined && now.getTime() - Date.parse(failingSince) >= DEAD_AFTER);
}

/** Its publisher is named in the question or cited, or it is of the same site as a cited page. */
function matters({ title, url }: FeedHealth, publishers: Set<string>, citations: Citation[]): boolean {
  return (
    (title !== undefined && publishers.has(title)) ||
    citations.some((citation) => siteOf(citation.url) === siteOf(url))
  );
}

function siteOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^(?:www|feeds|rss)\./, '') : url;
}

/** When no feed at all was read of late, it is the program that did not run. */
function unreadSince(feeds: FeedHealth[], now: Date): string[] {
  const last = feeds
    .flatMap(({ lastSuccessAt }) => lastSuccessAt ?? [])
    .sort()
    .at(-1);
  const isLate = last !== undefined && now.getTime() - Date.parse(last) > DEAD_AFTER;
  return isLate ? [`no feed was read since ${dayOf(last, now)}`] : [];
}

/** "5 days old (14 Dec)". */
function agoOf(time: string, now: Date): string {
  const days = Math.floor((now.getTime() - Date.parse(time)) / DAY);
  const [count, unit] =
    days < 21 ? [days, 'day'] : days < 60 ? [Math.floor(days / 7), 'week'] : [Math.floor(days / 30), 'month'];
  return `${count} ${unit}${count === 1 ? '' : 's'} old (${dayOf(time, now)})`;
}

function dayOf(time: string, now: Date): string {
  const parts = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  const isThisYear = time.slice(0, 4) === now.toISOString().slice(0, 4);
  return time
    ? new Date(time).toLocaleDateString('en-GB', isThisYear ? parts : { ...parts, year: 'numeric' })
    : 'long ago';
}
