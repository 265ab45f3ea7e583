// What is typed of a subscription: a channel and its settings, these as in the chat.
import { readBreaking, readDays, readLanguage, readLength, readTime } from '../../bots/read-digest-words.js';
import { BotError, isBotError } from '../../errors.js';
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

/** "slack:C0123", "slack:T0123/C0123", "discord:SERVER/CHANNEL", "web:console". Error: `usage`. */
export function placeOf(text: string): ChannelPlace {
  const match = /^(slack|discord|web):(?:([A-Za-z0-9]{1,32})\/)?([A-Za-z0-9]{1,32})$/.exec(text);
  const [, platform, tenant = '', channel] = match ?? [];
  if (!platform || !channel) {
    throw new BotError(
      'usage',
      `"${text}" is no channel (allowed: slack:CHANNEL, slack:WORKSPACE/CHANNEL, discord:SERVER/CHANNEL, by ids, or web:console)`,
    );
  }
  return { platform, tenant, channel };
}

export const placeName = ({ channel, platform, tenant }: ChannelPlace): string =>
  `${platform}:${tenant && `${tenant}/`}${channel}`;

/** Error: `usage`, with what is allowed. */
export function changesOf(options: SubscriptionOptions): DigestChanges {
  const { follow, quiet, spoilers, zone } = options;
  return {
    ...{ zone, spoilers, quiet },
    time: read(options, 'time', readTime),
    language: read(options, 'language', readLanguage),
    breaking: read(options, 'breaking', readBreaking),
    days: read(options, 'days', readDays),
    length: read(options, 'length', readLength),
    follow: follow?.flatMap((names) => names.split(',')),
  };
}

/** Names the option whose value is refused. */
function read<Value>(
  options: SubscriptionOptions,
  name: 'time' | 'language' | 'breaking' | 'days' | 'length',
  reader: (text: string) => Value,
): Value | undefined {
  const text = options[name];
  try {
    return text === undefined ? undefined : reader(text);
  } catch (error) {
    throw isBotError(error, 'usage') ? new BotError('usage', `--${name}: ${error.message}`) : error;
  }
}
