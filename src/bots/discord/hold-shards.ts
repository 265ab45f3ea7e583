// A replica's part of the shards: it says every few seconds that it is there, renews what it holds, takes what it should
// and lets go what others should have (fair-share.ts). Without the database nothing can be claimed, so the shards are let
// go before their leases run out; whoever holds them next reads what was missed.
import { describeError } from '../../errors.js';
import type { Timers } from '../timers.js';
import { within } from '../timers.js';
import { shardToLetGo, shardToTake, type View } from './fair-share.js';
import { createHeldShards, type HeldShardsDeps, type ShardLine } from './held-shards.js';
import type { Shard, ShardLease, Sharing } from './ports.js';

export interface HoldShardsDeps<Line>
  extends Omit<Sharing, 'directChannels'>,
    Omit<HeldShardsDeps<Line>, 'store'> {
  clock(): Date;
  timers: Timers;
}

export interface HoldShardsOptions {
  /** Shards where no replica holds any; those that are there count as long as somebody holds some. */
  wanted: number;
  /** Connections that are opened at once. */
  atOnce: number;
}

export interface ShardHolder<Line> {
  start(): void;
  stop(): Promise<void>;
  /** Whether the replica takes part, and what it holds hears or is being opened. */
  isWell(): boolean;
  /** Connections by shard. */
  lines(): { shard: number; line: Line }[];
  /** Shards of all replicas; 0 = not known yet. */
  count(): number;
  /** Replicas that are there, at least 1. */
  replicas(): number;
}

/** A replica that says nothing for so long is dead. */
export const LEASE_MS = 15_000;
const TICK_MS = 2_500;
const WATCH_MS = 500;
/** What cannot be renewed is let go so long before it runs out. */
const EARLY_MS = 3_000;
/** A connection that does not open, or come back, in this time is let go: another replica may reach Discord. */
const SILENT_MS = 90_000;
/** Whoever stops does not wait longer for a database that does not answer. */
const STOP_MS = 3_000;

export function createShardHolder<Line extends ShardLine>(
  deps: HoldShardsDeps<Line>,
  { atOnce, wanted }: HoldShardsOptions,
): ShardHolder<Line> {
  const { clock, isGone, log, owner, store, timers } = deps;
  const held = createHeldShards(deps);
  const startedAt = clock().getTime();
  const endings: (() => void)[] = [];
  let turn: Promise<void> | undefined;
  let metUntil = 0;
  let restsUntil = 0;
  let count = 0;
  let replicas = 1;
  let isLost = false;
  let hasFailed = false;
  let isStopped = false;

  function leaseNow(): ShardLease {
    const now = clock();
    return { owner, now: now.toISOString(), until: new Date(now.getTime() + LEASE_MS).toISOString() };
  }

  async function look(): Promise<void> {
    const lease = leaseNow();
    if (Date.parse(lease.now) < restsUntil) {
      await held.renew(lease);
      return;
    }
    const met = await store.meet(lease, held.all.size > 0 ? count : wanted);
    await held.renew(lease);
    metUntil = Date.parse(lease.until);
    count = met.shards.length;
    const others = met.replicas.filter((name) => name !== owner && !isGone(name));
    replicas = others.length + 1;
    if (isLost) {
      isLost = false;
      log.warn('the database is back: discord shards are taken again');
    }
    // Replicas that are gone may have held another number of shards: their leases run out.
    const isNew = Date.parse(lease.now) < startedAt + LEASE_MS;
    if (isStopped || (count !== wanted && held.all.size === 0 && isNew)) {
      return;
    }
    const isDead = ({ owner: holder, shard }: Shard) =>
      holder === owner ? !held.all.has(shard) : isGone(holder);
    const view = { self: owner, replicas: others, shards: met.shards, now: lease.now, isGone: isDead };
    await takeShare(view, lease);
    await letGoOne(view, lease);
  }

  async function takeShare(view: View, lease: ShardLease): Promise<void> {
    const opening = () => [...held.all.values()].filter(({ wasOpen }) => !wasOpen).length;
    while (!isStopped && opening() < atOnce) {
      const free = shardToTake(view);
      if (!free || !(await held.take(free, count, lease))) {
        return;
      }
      const taken = { ...free, owner, leaseUntil: lease.until, isOpen: false };
      view.shards = view.shards.map((shard) => (shard === free ? taken : shard));
    }
  }

  /** One at a time: what does not hear, or what others should have. */
  async function letGoOne(view: View, lease: ShardLease): Promise<void> {
    const since = Date.parse(lease.now) - SILENT_MS;
    const silent = [...held.all].find(([, { heardAt }]) => heardAt < since)?.[0];
    const shard = silent ?? shardToLetGo(view)?.shard;
    if (shard === undefined) {
      return;
    }
    await held.giveBack(shard, lease);
    if (silent === undefined) {
      log.info({ shard, replicas }, 'a discord shard is let go, for a replica that has fewer');
      return;
    }
    log.warn({ shard }, 'a discord shard does not hear: it is let go, for a replica that reaches Discord');
    restsUntil = Date.parse(lease.now) + SILENT_MS;
    await store.leave(owner);
  }

  function watch(): void {
    const now = clock().getTime();
    held.look(now);
    for (const [shard, { leaseEnds }] of held.all) {
      if (now > leaseEnds - EARLY_MS) {
        if (!isLost) {
          isLost = true;
          log.error('discord shards are let go: their leases cannot be renewed in the database');
        }
        held.drop(shard);
      }
    }
  }

  function next(): void {
    turn ??= look()
      .then(
        () => {
          hasFailed = false;
        },
        (error: unknown) => {
          // A database that is lost is told by the store, and every look fails meanwhile.
          log[hasFailed ? 'debug' : 'warn']({ why: describeError(error) }, 'discord shards not looked after');
          hasFailed = true;
        },
      )
      .finally(() => {
        turn = undefined;
      });
  }

  async function giveAllBack(): Promise<void> {
    const lease = leaseNow();
    const give = () => Promise.all([...held.all.keys()].map((shard) => held.giveBack(shard, lease)));
    await give();
    // What was being taken meanwhile.
    await turn;
    await give();
    await store.leave(owner);
  }

  return {
    start() {
      endings.push(timers.every(TICK_MS, next), timers.every(WATCH_MS, watch));
      next();
    },
    async stop() {
      isStopped = true;
      for (const end of endings) {
        end();
      }
      const lines = [...held.all.values()].map(({ line }) => line);
      await within(
        timers,
        STOP_MS,
        giveAllBack().catch((error: unknown) =>
          log.warn({ why: describeError(error) }, 'discord shards were not given back; their leases run out'),
        ),
      );
      await Promise.all(lines.map((line) => line.close()));
    },
    isWell() {
      const lines = [...held.all.values()];
      const isMember = clock().getTime() < metUntil;
      const hears = lines.length === 0 || lines.some(({ line }) => line.isOpen());
      return isMember && hears && lines.every(({ line, wasOpen }) => !wasOpen || line.isOpen());
    },
    lines: () => [...held.all].map(([shard, { line }]) => ({ shard, line })),
    count: () => count,
    replicas: () => replicas,
  };
}
