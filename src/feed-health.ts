// What is remembered of the feeds, as far as answers care.
import type { FeedState } from './feeds/ports.js';
import type { FeedHealth } from './rag/answer/freshness.js';
import type { FeedStore } from './store/feeds.js';

export async function feedHealthOf(feeds: Pick<FeedStore, 'feeds'>): Promise<FeedHealth[]> {
  const known = await feeds.feeds<FeedState>();
  return known.map(({ state: { failingSince, failures, lastSuccessAt, retiredAt, title }, url }) => ({
    url,
    title,
    lastSuccessAt,
    failingSince: retiredAt ?? (failures > 0 ? failingSince : undefined),
    isRetired: retiredAt !== undefined,
  }));
}
