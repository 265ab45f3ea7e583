// What is typed of a subscription: a channel and its settings.
import { BotError } from '../../errors.js';
import type { ChannelPlace, DigestChanges } from '../digest-desk.js';

export interface SubscriptionOptions {
  time?: string;
  zone?: string;
  days?: string;
  follow?: string[];
  length?: string;
  spoilers?: 'show' | 'hide';
  language?: string;
  quiet?: 'line' | 'silent';
  breaking?: string;
  json?: boolean;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** "slack:C0123", "slack:T0123/C0123", "discord:SERVER/CHANNEL". Error: `usage`. */
export function placeOf(text: string): ChannelPlace {
  const match = /^(slack|discord):(?:([A-Za-z0-9]{1,32})\/)?([A-Za-z0-9]{1,32})$/.exec(text);
  const [, platform, tenant = '', channel] = match ?? [];
  if (!platform || !channel) {
    throw new BotError(
      'usage',
      `"${text}" is no channel (allowed: slack:CHANNEL, slack:WORKSPACE/CHANNEL or discord:SERVER/CHANNEL, by ids)`,
    );
  }
  return { platform, tenant, channel };
}

export const placeName = ({ channel, platform, tenant }: ChannelPlace): string =>
  `${platform}:${tenant && `${tenant}/`}${channel}`;

/** Error: `usage`, with what is allowed. */
export function changesOf(options: SubscriptionOptions): DigestChanges {
  const { breaking, days, follow, language, length, quiet, spoilers, time, zone } = options;
  return {
    ...{ zone, spoilers, quiet },
    time:
      time === undefined ? undefined : checked('--time', time, /^([01]\d|2[0-3]):[0-5]\d$/, '00:00 to 23:59'),
    language:
      language === undefined
        ? undefined
        : checked('--language', language, /^(?:en|fr|it|de|es)$/, 'en, fr, it, de or es'),
    breaking: breaking === undefined ? undefined : breakingOf(breaking),
    days: days === undefined ? undefined : daysOf(days),
    length: length === undefined ? undefined : lengthOf(length),
    follow: follow?.flatMap((names) => names.split(',')),
  };
}

function checked(name: string, value: string, pattern: RegExp, allowed: string): string {
  if (!pattern.test(value)) {
    throw new BotError('usage', `${name} ${value} is not allowed (allowed: ${allowed})`);
  }
  return value;
}

function breakingOf(text: string): number | 'on' {
  const most = checked('--breaking', text, /^(?:on|off|10|[0-9])$/, 'on, off, or 1 to 10 a day');
  return most === 'on' ? 'on' : most === 'off' ? 0 : Number(most);
}

function lengthOf(text: string): number {
  const length = Number(text);
  if (!Number.isInteger(length) || length < 1 || length > 30) {
    throw new BotError('usage', `--length ${text} is not allowed (allowed: 1 to 30 stories)`);
  }
  return length;
}

/** "mon-fri", "sat,sun", "all". */
export function daysOf(text: string): number[] {
  const days = text
    .toLowerCase()
    .split(',')
    .flatMap((part) => {
      const [from = '', to = from] = part === 'all' ? ['mon', 'sun'] : part.trim().split('-');
      const [first, last] = [DAYS.indexOf(from.slice(0, 3)), DAYS.indexOf(to.slice(0, 3))];
      if (first < 0 || last < first) {
        throw new BotError('usage', `--days ${text} is not allowed (allowed: all, mon-fri, or mon,wed,sun)`);
      }
      return Array.from({ length: last - first + 1 }, (_, i) => first + i + 1);
    });
  return [...new Set(days)].sort((a, b) => a - b);
}

/** As `daysOf` reads it. */
export function daysText(days: number[]): string {
  const isRun = days.every((day, i) => i === 0 || day === (days[i - 1] ?? 0) + 1);
  const name = (day: number | undefined) => DAYS[(day ?? 1) - 1] ?? '';
  if (days.length === 7) {
    return 'every day';
  }
  return isRun && days.length > 2 ? `${name(days[0])}-${name(days.at(-1))}` : days.map(name).join(',');
}
