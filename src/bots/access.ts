// Where and for whom the bot answers, and what it tells those whom it does not answer: once in a while, not at each try.
import type { ChannelPlace } from '../digests/subscription.js';
import type { IncomingMessage } from './ports.js';

export interface AccessOptions {
  /** Ids as the platforms give them. What `deny` has is never answered, what `allow` lacks only when that is empty. */
  channels: { allow: string[]; deny: string[] };
  users: { allow: string[]; deny: string[] };
}

/** The code of the reply; undefined = welcome. Direct messages stand in no list of channels. */
export function refusalOf(
  { channel, platform, user, way }: Pick<IncomingMessage, 'channel' | 'platform' | 'user' | 'way'>,
  access: AccessOptions,
): 'channel_closed' | 'user_closed' | undefined {
  if (isUnwelcome({ platform, user }, access)) {
    return 'user_closed';
  }
  return way !== 'direct' && isClosed(channel, access) ? 'channel_closed' : undefined;
}

/** Whether the bot does nothing for somebody. The console's browsers have ids that nobody knows: its token lets them in. */
export function isUnwelcome(
  { platform, user }: { platform: string; user: string },
  { users: { allow, deny } }: Pick<AccessOptions, 'users'>,
): boolean {
  const isUnlisted = allow.length > 0 && platform !== 'web' && !allow.includes(user);
  return deny.includes(user) || isUnlisted;
}

/** Whether what nobody asked for just now (a digest, news) may be sent there. */
export function isClosed(channel: string, { channels: { allow, deny } }: AccessOptions): boolean {
  return deny.includes(channel) || (allow.length > 0 && !allow.includes(channel));
}

/**
 * Direct messages stand in no list of channels: Discord's have no server, Slack's are channels that begin with D. Nor does
 * the console, or a digest that is shown to whoever runs the bot.
 */
export function isDirect({ channel, platform, tenant }: ChannelPlace): boolean {
  return (
    ['', 'web'].includes(platform) || tenant === 'direct' || (platform === 'slack' && channel.startsWith('D'))
  );
}

/** Whether a digest there is one person's: the console, and whoever runs the bot, are nobody's key. */
export const isPersonal = (place: ChannelPlace): boolean =>
  isDirect(place) && !['', 'web'].includes(place.platform);

/** More people than this are told again a little early. */
const MOST_REMEMBERED = 10_000;

/** Whether something may be said now: true at most once until the time that was given with it. */
export function createOnceInAWhile(now: () => number): (key: string, until: number) => boolean {
  const told = new Map<string, number>();
  return (key, until) => {
    if ((told.get(key) ?? 0) > now()) {
      return false;
    }
    told.delete(key);
    told.set(key, until);
    for (const oldest of told.size > MOST_REMEMBERED ? told.keys() : []) {
      told.delete(oldest);
      break;
    }
    return true;
  };
}
