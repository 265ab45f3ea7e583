// Digests and their subscriptions as the page shows them, in the words of all platforms.
import type { Letter } from '../../digests/platform.js';
import type { Schedule } from '../../digests/subscription.js';
import type { Citation } from '../../domain.js';
import { digestWords } from '../digest-words.js';
import { daysText } from '../read-digest-words.js';
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
    sources: shownCitations(letter).map((citation) => sourceView(citation, now)),
  };
}

/** A headline may tell what the line above it hides. */
export const shownCitations = ({ digest, settings }: Letter): Citation[] =>
  settings.spoilers === 'hide'
    ? digest.citations.map((citation) => ({ ...citation, title: citation.publisher, quote: '' }))
    : digest.citations;

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

export function subscriptionView(one: ListedSubscription): SubscriptionView {
  const { channel, days, following, isPaused, last, length, nextAt, platform, tenant, time, zone } = one;
  const names = [...following.teams, ...following.leagues, ...following.formats, ...following.sides];
  return {
    ...{ platform, tenant, channel, isPaused, next: nextAt },
    when: `${time}, ${zone}, ${daysText(days)}`,
    follows: `${names.length > 0 ? names.join(', ') : 'All cricket'}, up to ${length} stories`,
    last: last && `${last.localDate}: ${last.state}${last.reason ? ` (${last.reason})` : ''}`,
  };
}
