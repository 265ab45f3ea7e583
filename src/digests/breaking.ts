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
 * so many publishers ran their first report of it. A story that was in the news before does not break again.
 */
export function breakingStories(
  stories: WindowStory[],
  now: Date,
  { publishers, withinMs }: BreakingOptions,
): WindowStory[] {
  return stories.filter(({ articles, earlier, reports }) => {
    const timeOf = new Map(articles.map(({ id, publishedAt }) => [id, Date.parse(publishedAt)]));
    const firsts = new Map<string, number>();
    for (const { articleIds, publisher } of reports) {
      const at = Math.min(...articleIds.map((id) => timeOf.get(id) ?? Number.POSITIVE_INFINITY));
      firsts.set(publisher, Math.min(at, firsts.get(publisher) ?? Number.POSITIVE_INFINITY));
    }
    const times = [...firsts.values()].filter((at) => at <= now.getTime()).sort((a, b) => a - b);
    const isRecent = (at: number) => now.getTime() - at <= withinMs;
    const breaks = times.some((at, i) => {
      const last = times[i + publishers - 1];
      return last !== undefined && last - at <= withinMs && isRecent(last);
    });
    return breaks && earlier.length === 0;
  });
}
