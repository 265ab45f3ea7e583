// Composing: each order once, whoever shares it, and by one process at a time; then its digest is written in the form of
// each channel's platform and laid into the outbox, some fifty at a time.
import type { Clock } from '../domain.js';
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import type { DigestPlatform } from './platform.js';
import type { Compose, Digest, DigestOrder, ToldStory } from './ports.js';
import type { ComposeStore, Ordered } from './store-port.js';
import type { Subscription } from './subscription.js';

/** Does work that one process at a time may do; undefined = another one does it. */
export type Hold = <Result>(
  claim: { subject: string; job: string },
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
) => Promise<{ result: Result } | undefined>;

export interface ComposeDeps {
  store: ComposeStore;
  compose: Compose;
  platforms: DigestPlatform[];
  hold: Hold;
  /** Something was laid into the outbox. */
  onWritten(): void;
  clock: Clock;
  log: Log;
}

/** Orders looked at in one round. */
const ORDERS = 1000;
/** Payloads written in one transaction. */
const BATCH = 50;

/** Composes all that waits, `concurrent` orders side by side; what fails is left for the next round. */
export async function composeOrders(
  deps: ComposeDeps,
  concurrent: number,
  signal: AbortSignal,
): Promise<void> {
  const names = deps.platforms.map(({ name }) => name);
  const keys = await deps.store.waiting(names, ORDERS);
  const worker = async () => {
    for (let key = keys.pop(); key !== undefined && !signal.aborted; key = keys.pop()) {
      await composeOne(deps, key, signal).catch((error: unknown) => {
        if (!signal.aborted) {
          deps.log.error({ why: describeError(error) }, 'a digest was not composed and is tried again');
        }
      });
    }
  };
  await Promise.all(Array.from({ length: concurrent }, worker));
}

async function composeOne(deps: ComposeDeps, key: string, signal: AbortSignal): Promise<void> {
  const { compose, hold, store } = deps;
  const held = await hold({ subject: key, job: 'compose digest' }, signal, async (own) => {
    const kept = await store.composition(key);
    if (kept && !kept.digest) {
      await store.putDigest(key, await compose(await orderOf(kept.ordered, store), own));
    }
    return kept && (kept.digest ?? (await store.composition(key))?.digest);
  });
  if (held?.result) {
    await writeAll(deps, key, held.result, signal);
  }
}

/** Each round writes what it read, or leaves: what stays composing would be read for ever. */
async function writeAll(deps: ComposeDeps, key: string, digest: Digest, signal: AbortSignal): Promise<void> {
  const { clock, store } = deps;
  const platforms = new Map(deps.platforms.map((platform) => [platform.name, platform]));
  let before = '';
  while (!signal.aborted) {
    const batch = await store.composing(key, [...platforms.keys()], BATCH);
    const names = batch.map(({ id }) => id).join(' ');
    if (batch.length === 0 || names === before) {
      return;
    }
    before = names;
    const written = batch.map((one) => ({
      id: one.id,
      localDate: one.localDate,
      payload: payloadOf(one, digest, platforms),
    }));
    await store.write(key, written, clock().toISOString());
    deps.onWritten();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function payloadOf(
  { channel, localDate, platform, settings, tenant }: Subscription & { localDate: string },
  digest: Digest,
  platforms: Map<string, DigestPlatform>,
): string | undefined {
  const isQuiet = digest.items.length === 0;
  return isQuiet && settings.quiet === 'silent'
    ? undefined
    : platforms.get(platform)?.render({ platform, tenant, channel, digest, localDate, settings });
}

/** What was told stands in the digests that told it; of a story told twice all that was told counts. */
export async function orderOf(ordered: Ordered, store: Pick<ComposeStore, 'composed'>): Promise<DigestOrder> {
  const stories = new Map<string, ToldStory>();
  for (const { items, to } of await store.composed(ordered.told)) {
    for (const { articleIds, storyId } of items) {
      const known = stories.get(storyId)?.articleIds ?? [];
      stories.set(storyId, { storyId, articleIds: [...new Set([...known, ...articleIds])], at: to });
    }
  }
  return { ...ordered, told: [...stories.values()] };
}
