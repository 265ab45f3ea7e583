// What goes on beside the questions: leases renewed, questions of processes that died taken over, old talk forgotten.
import type { Clock } from '../domain.js';
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import type { Desk } from './desk-port.js';
import type { BotPlatform } from './ports.js';
import type { BotStore, Lease, PendingQuestion } from './store-port.js';
import type { Timers } from './timers.js';
import { holdKey } from './turn.js';

export interface UpkeepDeps {
  store: Pick<BotStore, 'renew' | 'postpone' | 'takeOver' | 'takeWaiting' | 'forgetBefore'>;
  /** Whether what waits in other processes may be taken now. */
  mayShare(): boolean;
  desk: Desk;
  platforms: BotPlatform[];
  log: Log;
  clock: Clock;
  timers: Timers;
  lease(): Lease;
  /** Calls when another process has told that there is something to look at; absent = nobody tells. */
  onWake?: ((look: () => void) => () => void) | undefined;
  isGone(owner: string): boolean;
}

export interface UpkeepOptions {
  /** Between two looks at the store, in milliseconds. */
  everyMs: number;
  /** Days that talk is kept. */
  days: number;
}

export interface Upkeep {
  /** Comes back when what was left of processes that died is taken over. */
  start(): Promise<void>;
  /** A slot is free: what waits elsewhere is taken. */
  share(): Promise<void>;
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;
const FORGET_EVERY_MS = 3_600_000;

export function createUpkeep(deps: UpkeepDeps, { days, everyMs }: UpkeepOptions): Upkeep {
  const { clock, desk, log, platforms, store, timers } = deps;
  let ends: (() => void)[] = [];
  let looking: Promise<void> | undefined;
  let sharing: Promise<void> = Promise.resolve();
  const names = () => platforms.map(({ name }) => name);
  /** Held in our name and not on here, at the last look. */
  let strays = new Set<string>();

  /** One look at a time: a slow store gets no second one on top. */
  function look(): Promise<void> {
    looking ??= safely(async () => {
      const seen = desk.on();
      const lease = deps.lease();
      await giveBack(desk.held(await store.renew(lease), seen, lease.until), lease);
      const room = desk.room();
      const found = room > 0 ? await store.takeOver(lease, names(), room, deps.isGone) : [];
      takeAll(found, lease);
      await share();
      if (found.length > 0) {
        log.info({ count: found.length }, 'questions taken over');
      }
    }).finally(() => {
      looking = undefined;
    });
    return looking;
  }

  function takeAll(found: PendingQuestion[], { until }: Lease): void {
    for (const question of found) {
      desk.take({ ...question, until });
    }
  }

  /** Takes what waits elsewhere while there is less to do here than can be done. */
  function share(): Promise<void> {
    sharing = sharing.then(() =>
      safely(async () => {
        const spare = desk.spare();
        if (deps.mayShare() && spare > 0) {
          const lease = deps.lease();
          takeAll(await store.takeWaiting(lease, names(), spare), lease);
        }
      }),
    );
    return sharing;
  }

  /**
   * A process that slept through its lease, or could not reach its store, drops a question that the store still holds in
   * its name. One that is a stray at two looks, so that it was not just taken up, is free for whoever comes first.
   */
  async function giveBack(found: { id: string; epoch: number }[], { now, owner }: Lease): Promise<void> {
    const lost = found.filter((one) => strays.has(holdKey(one)));
    strays = new Set(found.map(holdKey));
    for (const { epoch, id } of lost) {
      await store.postpone(id, { owner, epoch }, now);
      log.warn({ question: id }, 'a question was dropped here and is taken up again');
    }
  }

  const forget = () =>
    safely(async () => {
      const count = await store.forgetBefore(new Date(clock().getTime() - days * DAY_MS).toISOString());
      log.info({ count }, 'old questions forgotten');
    });

  async function safely(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error({ why: describeError(error) }, 'the upkeep of questions failed and is tried again');
    }
  }

  return {
    async start() {
      ends = [timers.every(everyMs, () => void look()), timers.every(FORGET_EVERY_MS, () => void forget())];
      // What was told while we look may have come too late for that look.
      ends.push(deps.onWake?.(() => void look().then(look)) ?? (() => {}));
      await forget();
      await look();
    },
    share,
    async stop() {
      for (const end of ends) {
        end();
      }
      await looking;
      await sharing;
    },
  };
}
