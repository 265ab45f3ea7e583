// The bots of a process: platforms that hear and show, one intake, one desk, and the upkeep of what they hold. Started
// and stopped in order, so that nothing is heard that cannot be answered, and nothing ends without a word.
import type { Ask, Clock } from '../domain.js';
import { describeError } from '../errors.js';
import type { Log } from '../log.js';
import { createDesk, type DeskOptions } from './desk.js';
import type { HashId } from './id-hash.js';
import { createIntake } from './intake.js';
import type { BotPlatform, Place } from './ports.js';
import { createSharedWork } from './shared-work.js';
import type { BotStore, Lease } from './store-port.js';
import type { TakeUpOptions } from './take-up.js';
import type { Timers } from './timers.js';
import { createUpkeep } from './upkeep.js';
import type { WatchDesk } from './watch-desk.js';

export interface BotsDeps {
  ask: Ask;
  store: BotStore;
  platforms: BotPlatform[];
  hashId: HashId;
  /** Articles behind the digest that began a thread; [] = none did. Absent = no digest is ever posted. */
  articlesOf?: ((place: Place) => Promise<string[]>) | undefined;
  /** Absent = no question waits for news. */
  watches?: WatchDesk | undefined;
  log: Log;
  /** The real time: leases and limits are about processes and people, not about news. */
  clock: Clock;
  timers: Timers;
  /** A name that no other process has. */
  owner: string;
  /** Whether an owner is known to have died. */
  isGone(owner: string): boolean;
  /** Whether other processes answer from the same store: what waits here may be taken there. */
  isShared?: boolean | undefined;
  /** Calls when another process has told of a question to look at; absent = nobody tells. */
  onWake?: ((look: () => void) => () => void) | undefined;
}

export interface BotsOptions extends DeskOptions, TakeUpOptions {
  /** Days that questions and answers are kept as the memory of their threads. */
  retentionDays: number;
  /** Seconds that answers under way are given to end when the process is stopped. */
  graceSeconds: number;
}

export interface PlatformState {
  name: string;
  isConnected: boolean;
  /** Why it was not started: a refusal that only a person can mend. */
  problem?: string | undefined;
}

export interface Bots {
  /**
   * Starts all platforms side by side. One that cannot be reached is tried again by itself; one that refuses us is left
   * out while another one works. Error: that of the first one, when none works.
   */
  start(): Promise<void>;
  /** Ends within the grace and a few seconds: what is under way is finished or apologised for. */
  stop(): Promise<void>;
  platforms(): PlatformState[];
  /** Questions that have a slot, and those that wait for one. */
  load(): { running: number; waiting: number };
}

/**
 * A question is held for so long without a word of its owner: a process that died is followed up after this, and one
 * that hangs loses it. Renewed three times in that time.
 */
const LEASE_MS = 21_000;
const APOLOGY_MS = 5000;

export function createBots(deps: BotsDeps, options: BotsOptions): Bots {
  const { clock, log, owner, platforms, timers } = deps;
  const problems = new Map<string, unknown>();
  /** Those that hear people. */
  const begun: BotPlatform[] = [];
  let hasEnded = false;
  const lease = (): Lease => ({
    owner,
    now: clock().toISOString(),
    until: new Date(clock().getTime() + LEASE_MS).toISOString(),
  });
  const shared = deps.isShared ? createSharedWork(deps) : undefined;
  const mayShare = () => deps.isShared === true && !hasEnded;
  const desk = createDesk({ ...deps, shared, onEnded: () => void upkeep.share() }, options);
  const bot = createIntake({ ...deps, desk, lease }, options, () => hasEnded);
  const upkeep = createUpkeep(
    { ...deps, platforms: begun, desk, lease, mayShare },
    { everyMs: LEASE_MS / 3, days: options.retentionDays },
  );

  /** Comes back when nothing is under way, or after `milliseconds`. */
  async function idleWithin(milliseconds: number): Promise<void> {
    let cancel = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = timers.after(milliseconds, resolve);
    });
    await Promise.race([desk.idle(), late]);
    cancel();
  }

  async function begin(platform: BotPlatform): Promise<void> {
    try {
      await platform.start(bot);
      begun.push(platform);
    } catch (error) {
      problems.set(platform.name, error);
      log.error({ platform: platform.name, why: describeError(error) }, 'a platform does not start');
    }
  }

  async function each(what: 'pause' | 'stop'): Promise<void> {
    for (const platform of platforms) {
      await platform[what]().catch((error: unknown) =>
        log.warn({ platform: platform.name, why: describeError(error) }, `a platform did not ${what}`),
      );
    }
  }

  return {
    async start() {
      await Promise.all(platforms.map(begin));
      const [first] = problems.values();
      if (begun.length === 0 && first) {
        throw first;
      }
      await upkeep.start();
    },

    async stop() {
      hasEnded = true;
      await each('pause');
      await idleWithin(options.graceSeconds * 1000);
      desk.apologise();
      await idleWithin(APOLOGY_MS);
      await upkeep.stop();
      await desk.giveBack();
      await each('stop');
    },

    platforms: () =>
      platforms.map((platform) => ({
        name: platform.name,
        isConnected: begun.includes(platform) && !hasEnded && (platform.isConnected?.() ?? true),
        problem: problems.has(platform.name) ? describeError(problems.get(platform.name)) : undefined,
      })),
    load: desk.load,
  };
}
