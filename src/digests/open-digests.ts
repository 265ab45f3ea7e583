// The daily digests of a process. A tick each minute asks which (subscription, local date) is due; composing and sending
// go on beside the ticks. Nothing here remembers what is to be done: the store does, so that a process may end at any
// moment and another one goes on.
//
// The promise: at most one digest for each subscription and local date.
import { setMaxListeners } from 'node:events';
import { describeError } from '../errors.js';
import { type ComposeDeps, composeOrders } from './compose-orders.js';
import { createDelivery, type DeliverDeps, type DeliverOptions } from './deliver.js';
import { type PlanOptions, planDue } from './plan.js';
import type { DigestStore } from './store-port.js';

export interface DigestsDeps
  extends Omit<ComposeDeps, 'store' | 'onWritten'>,
    Omit<DeliverDeps, 'store' | 'startedAt'> {
  store: DigestStore;
  /** Whether an owner is known to have died. */
  isGone(owner: string): boolean;
}

export interface DigestsOptions extends PlanOptions, DeliverOptions {
  /** Digests composed side by side. */
  composing: number;
}

export interface Digests {
  /** What is to happen at each full minute; comes back when what is due has its row. */
  tick(): Promise<void>;
  /** Comes back when nothing is being composed or sent. */
  idle(): Promise<void>;
  /** Begins nothing new; what is being sent comes to its end. */
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function createDigests(deps: DigestsDeps, options: DigestsOptions): Digests {
  const { clock, isGone, log, store } = deps;
  const controller = new AbortController();
  const { signal } = controller;
  // Each lane that waits listens.
  setMaxListeners(0, signal);
  const delivery = createDelivery({ ...deps, startedAt: clock() }, options, signal);
  let composing: Promise<void> | undefined;
  let mustCompose = false;
  let forgottenOn = '';

  const ago = (ms: number) => new Date(clock().getTime() - ms).toISOString();

  async function safely(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) {
        log.error({ why: describeError(error) }, what);
      }
    }
  }

  /** One round at a time; what came up meanwhile gets another. */
  function compose(): void {
    mustCompose = true;
    composing ??= safely('digests were not composed and are tried again', async () => {
      while (mustCompose && !signal.aborted) {
        mustCompose = false;
        await composeOrders({ ...deps, onWritten: delivery.deliver }, options.composing, signal);
      }
    }).finally(() => {
      composing = undefined;
    });
  }

  async function plan(): Promise<void> {
    const { due, missed } = await planDue({ clock, store }, options, signal);
    const late = await store.miss(ago(options.catchUpHours * HOUR_MS), clock().toISOString());
    if (due > 0) {
      log.info({ due }, 'digests are due');
    }
    if (missed + late > 0) {
      log.warn({ missed: missed + late }, 'digests were missed');
    }
  }

  async function forget(): Promise<void> {
    const today = ago(0).slice(0, 10);
    if (today !== forgottenOn) {
      // What was told is looked up for so long, and a window may be as old as the catch-up.
      const compositions = ago((options.toldDays + 2) * DAY_MS);
      await store.forget({ digests: ago(options.keepDays * DAY_MS), compositions });
      forgottenOn = today;
    }
  }

  return {
    async tick() {
      await safely('digests were not planned and are looked for again', async () => {
        await store.free(isGone, clock().toISOString());
        await plan();
        await forget();
      });
      if (!signal.aborted) {
        compose();
        delivery.deliver();
      }
    },

    async idle() {
      await composing;
      await delivery.idle();
    },

    async stop() {
      controller.abort();
      await composing;
      await delivery.idle();
    },
  };
}
