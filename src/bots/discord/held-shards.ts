// The shards that this replica holds: for each a lease in the store and a connection to the gateway, which begin and end
// together.
import type { Log } from '../../log.js';
import type { Heard } from './catch-up.js';
import type { HeldShard, Shard, ShardLease, ShardStore } from './ports.js';

/** A shard's own connection, as far as holding it goes. */
export interface ShardLine {
  isOpen(): boolean;
  close(): Promise<void>;
}

export interface HeldShardsDeps<Line> {
  store: Pick<ShardStore, 'take' | 'renew' | 'letGo'>;
  log: Log;
  heard: Heard;
  /** Begins to open the connection of a shard, of `count` shards. */
  openLine(shard: number, count: number): Line;
}

export interface Held<Line> {
  epoch: number;
  line: Line;
  /** Milliseconds since 1970, as are the others. */
  leaseEnds: number;
  /** When it was last seen to hear, or taken. */
  heardAt: number;
  /** Whether it ever did. */
  wasOpen: boolean;
}

export interface HeldShards<Line> {
  all: ReadonlyMap<number, Held<Line>>;
  /** False = another replica was faster. */
  take(shard: Shard, count: number, lease: ShardLease): Promise<boolean>;
  /** What was lost to another replica is closed. */
  renew(lease: ShardLease): Promise<void>;
  /** Closes it, then lets go of its lease. */
  giveBack(shard: number, lease: ShardLease): Promise<void>;
  /** Closes it and leaves the lease to run out. */
  drop(shard: number): void;
  /** Looks which of them hear. */
  look(now: number): void;
}

export function createHeldShards<Line extends ShardLine>({
  heard,
  log,
  openLine,
  store,
}: HeldShardsDeps<Line>): HeldShards<Line> {
  const all = new Map<number, Held<Line>>();
  const rowOf = (shard: number, { epoch, line }: Held<Line>): HeldShard => ({
    ...{ shard, epoch, isOpen: line.isOpen(), heardAt: heard.until(shard)?.toISOString() },
  });

  function drop(shard: number): void {
    const one = all.get(shard);
    all.delete(shard);
    void one?.line.close();
  }

  return {
    all,
    drop,

    async take({ owner, shard }, count, lease) {
      const taken = await store.take(shard, lease, owner);
      if (!taken) {
        return false;
      }
      if (taken.heardAt) {
        heard.goOnFrom(shard, new Date(taken.heardAt));
      }
      log.info({ shard, of: count }, 'a discord shard is held here');
      const line = openLine(shard, count);
      const leaseEnds = Date.parse(lease.until);
      all.set(shard, { epoch: taken.epoch, line, leaseEnds, heardAt: Date.parse(lease.now), wasOpen: false });
      return true;
    },

    async renew(lease) {
      for (const [shard, one] of all) {
        if (await store.renew(rowOf(shard, one), lease)) {
          one.leaseEnds = Date.parse(lease.until);
        } else {
          log.warn({ shard }, 'another replica holds a discord shard of ours; it is closed here');
          drop(shard);
        }
      }
    },

    async giveBack(shard, lease) {
      const one = all.get(shard);
      if (one) {
        all.delete(shard);
        await one.line.close();
        await store.letGo(rowOf(shard, one), lease);
      }
    },

    look(now) {
      for (const one of all.values()) {
        if (one.line.isOpen()) {
          one.heardAt = now;
          one.wasOpen = true;
        }
      }
    },
  };
}
