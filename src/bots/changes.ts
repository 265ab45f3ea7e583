// What somebody changed on a platform, told to whoever keeps the log of it: the digests of channels, here around the desk
// that changes them. What was refused is not told.
import type { ChannelPlace } from '../digests/subscription.js';
import { isDirect } from './access.js';
import type { AskedPlace, DigestDesk } from './digest-desk.js';

export interface Change {
  platform: string;
  tenant: string;
  /** Id as the platform gives it; '' = nobody is known. */
  user: string;
  /** "digest removed". */
  action: string;
  /** What it was done to: a channel. */
  subject: string;
  /** What it came to; '' = the action says it. */
  details: string;
}

/** Comes back when it is kept. */
export type RecordChange = (change: Change) => Promise<void>;

/** A channel's id; that of direct messages is one person's, and is not kept. */
export const subjectOf = (place: ChannelPlace): string =>
  isDirect(place) ? 'direct messages' : place.channel;

/** "time 09:00, days 1 2 3" of what is given. */
export function detailsOf(changes: object): string {
  return Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name} ${[value].flat().join(' ')}`)
    .join(', ');
}

/** The desk, whose changes are told. */
export function createRecordedDesk(desk: DigestDesk, record: RecordChange): DigestDesk {
  const told = (place: AskedPlace, action: string, details = '') => {
    const { platform, tenant, user = '' } = place;
    return record({ platform, tenant, user, action, subject: subjectOf(place), details });
  };
  return {
    ...desk,
    async set(place, changes) {
      const isNew = (await desk.find(place)) === undefined;
      const digest = await desk.set(place, changes);
      await told(place, isNew ? 'digest added' : 'digest changed', detailsOf(changes));
      return digest;
    },
    async follow(place, names, isFollowed) {
      const isNew = (await desk.find(place)) === undefined;
      const digest = await desk.follow(place, names, isFollowed);
      const details = `${isFollowed ? 'follows' : 'unfollows'} ${names.join(', ')}`;
      await told(place, isNew ? 'digest added' : 'digest changed', details);
      return digest;
    },
    async pause(place, isPaused) {
      const digest = await desk.pause(place, isPaused);
      if (digest) {
        await told(place, isPaused ? 'digest paused' : 'digest resumed');
      }
      return digest;
    },
    async remove(place) {
      const wasThere = await desk.remove(place);
      if (wasThere) {
        await told(place, 'digest removed');
      }
      return wasThere;
    },
    async endWaiting(place, id) {
      const wasThere = await desk.endWaiting(place, id);
      if (wasThere) {
        await told(place, 'waiting question ended');
      }
      return wasThere;
    },
  };
}
