// The digests of channels as people on the platforms handle them: over the store, with the names of the game, and with
// whatever composes digests.
import { isPersonal } from './bots/access.js';
import type { AskedPlace, ChannelDigest, DigestDesk } from './bots/digest-desk.js';
import type { HashId } from './bots/id-hash.js';
import type { Settings } from './config.js';
import { createDigestDesk } from './digest-desk.js';
import { orderOf } from './digests/compose-orders.js';
import { newsFor } from './digests/plan.js';
import type { Letter } from './digests/platform.js';
import type { Compose, Digest } from './digests/ports.js';
import { type ChannelPlace, type DigestSettings, subscriptionId } from './digests/subscription.js';
import { cityOf, zones } from './digests/zone.js';
import type { Clock } from './domain.js';
import { BotError, isBotError } from './errors.js';
import { followingOf, joined, without, wordsOf } from './follow-names.js';
import { once } from './once.js';
import type { ShownSubscription } from './ops/digest-desk.js';
import type { NameLists } from './rag/understand/names.js';
import type { Store } from './store/open-store.js';

export interface BotDigestsDeps {
  store: Pick<Store, 'subscriptions' | 'digests' | 'watches'>;
  /** The real time. */
  clock: Clock;
  /** The time of the news. */
  newsClock: Clock;
  names: NameLists;
  compose: Compose;
  /** Names whose direct messages a digest goes to; absent = nobody changes digests here. */
  hashId?: HashId | undefined;
}

const DAY_MS = 86_400_000;
const MOST_SUGGESTIONS = 25;
/** The digests of a channel that are looked through for a date. */
const MOST_DIGESTS = 60;
const SUGGESTED = ['team', 'club', 'league', 'trophy', 'format'];

