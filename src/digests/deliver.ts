// The outbox on its way to the platforms. What shares a rate is a lane: of a workspace, or of the whole platform. A lane
// takes the digest that waits longest, starts a post as often as its rate allows, and stands still while the platform says
// so; no more than a few payloads are in memory, however many wait.
import type { Clock } from '../domain.js';
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import { createTurns } from '../turns.js';
import { createLane, createSlots, type Lane, type Timers } from './pace.js';
import type { DigestPlatform } from './platform.js';
import { CALL_MS, type SendOptions, type Sent, sendOne } from './send-one.js';
import type { OutboxStore } from './store-port.js';

export interface DeliverDeps {
  store: OutboxStore;
  platforms: DigestPlatform[];
  clock: Clock;
  timers: Timers;
  log: Log;
  /** A name that no other process has. */
  owner: string;
  startedAt: Date;
}

export interface DeliverOptions extends SendOptions {
  /** Posts under way at once, on each platform. */
  concurrent: number;
}

export interface Delivery {
  /** Takes up what may be sent now; comes back at once. */
  deliver(): void;
  /** Comes back when nothing is being sent. */
  idle(): Promise<void>;
}

/** A look and a post fit in, with time to write what came of them. */
const LEASE_MS = 3 * CALL_MS;
/** What is due later is found by the next minute's tick. */
const NEXT_TICK_MS = 60_000;

export function createDelivery(deps: DeliverDeps, options: DeliverOptions, signal: AbortSignal): Delivery {
  const { clock, log, owner, platforms, store, timers } = deps;
  const under = new Set<Promise<void>>();
  const breathe = createTurns();
  const slotsOf = new Map(platforms.map(({ name }) => [name, createSlots(options.concurrent)]));
  /** Kept when idle: a wait that the platform asked for goes on. `isWanted` = something came up since it looked last. */
  const lanes = new Map<string, { lane: Lane; isRunning: boolean; isWanted: boolean }>();
  const wakes = new Map<string, () => void>();

  function track(work: Promise<void>): void {
    const safe = work
      .catch((error: unknown) => log.error({ why: describeError(error) }, 'digests were not delivered'))
      .finally(() => under.delete(safe));
    under.add(safe);
  }

  const lease = () => {
    const now = clock().getTime();
    return { owner, now: new Date(now).toISOString(), until: new Date(now + LEASE_MS).toISOString() };
  };

  /** Sends what may be sent until there is nothing more, at the lane's pace. */
  async function sendAll(platform: DigestPlatform, tenant: string | undefined, lane: Lane): Promise<void> {
    const slots = slotsOf.get(platform.name) as ReturnType<typeof createSlots>;
    const sending = new Set<Promise<void>>();
    const counts: Record<string, number> = {};
    const restoredAt = await store.restoredAt();
    for (;;) {
      await lane.turn();
      const release = await slots();
      await breathe();
      const entry = signal.aborted
        ? undefined
        : await store.take({ platform: platform.name, tenant }, lease()).catch((error: unknown) => {
            release();
            throw error;
          });
      if (!entry) {
        release();
        break;
      }
      const work = sendOne({ ...deps, restoredAt }, options, platform, entry)
        .then((sent) => {
          lane.rest(sent.laneWaitMs ?? 0);
          counts[sent.outcome] = (counts[sent.outcome] ?? 0) + 1;
          tell(platform, sent);
        })
        // It stays as it was written last; who finds it when the lease has run out goes on.
        .catch((error: unknown) => log.error({ why: describeError(error) }, 'a digest was not sent'))
        .finally(() => {
          sending.delete(work);
          release();
        });
      sending.add(work);
    }
    await Promise.all(sending);
    if (Object.keys(counts).length > 0) {
      log.info({ platform: platform.name, ...counts }, 'digests sent');
    }
  }

  function tell(platform: DigestPlatform, { outcome, why }: Sent): void {
    if (outcome === 'undeliverable' || outcome === 'missed') {
      log.warn({ platform: platform.name, why }, `a digest is ${outcome}`);
    }
  }

  function runLane(platform: DigestPlatform, tenant: string | undefined): void {
    const key = JSON.stringify([platform.name, tenant]);
    const state = lanes.get(key) ?? {
      lane: createLane(timers, 1000 / platform.rate.perSecond, signal),
      isRunning: false,
      isWanted: false,
    };
    lanes.set(key, state);
    state.isWanted = true;
    if (state.isRunning) {
      return;
    }
    state.isRunning = true;
    const run = async () => {
      try {
        while (state.isWanted && !signal.aborted) {
          state.isWanted = false;
          await sendAll(platform, tenant, state.lane);
        }
      } finally {
        state.isRunning = false;
      }
      await wakeFor(platform);
    };
    track(run());
  }

  /** What waits for some seconds only is not left to the next minute. */
  async function wakeFor(platform: DigestPlatform): Promise<void> {
    const now = clock();
    const next = await store.nextAt(platform.name, now.toISOString());
    const waitMs = next === undefined ? NEXT_TICK_MS : Date.parse(next) - now.getTime();
    wakes.get(platform.name)?.();
    if (waitMs < NEXT_TICK_MS && !signal.aborted) {
      wakes.set(
        platform.name,
        timers.after(waitMs, () => track(deliverTo(platform))),
      );
    }
  }

  async function deliverTo(platform: DigestPlatform): Promise<void> {
    const tenants = await store.tenants(platform.name, clock().toISOString());
    const keys = platform.rate.of === 'tenant' || tenants.length === 0 ? tenants : [undefined];
    for (const tenant of signal.aborted ? [] : keys) {
      runLane(platform, tenant);
    }
  }

  return {
    deliver() {
      for (const platform of signal.aborted ? [] : platforms) {
        track(deliverTo(platform));
      }
    },
    async idle() {
      if (signal.aborted) {
        for (const cancel of wakes.values()) {
          cancel();
        }
      }
      while (under.size > 0) {
        await Promise.all(under);
      }
    },
  };
}
