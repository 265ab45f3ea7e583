// How the feeds do, in a few words each, as a chat shows it.
import { ageOf } from './bots/sources.js';
import { feedHealthOf } from './feed-health.js';
import type { FeedStore } from './store/feeds.js';

export interface FeedLine {
  name: string;
  isWell: boolean;
  fact: string;
}

export async function feedLines(feeds: Pick<FeedStore, 'feeds'>, now: Date): Promise<FeedLine[]> {
  const known = await feedHealthOf(feeds);
  return known.map(({ failingSince, isRetired, lastSuccessAt, title, url }) => {
    const read = lastSuccessAt ? `read ${ageOf(lastSuccessAt, now)}` : 'not read yet';
    const trouble = isRetired ? 'gone for good' : failingSince && `fails since ${ageOf(failingSince, now)}`;
    return {
      name: title ?? new URL(url).host,
      isWell: !trouble,
      fact: [trouble, read].filter(Boolean).join(', '),
    };
  });
}