export function createBotDigests(deps: BotDigestsDeps, settings: Settings): DigestDesk {
  const { clock, compose, hashId, names, newsClock, store } = deps;
  const ownerOf = ({ user, ...place }: AskedPlace) =>
    user !== undefined && isPersonal(place) ? hashId?.(place.platform, place.tenant, user) : undefined;
  const desk = createDigestDesk({ store, clock, names, ownerOf }, settings);
  /** What is typed, lower-case, and what it stands for; the short and well known first. */
  const forms = once(async () => formsOf(names));
  let suggested: { typed: string; means: string }[] = [];
  void forms().then((all) => {
    suggested = all;
  });

  async function find(place: ChannelPlace): Promise<(ChannelDigest & { id: string }) | undefined> {
    const found = await store.subscriptions.at<DigestSettings>(place);
    return (
      found && {
        ...place,
        ...found.settings,
        id: found.id,
        isPaused: found.isPaused,
        nextAt: found.next.dueAt ?? undefined,
      }
    );
  }

  const waiting = ({ channel, platform, tenant }: ChannelPlace) =>
    store.watches.of({ platform, tenant, channel });

  return {
    find,

    async list(platform, tenant) {
      const all = await store.subscriptions.list<DigestSettings>();
      return all
        .filter((one) => one.platform === platform && ['', tenant].includes(one.tenant))
        .map(({ channel, isPaused, next, settings: own }) => ({
          ...{ platform, tenant, channel, ...own, isPaused },
          nextAt: next.dueAt ?? undefined,
        }));
    },

    set: async (place, changes) => asShown(await desk.set(place, () => changes)),

    async follow(place, words, isFollowed) {
      const named = followingOf(words, names);
      const isAll = words.some((word) => word.trim().toLowerCase() === 'all');
      const changed = await desk.set(place, (settingsOfIt) => {
        const own = settingsOfIt?.following;
        if (!isFollowed && (isAll || wordsOf(without(own, named)).every((word) => word === 'all'))) {
          throw new BotError('usage', 'nothing would be left to follow: pause the digest, or remove it');
        }
        return {
          follow: isAll ? ['all'] : wordsOf(isFollowed ? joined(own, named) : without(own, named)),
        };
      });
      return asShown(changed);
    },

    async pause(place, isPaused) {
      try {
        return asShown(await desk.pause(place, isPaused));
      } catch (error) {
        if (isBotError(error, 'unknown_subscription')) {
          return undefined;
        }
        throw error;
      }
    },

    async remove(place) {
      const found = await store.subscriptions.at(place);
      return found !== undefined && store.subscriptions.remove(found.id, clock().toISOString());
    },

    async preview(place, signal) {
      const own = await find(place);
      const { following, language, length, spoilers, zone } = own ?? {
        ...fresh,
        ...settings.digest,
        following: followingOf(settings.digest.follow, names),
      };
      const now = newsClock();
      const since = new Date(now.getTime() - settings.digest.toldDays * DAY_MS).toISOString();
      const id = own?.id ?? subscriptionId(place);
      const told = (await store.digests.told([id], since)).get(id) ?? [];
      const news = newsFor(told, now.toISOString(), settings.digest.toldDays);
      const order = await orderOf({ following, length, language, ...news }, store.digests);
      return {
        ...place,
        digest: await compose(order, signal),
        localDate: now.toLocaleDateString('sv-SE', { timeZone: zone }),
        settings: { zone, spoilers, language },
      };
    },

    async posted(place, date): Promise<Letter | undefined> {
      const [localDate = '', post] = date.split('/');
      const own = await find(place);
      const digests = await store.digests.digestsOf(post ?? own?.id ?? subscriptionId(place), MOST_DIGESTS);
      const row = digests.find((one) => one.localDate === localDate);
      const kept = row && (await store.digests.composition<unknown, Digest>(row.composition));
      // Of an article that was taken down nothing is left to show.
      const items = kept?.digest?.items.filter(({ text }) => text !== '') ?? [];
      const digest = kept?.digest && { ...kept.digest, items };
      const { language, spoilers, zone } = own ?? { ...fresh, ...settings.digest };
      const breaking = post === undefined ? {} : { breaking: { post, publishers: 0 } };
      return digest && { ...place, digest, localDate, settings: { zone, spoilers, language }, ...breaking };
    },

    waiting: (place) => waiting(place),
    async endWaiting(place, id) {
      const isHere = (await waiting(place)).some((one) => one.id === id);
      return isHere && store.watches.end(id);
    },

    suggest(kind, text) {
      const typed = text.trim().toLowerCase();
      const all =
        kind === 'zone' ? zones().map((zone) => ({ typed: zone.toLowerCase(), means: zone })) : suggested;
      const fits = all.filter(
        ({ means, typed: form }) =>
          form.startsWith(typed) || cityOf(means).toLowerCase().startsWith(typed.replaceAll(' ', '_')),
      );
      return [...new Set(fits.map(({ means }) => means))].slice(0, MOST_SUGGESTIONS);
    },
  };
}

/** The same, with more that nobody here reads. */
const asShown = (shown: ShownSubscription): ChannelDigest => shown as ChannelDigest;

const fresh = { language: 'en', spoilers: 'show' as const };

/** Ids of the articles behind the digest whose message began a thread; [] = none did, or it is not kept any more. */
export async function digestArticles(
  digests: Pick<Store['digests'], 'postedAs' | 'composition'>,
  { thread, ...place }: ChannelPlace & { thread: string },
): Promise<string[]> {
  const composition = await digests.postedAs({ ...place, message: thread });
  const kept = composition && (await digests.composition<unknown, Digest>(composition));
  return kept ? (kept.digest?.items ?? []).flatMap(({ articleIds }) => articleIds) : [];
}

function formsOf({ names }: NameLists): { typed: string; means: string }[] {
  const sides = ['women', 'men', 'under-19', 'all'].map((side) => ({ typed: side, means: side }));
  const known = names.filter(({ kind }) => SUGGESTED.includes(kind));
  return [
    ...known.map(({ name }) => ({ typed: name.toLowerCase(), means: name })),
    ...sides,
    ...known.flatMap(({ aliases, name }) =>
      aliases.map((form) => ({ typed: form.toLowerCase(), means: name })),
    ),
  ];
}
