// Digests and their subscriptions as the page shows them, in the words of all platforms.
import type { Letter } from '../../digests/platform.js';
import type { Schedule } from '../../digests/subscription.js';
import { digestWords } from '../digest-words.js';
import { plainLine } from '../untrusted-text.js';
import { piecesOf, sourceView } from './post-view.js';
import type { DigestPreview, SubscriptionView } from './views.js';

export function digestPreview(letter: Letter, now: Date): DigestPreview {
  const { citations } = letter.digest;
  const hides = letter.settings.spoilers === 'hide';
  const { facts, matches, stories, title } = digestWords(letter, hides);
  // The page numbers its list by itself.
  const pieces = (text: string) => piecesOf(plainLine(text).replace(/^\d+\. /, ''), citations);
  return {
    ...{ title, facts },
    items: stories.map(({ hidden, more, text }) => ({
      ...{ pieces: pieces(text), more: more.trim() },
      ...(hidden === undefined ? {} : { hidden: pieces(hidden) }),
    })),
    matches: matches === '' ? [] : pieces(matches),
    // A headline may tell what the line above it hides.
    sources: citations.map((citation) =>
      sourceView(hides ? { ...citation, title: citation.publisher, quote: '' } : citation, now),
    ),
  };
}

/** A subscription with what became of it. */
export interface ListedSubscription extends Schedule {
  platform: string;
  tenant: string;
  channel: string;
  following: { teams: string[]; leagues: string[]; formats: string[]; sides: string[] };
  length: number;
  isPaused: boolean;
  nextAt?: string | undefined;
  last?: { localDate: string; state: string; reason?: string | undefined } | undefined;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export function subscriptionView(one: ListedSubscription): SubscriptionView {
  const { channel, days, following, isPaused, last, length, nextAt, platform, tenant, time, zone } = one;
  const names = [...following.teams, ...following.leagues, ...following.formats, ...following.sides];
  return {
    ...{ platform, tenant, channel, isPaused, next: nextAt },
    when: `${time}, ${zone}, ${days.length === 7 ? 'every day' : days.map((day) => DAYS[day - 1]).join(', ')}`,
    follows: `${names.length > 0 ? names.join(', ') : 'All cricket'}, up to ${length} stories`,
    last: last && `${last.localDate}: ${last.state}${last.reason ? ` (${last.reason})` : ''}`,
  };
}
