// Breaking stories on their way to the channels that want them. A story is told to a channel once: its articles are
// claimed in the transaction that lays the post into the outbox, so that neither a second process, nor one that died, nor
// a digest which is due at that moment tells it again.
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../domain.js';
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import { type BreakingOptions, breakingStories } from './breaking.js';
import { type Hold, orderOf } from './compose-orders.js';
import { followedIn } from './follow.js';
import type { DigestPlatform } from './platform.js';
import type { Digest } from './ports.js';
import { rankStories } from './rank-stories.js';
import type { ReadWindow, WindowStory } from './read-window.js';
import type { BreakingStore, ComposeStore, PlanStore } from './store-port.js';
import type { Subscription } from './subscription.js';
import { breakingId, breakingOrder, type TellBreaking } from './tell-breaking.js';

export interface LookDeps {
  store: BreakingStore & Pick<PlanStore, 'told'> & Pick<ComposeStore, 'composed'>;
  readWindow: ReadWindow;
  tellBreaking: TellBreaking;
  platforms: DigestPlatform[];
  hold: Hold;
  clock: Clock;
  log: Log;
}

export interface LookOptions extends BreakingOptions {
  /** What was told in so many days is no news. */
  toldDays: number;
}

const DAY_MS = 86_400_000;

/** Looks once; gives how many posts were laid into the outbox. Rejects when the store or the index fails. */
export async function lookForBreaking(
  deps: LookDeps,
  options: LookOptions,
  signal: AbortSignal,
): Promise<number> {
  const { clock, hold, log, platforms, readWindow, store } = deps;
  const names = platforms.map(({ name }) => name);
  const wanting = await store.wantingBreaking(names);
  if (wanting.length === 0) {
    return 0;
  }
  const held = await hold({ subject: 'breaking', job: 'look for breaking news' }, signal, async (own) => {
    const now = clock();
    const window = {
      from: new Date(now.getTime() - 2 * options.withinMs).toISOString(),
      to: now.toISOString(),
    };
    const stories = breakingStories(await readWindow(window, own), now, options);
    const ranked = rankStories(
      stories.map((story) => ({ ...story, publishers: publishersOf(story), followed: 0 })),
      window,
    );
    let told = 0;
    for (const story of ranked) {
      const digests = composed(deps, story, window, own);
      for (const subscription of wanting) {
        own.throwIfAborted();
        told += await tellOne(deps, options, { story, digests, subscription }, now).catch(
          (error: unknown) => {
            own.throwIfAborted();
            log.warn({ why: describeError(error) }, 'a breaking story was not told and is looked at again');
            return 0;
          },
        );
        await setImmediate();
      }
    }
    return told;
  });
  const told = held?.result ?? 0;
  if (told > 0) {
    log.info({ told }, 'breaking stories are told');
  }
  return told;
}

/** Told once for all who read one language. */
function composed(
  { tellBreaking }: LookDeps,
  story: WindowStory,
  window: { from: string; to: string },
  signal: AbortSignal,
) {
  const known = new Map<string, Promise<Digest | undefined>>();
  return (language: string) => {
    const digest = known.get(language) ?? tellBreaking(story, { ...window, language }, signal);
    known.set(language, digest);
    return digest;
  };
}

async function tellOne(
  { platforms, store }: LookDeps,
  { toldDays }: LookOptions,
  {
    digests,
    story,
    subscription,
  }: {
    story: WindowStory;
    digests: (language: string) => Promise<Digest | undefined>;
    subscription: Subscription;
  },
  now: Date,
): Promise<number> {
  const { channel, id, platform, settings, tenant } = subscription;
  const { following, language, zone } = settings;
  const render = platforms.find(({ name }) => name === platform)?.render;
  if (!render || followedIn(story.names, story.sides, following) === 0) {
    return 0;
  }
  const since = new Date(now.getTime() - toldDays * DAY_MS).toISOString();
  const compositions = (await store.told([id], since)).get(id) ?? [];
  const own = new Set([...story.articles.map((article) => article.id), ...story.kin]);
  if (await isTold(store, compositions, own)) {
    return 0;
  }
  const digest = await digests(language);
  const [item] = digest?.items ?? [];
  if (!digest || !item) {
    return 0;
  }
  const localDate = now.toLocaleDateString('sv-SE', { timeZone: zone });
  const post = breakingId(id, item.storyId);
  const breaking = { publishers: publishersOf(story), post };
  const { key, ordered } = breakingOrder(digest, language);
  const isNew = await store.tellBreaking({
    ...{ subscriptionId: id, post, localDate, composition: key, ordered, digest },
    ...{ articleIds: item.articleIds, kin: story.kin, now: now.toISOString() },
    seen: compositions.findLast(({ isBreaking }) => !isBreaking)?.dueAt,
    payload: render({ platform, tenant, channel, digest, localDate, settings, breaking }),
  });
  return isNew ? 1 : 0;
}

async function isTold(
  store: Pick<ComposeStore, 'composed'>,
  compositions: { composition: string }[],
  own: Set<string>,
): Promise<boolean> {
  const nothing = { teams: [], leagues: [], formats: [], sides: [] };
  const told = compositions.map(({ composition }) => composition);
  const order = { following: nothing, length: 1, language: 'en', from: '', to: '', told };
  const known = (await orderOf(order, store)).told;
  return known.some(({ articleIds }) => articleIds.some((id) => own.has(id)));
}

const publishersOf = ({ reports }: WindowStory) => new Set(reports.map(({ publisher }) => publisher)).size;
