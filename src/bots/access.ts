// Where and for whom the bot answers, and what it tells those whom it does not answer: once in a while, not at each try.
import type { IncomingMessage } from './ports.js';

export interface AccessOptions {
  /** Ids as the platforms give them. A channel of `deny` is never answered, one of no `allow` only when that is empty. */
  channels: { allow: string[]; deny: string[] };
  users: { deny: string[] };
}

/** The code of the reply; undefined = welcome. Direct messages stand in no list of channels. */
export function refusalOf(
  { channel, user, way }: Pick<IncomingMessage, 'channel' | 'user' | 'way'>,
  { channels, users }: AccessOptions,
): 'channel_closed' | 'user_closed' | undefined {
  if (users.deny.includes(user)) {
    return 'user_closed';
  }
  return way !== 'direct' && isClosed(channel, { channels, users }) ? 'channel_closed' : undefined;
}

/** Whether what nobody asked for just now (a digest, news) may be sent there. */
export function isClosed(channel: string, { channels: { allow, deny } }: AccessOptions): boolean {
  return deny.includes(channel) || (allow.length > 0 && !allow.includes(channel));
}

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
