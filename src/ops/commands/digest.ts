// `digest`: what would be told now, or what a channel was told on a date. Nothing is posted, and nothing counts as told.
import { renderDigest } from '../../bots/terminal/render-digest.js';
import { BotError } from '../../errors.js';
import { EXIT, type Session } from '../session.js';
import { placeOf } from './subscription-options.js';

interface DigestOptions {
  channel?: string;
  date?: string;
  preview?: boolean;
  json?: boolean;
}

/** Errors: `usage`, `no_digest`. */
export async function runDigest(
  session: Session,
  { channel, date, json, preview }: DigestOptions,
): Promise<number> {
  if (date !== undefined && !isDate(date)) {
    throw new BotError('usage', `--date ${date} is not a date (allowed: 2023-12-19)`);
  }
  const place = channel === undefined ? undefined : placeOf(channel);
  const app = await session.composition.openApp(session.settings(), { clock: session.givenClock });
  try {
    const isPreview = preview || place === undefined;
    if (isPreview) {
      session.status('reading the news');
    }
    const shown = isPreview
      ? await app.digestView.preview(place, date, session.signal)
      : await app.digestView.posted(place, date);
    session.status('');
    const { digest, localDate, settings } = shown;
    const view = {
      style: session.outStyle,
      timeZone: settings.zone,
      now: session.clock(),
      hidesResults: settings.spoilers === 'hide',
    };
    await session.out(
      json
        ? `${JSON.stringify({ channel: channel ?? null, localDate, ...digest }, null, 2)}\n`
        : renderDigest(digest, view),
    );
    return EXIT.done;
  } finally {
    await app.close();
  }
}

const isDate = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
