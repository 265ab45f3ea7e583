// Digests to be posted, with as many stories as a test wants.
import type { DigestPost, Letter } from '#src/digests/platform.js';
import type { Digest, DigestItem } from '#src/digests/ports.js';
import type { ChannelPlace } from '#src/digests/subscription.js';
import { aCitation } from './slack-bot.js';

export function anItem(n: number, over: Partial<DigestItem> = {}): DigestItem {
  return {
    storyId: `story-${n}`,
    articleIds: [`article-${n}`],
    text: `Story ${n} tells of a match. [${n}]`,
    isUpdate: false,
    morePublishers: 0,
    ...over,
  };
}

export function aDigest(items: DigestItem[], over: Partial<Digest> = {}): Digest {
  return {
    from: '2023-12-18T08:00:00.000Z',
    to: '2023-12-19T08:00:00.000Z',
    items,
    fixtures: [],
    citations: items.map((_, at) => aCitation(at + 1)),
    stories: items.length,
    dropped: 0,
    ...over,
  };
}

export function aLetter(
  place: ChannelPlace,
  digest: Digest,
  over: Partial<Letter['settings']> = {},
  breaking?: Letter['breaking'],
): Letter {
  return {
    ...(breaking ? { breaking } : {}),
    ...place,
    digest,
    localDate: '2023-12-19',
    settings: { zone: 'UTC', spoilers: 'show', language: 'en', ...over },
  };
}

/** The post of a letter; `n` tells one digest from another. */
export function aPost(letter: Letter, payload: string, dueAt: Date, n = 1): DigestPost {
  const { channel, localDate, platform, tenant } = letter;
  const key = n.toString(16).padStart(7, '0').padEnd(25, 'a');
  return { platform, tenant, channel, key, localDate, payload, dueAt: dueAt.toISOString() };
}
