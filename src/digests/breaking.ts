// Breaking news: what several publishers run within the hour, each with a report of its own.
import type { WindowStory } from './read-window.js';

export interface BreakingOptions {
  /** Independent publishers at least, 2 or more; copies of one report are one. */
  publishers: number;
  /** Milliseconds within which their first reports appeared. */
  withinMs: number;
}

/**
 * Stories of the window that break: in some stretch of `withinMs` that ends at or before `now`, no older than that,
 * so many publishers ran their first report of it, by their names and by their sites. A story that was in the news before
 * does not break again. The window should reach back twice `withinMs`.
 */
export function breakingStories(stories: WindowStory[], now: Date, options: BreakingOptions): WindowStory[] {
  return stories.filter(
    (story) =>
      story.earlier.length === 0 &&
      // Two feeds of one house have two names; one name may stand for several houses of an aggregator.
      breaks(firstsBy(story, byName), now, options) &&
      breaks(firstsBy(story, bySite), now, options),
  );
}

type Report = WindowStory['reports'][number];

const byName = ({ publisher }: Report): string => publisher;
const bySite = ({ articleIds }: Report, { articles }: WindowStory): string =>
  siteOf(articles.find(({ id }) => articleIds.includes(id))?.url ?? '');

/** When each first told it, ascending. */
function firstsBy(story: WindowStory, keyOf: (report: Report, story: WindowStory) => string): number[] {
  const timeOf = new Map(story.articles.map(({ id, publishedAt }) => [id, Date.parse(publishedAt)]));
  const firsts = new Map<string, number>();
  for (const report of story.reports) {
    const at = Math.min(...report.articleIds.map((id) => timeOf.get(id) ?? Number.POSITIVE_INFINITY));
    const key = keyOf(report, story);
    firsts.set(key, Math.min(at, firsts.get(key) ?? Number.POSITIVE_INFINITY));
  }
  return [...firsts.values()].sort((a, b) => a - b);
}

function breaks(firsts: number[], now: Date, { publishers, withinMs }: BreakingOptions): boolean {
  const times = firsts.filter((at) => at <= now.getTime());
  return times.some((at, i) => {
    const last = times[i + publishers - 1];
    return last !== undefined && last - at <= withinMs && now.getTime() - last <= withinMs;
  });
}

/** "bbc.co.uk" for https://feeds.bbc.co.uk/…: what a house registers, as far as its name shows. */
function siteOf(url: string): string {
  const host = URL.canParse(url) ? new URL(url).hostname : url;
  const labels = host.split('.');
  const isCountry = labels.at(-1)?.length === 2 && (labels.at(-2)?.length ?? 0) <= 3;
  return /^[\d.]+$|:/.test(host) ? host : labels.slice(isCountry ? -3 : -2).join('.');
}
