// How replicas share out shards without a leader: each looks at who holds what and does one step, and the steps of all
// lead to the same end, where nobody holds more than one shard more than another.
//   take     whoever has the fewest takes what is free
//   let go   whoever has the most lets one go, while somebody has two less and nothing else moves
import type { Shard } from './ports.js';

export interface View {
  self: string;
  /** Replicas that are there, with `self`. */
  replicas: string[];
  shards: Shard[];
  /** ISO 8601. */
  now: string;
  /** Whether nobody hears a shard that is leased to this owner. */
  isGone(shard: Shard): boolean;
}

/** A shard that those who should take it leave lying is anybody's. */
const PATIENCE_MS = 20_000;

/** A shard that this replica is to take now; undefined = none. */
export function shardToTake(view: View): Shard | undefined {
  const { now, self } = view;
  const free = view.shards.filter((shard) => isFree(view, shard));
  const counts = countsOf(view);
  const isPoorest = counts.get(self) === Math.min(...counts.values());
  const lying = Date.parse(now) - PATIENCE_MS;
  const mine = isPoorest ? free : free.filter(({ leaseUntil }) => Date.parse(leaseUntil) < lying);
  // Replicas that come together begin in different places.
  const place = [...counts.keys()].sort().indexOf(self);
  return mine[Math.floor((mine.length * place) / counts.size)];
}

/** A shard that this replica is to let go now, for a replica that has too few. */
export function shardToLetGo(view: View): Shard | undefined {
  const { self, shards } = view;
  if (shards.some((shard) => !shard.isOpen || isFree(view, shard))) {
    return undefined;
  }
  const counts = countsOf(view);
  const most = Math.max(...counts.values());
  const [richest] = [...counts.keys()].filter((name) => counts.get(name) === most).sort();
  return richest === self && most - Math.min(...counts.values()) >= 2
    ? shards.findLast(({ owner }) => owner === self)
    : undefined;
}

const isFree = ({ isGone, now }: View, shard: Shard) =>
  shard.owner === '' || shard.leaseUntil <= now || isGone(shard);

/** How many shards each replica holds. */
function countsOf(view: View): Map<string, number> {
  const counts = new Map([...view.replicas, view.self].map((name) => [name, 0]));
  for (const shard of view.shards) {
    const count = counts.get(shard.owner);
    if (count !== undefined && !isFree(view, shard)) {
      counts.set(shard.owner, count + 1);
    }
  }
  return counts;
}
