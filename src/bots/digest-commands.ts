// What is said to people about the digest of a channel, the same on every platform: a few lines, and buttons below.
import type { Letter } from '../digests/platform.js';
import { isBotError } from '../errors.js';
import type { AskedPlace, ChannelDigest, DigestChanges, DigestDesk } from './digest-desk.js';
import { daysText } from './read-digest-words.js';

export type DigestAction = 'pause' | 'resume' | 'remove' | 'preview' | `unwatch-${string}`;

/** What somebody alone is shown; the words are plain text. */
export interface DigestView {
  lines: string[];
  buttons: { label: string; action: DigestAction }[];
  /** The channel has it only now. */
  isNew?: boolean | undefined;
}

/** What cannot be done is said in the view: it never fails with `usage`, but for `preview`. */
export interface DigestCommands {
  show(place: AskedPlace): Promise<DigestView>;
  set(place: AskedPlace, read: () => DigestChanges): Promise<DigestView>;
  /** `text` = names, with commas between. */
  follow(place: AskedPlace, text: string, isFollowed: boolean): Promise<DigestView>;
  act(place: AskedPlace, action: Exclude<DigestAction, 'preview'>): Promise<DigestView>;
  /** Undefined = it is being written already. */
  preview(place: AskedPlace): Promise<Letter | undefined>;
}

const NONE: DigestView = {
  lines: ['This channel gets no digest yet.'],
  buttons: [{ label: 'See one now', action: 'preview' }],
};
/** A digest is written in seconds, or in minutes by a slow model. */
const PREVIEW_MS = 10 * 60_000;
const MOST_NAMES_SHOWN = 12;
/** Of questions that wait. */
const MOST_LINES = 10;
/** Of a row on Discord. */
const MOST_BUTTONS = 5;
const LABEL_CHARACTERS = 70;

export function createDigestCommands(desk: DigestDesk): DigestCommands {
  const beingWritten = new Set<string>();

  async function safely(work: () => Promise<DigestView>): Promise<DigestView> {
    try {
      return await work();
    } catch (error) {
      if (isBotError(error, 'usage')) {
        return { lines: [error.message], buttons: [] };
      }
      throw error;
    }
  }

  /** The digest, and what waits for news beside it. */
  async function show(place: AskedPlace): Promise<DigestView> {
    const found = await desk.find(place);
    const { buttons, lines } = found ? viewOf(found) : NONE;
    const waiting = await desk.waiting(place);
    return {
      lines: [...lines, ...waiting.slice(0, MOST_LINES).map(waitingLine)],
      buttons: [
        ...buttons,
        ...waiting.slice(0, MOST_BUTTONS - buttons.length).map(({ id, question }) => ({
          label: shortened(`Stop waiting: ${question}`, LABEL_CHARACTERS),
          action: `unwatch-${id}` as const,
        })),
      ],
    };
  }

  return {
    show: (place) => safely(() => show(place)),

    set: (place, read) =>
      safely(async () => {
        const changes = read();
        const isNew = (await desk.find(place)) === undefined;
        return { ...viewOf(await desk.set(place, changes)), isNew };
      }),

    follow: (place, text, isFollowed) =>
      safely(async () => {
        const names = text.split(/\s*[,;]\s*|\s+and\s+/).filter(Boolean);
        const before = await desk.find(place);
        if (names.length === 0 || (!before && !isFollowed)) {
          return before ? viewOf(before) : NONE;
        }
        return { ...viewOf(await desk.follow(place, names, isFollowed)), isNew: before === undefined };
      }),

    act: (place, action) =>
      safely(async () => {
        if (action.startsWith('unwatch-')) {
          await desk.endWaiting(place, action.slice('unwatch-'.length));
          return show(place);
        }
        if (action === 'remove') {
          const wasThere = await desk.remove(place);
          return wasThere ? { lines: ['Removed: this channel gets no digest any more.'], buttons: [] } : NONE;
        }
        const found = await desk.pause(place, action === 'pause');
        return found ? viewOf(found) : NONE;
      }),

    async preview(place) {
      const key = JSON.stringify([place.platform, place.tenant, place.channel]);
      if (beingWritten.has(key)) {
        return undefined;
      }
      beingWritten.add(key);
      try {
        return await desk.preview(place, AbortSignal.timeout(PREVIEW_MS));
      } finally {
        beingWritten.delete(key);
      }
    },
  };
}

export const PREVIEW_LINES = {
  working: 'Writing it from what there is now.',
  twice: 'It is being written already.',
  failed: 'It could not be written now. Try again in a few minutes.',
} as const;

/** A refusal says itself why. */
export function failedLine(error: unknown): string {
  return isBotError(error, 'usage') ? error.message : PREVIEW_LINES.failed;
}

function viewOf(digest: ChannelDigest): DigestView {
  const { isPaused, length, nextAt, quiet, spoilers, time, zone } = digest;
  const settings = [
    `up to ${length} ${length === 1 ? 'story' : 'stories'}`,
    spoilers === 'hide' ? 'results hidden' : '',
    quiet === 'silent' ? 'silent on quiet days' : '',
    digest.language === 'en' ? '' : `language ${digest.language}`,
  ];
  return {
    lines: [
      `A digest at ${time}, ${zone}, ${daysText(digest.days)}: ${settings.filter(Boolean).join(', ')}.`,
      `Follows ${followsText(digest)}.`,
      ...(digest.breaking ? [`Breaking stories at once, up to ${digest.breaking} a day.`] : []),
      isPaused || nextAt === undefined ? 'Paused.' : `Next: ${nextText(nextAt, zone)}.`,
    ],
    buttons: [
      { label: 'Send me one now', action: 'preview' },
      isPaused ? { label: 'Resume', action: 'resume' } : { label: 'Pause', action: 'pause' },
      { label: 'Remove', action: 'remove' },
    ],
  };
}

/** "India, Indian Premier League; women" */
export function followsText({ following }: Pick<ChannelDigest, 'following'>): string {
  const { formats, leagues, sides, teams } = following;
  const names = [...teams, ...leagues, ...formats];
  const shown = names.slice(0, MOST_NAMES_SHOWN);
  const rest = names.length - shown.length;
  const what = [shown.join(', ') || 'all cricket', rest > 0 ? `and ${rest} more` : '']
    .filter(Boolean)
    .join(' ');
  return sides.length > 0 ? `${what}; ${sides.join(', ')}` : what;
}

function waitingLine({ question, until }: { question: string; until: string }): string {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return `Waits for news until ${day.format(new Date(until))}: ${shortened(question, 120)}`;
}

const shortened = (text: string, limit: number) =>
  text.length > limit ? `${text.slice(0, limit - 1)}…` : text;

function nextText(nextAt: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone },
  })
    .format(new Date(nextAt))
    .replace(',', '');
}
