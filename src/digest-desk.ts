// Subscriptions to the daily digest, by the store alone.
import type { AskedPlace } from './bots/digest-desk.js';
import type { Settings } from './config.js';
import { loadCricketNames } from './cricket.js';
import { dueAfter, nextDue } from './digests/due.js';
import { type DigestSettings, type Subscription, subscriptionId } from './digests/subscription.js';
import { cityOf, zoneNamed, zones } from './digests/zone.js';
import type { Clock } from './domain.js';
import { BotError } from './errors.js';
import { followingOf, nearest } from './follow-names.js';
import type { ChannelPlace, DigestChanges, DigestDesk, ShownSubscription } from './ops/digest-desk.js';
import type { NameLists } from './rag/understand/names.js';
import type { Store } from './store/open-store.js';

export interface DigestDeskDeps {
  store: Pick<Store, 'subscriptions' | 'digests' | 'watches'>;
  clock: Clock;
  /** Absent = they are read when they are needed. */
  names?: NameLists | undefined;
  /** Hash of the user whose direct messages it is; undefined = nobody's. Absent = nobody is known here. */
  ownerOf?: ((place: AskedPlace) => string | undefined) | undefined;
}

/** The desk of the commands, and what the chat has beside it. */
export interface WholeDesk extends DigestDesk {
  /** Adds it or changes it; `changesOf` gets what the channel has. Errors: `usage`, and its own. */
  set(
    place: AskedPlace,
    changesOf: (own: DigestSettings | undefined) => DigestChanges,
  ): Promise<ShownSubscription>;
  pause(place: AskedPlace, isPaused: boolean): Promise<ShownSubscription>;
}

const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

export function createDigestDesk(
  { clock, names, ownerOf, store }: DigestDeskDeps,
  settings: Settings,
): WholeDesk {
  const { follow, length, time, zone } = settings.digest;
  const fresh = (): DigestSettings => ({
    ...{ time, zone, length, days: ALL_DAYS, language: 'en', spoilers: 'show', quiet: 'line' },
    following: followingOf(follow, names ?? loadCricketNames()),
  });
  const nameOf = ({ channel, platform, tenant }: ChannelPlace) =>
    `${platform}:${tenant && `${tenant}/`}${channel}`;

  function changed(
    own: DigestSettings,
    { breaking, follow, zone, ...changes }: DigestChanges,
  ): DigestSettings {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const most = breaking === 'on' ? own.breaking || settings.digest.breaking.perDay : breaking;
    return {
      ...own,
      ...(given as Partial<DigestSettings>),
      ...(most === undefined ? {} : { breaking: most }),
      ...(zone === undefined ? {} : { zone: knownZone(zone) }),
      ...(follow === undefined ? {} : { following: followingOf(follow, names ?? loadCricketNames()) }),
    };
  }

  async function find(place: ChannelPlace) {
    const found = await store.subscriptions.at<DigestSettings>(place);
    if (!found) {
      throw new BotError(
        'unknown_subscription',
        `${nameOf(place)} has no subscription; third-umpire subscriptions shows which there are`,
      );
    }
    return found;
  }

  async function put(
    subscription: Subscription & { ownerKey?: string | undefined },
  ): Promise<ShownSubscription> {
    const now = clock();
    const last = await lastOf(subscription.id);
    const first = nextDue(subscription.settings, now);
    // A local date has one digest, whatever is changed after it.
    const isTaken = last !== undefined && last.localDate >= first.localDate;
    const next = isTaken ? dueAfter(subscription.settings, last.localDate) : first;
    await store.subscriptions.put(subscription, { ...next, plannedAt: now.toISOString() });
    // A date that is due at this moment stays the next one.
    return shown(await find(subscription), last);
  }

  const lastOf = async (id: string) => (await store.digests.digestsOf(id, 1))[0];

  function shown(
    found: Awaited<ReturnType<typeof find>>,
    last: Awaited<ReturnType<typeof lastOf>>,
    counts: Record<string, number> = {},
  ): ShownSubscription {
    const { channel, isPaused, next, platform, settings: own, tenant } = found;
    return {
      ...{ platform, tenant, channel, ...own, isPaused },
      ...(next.dueAt === null ? {} : { nextAt: next.dueAt }),
      ...(last ? { last: { localDate: last.localDate, state: last.state, reason: last.reason } } : {}),
      counts,
    };
  }

  return {
    async list() {
      const counted = new Map<string, Record<string, number>>();
      for (const { count, state, subscriptionId: id } of await store.digests.counts()) {
        counted.set(id, { ...counted.get(id), [state]: count });
      }
      const all = await store.subscriptions.list<DigestSettings>();
      return Promise.all(all.map(async (one) => shown(one, await lastOf(one.id), counted.get(one.id))));
    },

    async set(place, changesOf) {
      const found = await store.subscriptions.at<DigestSettings>(place);
      const { id = subscriptionId(place), isPaused = false, settings: own } = found ?? {};
      const ownerKey = ownerOf?.({ ...place, ...tenantOf(found) });
      return put({ id, ...place, settings: changed(own ?? fresh(), changesOf(own)), isPaused, ownerKey });
    },

    async add(place, changes) {
      const id = subscriptionId(place);
      if (await store.subscriptions.at(place)) {
        throw new BotError(
          'known_subscription',
          `${nameOf(place)} is subscribed already; third-umpire subscriptions change ${nameOf(place)} changes it`,
        );
      }
      return put({ id, ...place, settings: changed(fresh(), changes), isPaused: false });
    },

    async change(place, changes) {
      const { id, isPaused, settings: own } = await find(place);
      return put({ id, ...place, settings: changed(own, changes), isPaused });
    },

    async pause(place, isPaused) {
      const found = await find(place);
      const ownerKey = ownerOf?.({ ...place, ...tenantOf(found) });
      return put({ id: found.id, ...place, settings: found.settings, isPaused, ownerKey });
    },

    async waiting(place) {
      const all = await (place ? store.watches.of(place) : store.watches.list());
      return all.map(({ channel, id, platform, question, tenant, until }) => ({
        ...{ platform, tenant, channel, id, question, until },
      }));
    },

    async endWaiting(id) {
      if (!(await store.watches.end(id))) {
        throw new BotError(
          'unknown_subscription',
          `no question waits as ${id}; third-umpire subscriptions waiting shows which do`,
        );
      }
    },

    async remove(place) {
      const found = await find(place);
      const before = shown(found, await lastOf(found.id));
      await store.subscriptions.remove(found.id, clock().toISOString());
      return before;
    },
  };
}

/** Whoever is to be forgotten is looked for under the workspace as it is kept, which may be ''. */
const tenantOf = (found: ChannelPlace | undefined) => found && { tenant: found.tenant };

/** The IANA name. Error: `usage`, with the nearest. */
export function knownZone(text: string): string {
  const zone = zoneNamed(text);
  if (zone === undefined) {
    const near = nearest(text, zones()) ?? nearest(text, zones().map(cityOf));
    const hint = near ? `nearest: ${zoneNamed(near) ?? near}` : 'allowed: IANA names, as Asia/Kolkata';
    throw new BotError('usage', `"${text}" is no time zone (${hint})`);
  }
  return zone;
}
