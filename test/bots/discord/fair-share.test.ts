// Replicas that only look at who holds what, each in its turn: all shards are held in the end, in even parts.
import { expect, it } from 'vitest';
import { shardToLetGo, shardToTake, type View } from '#src/bots/discord/fair-share.js';
import type { Shard } from '#src/bots/discord/ports.js';

const NOW = '2026-11-29T12:00:00.000Z';
const LATER = '2026-11-29T12:00:15.000Z';

const aShard = (shard: number, owner: string, over: Partial<Shard> = {}): Shard => ({
  ...{ shard, owner, epoch: 1, leaseUntil: owner ? LATER : NOW, isOpen: owner !== '' },
  ...over,
});

const aView = (self: string, replicas: string[], shards: Shard[], over: Partial<View> = {}): View => ({
  ...{ self, replicas, shards, now: NOW, isGone: () => false },
  ...over,
});

/** Each does its steps in turn, until nobody does any; gives how often a shard changed hands. */
function settle(replicas: string[], shards: Shard[]): number {
  let moves = 0;
  for (let round = 0, isStill = false; !isStill; round += 1) {
    expect(round).toBeLessThan(100);
    isStill = true;
    for (const self of replicas) {
      const view = aView(self, replicas, shards);
      const taken = shardToTake(view);
      const given = taken ? undefined : shardToLetGo(view);
      if (taken) {
        Object.assign(taken, { owner: self, leaseUntil: LATER, isOpen: true });
      } else if (given) {
        Object.assign(given, { owner: '', leaseUntil: NOW, isOpen: false });
        moves += 1;
      }
      isStill &&= !taken && !given;
    }
  }
  return moves;
}

const partsOf = (replicas: string[], shards: Shard[]) =>
  replicas.map((name) => shards.filter(({ owner }) => owner === name).length);

it.each([
  [1, 1],
  [1, 3],
  [3, 3],
  [4, 3],
  [16, 3],
  [7, 5],
])('shares %i shards out to %i replicas that begin together, and moves none twice', (count, names) => {
  const replicas = Array.from({ length: names }, (_, n) => `replica ${n}`);
  const shards = Array.from({ length: count }, (_, shard) => aShard(shard, ''));

  expect(settle(replicas, shards)).toBe(0);

  const parts = partsOf(replicas, shards);
  expect(parts.reduce((sum, part) => sum + part)).toBe(count);
  expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
});

it('gives a replica that joins its part, moving no more than that', () => {
  const shards = Array.from({ length: 8 }, (_, shard) => aShard(shard, shard % 2 ? 'a' : 'b'));

  expect(settle(['a', 'b', 'c'], shards)).toBe(2);

  expect(partsOf(['a', 'b', 'c'], shards)).toEqual([3, 3, 2]);
});

it('shares out what a dead replica held', () => {
  const shards = Array.from({ length: 9 }, (_, shard) => aShard(shard, 'abc'[shard % 3] as string));
  const dead = shards.map((shard) => (shard.owner === 'c' ? { ...shard, leaseUntil: NOW } : shard));

  expect(settle(['a', 'b'], dead)).toBe(0);

  expect(partsOf(['a', 'b'], dead).sort()).toEqual([4, 5]);
});

it('lets nothing go while something else moves', () => {
  const rich = [aShard(0, 'a'), aShard(1, 'a'), aShard(2, 'a')];
  expect(shardToLetGo(aView('a', ['a', 'b'], rich))?.shard).toBe(2);

  const opening = [...rich, aShard(3, 'c', { isOpen: false })];
  const free = [...rich, aShard(3, '')];

  for (const shards of [opening, free]) {
    expect(shardToLetGo(aView('a', ['a', 'b', 'c'], shards))).toBeUndefined();
  }
});

it('leaves what was let go to whoever has the fewest, but not for ever', () => {
  const shards = [aShard(0, 'a'), aShard(1, ''), aShard(2, '')];
  expect(shardToTake(aView('a', ['a', 'b'], shards))).toBeUndefined();
  expect(shardToTake(aView('b', ['a', 'b'], shards))).toBeDefined();

  expect(shardToTake(aView('a', ['a', 'b'], shards, { now: '2026-11-29T12:00:21.000Z' }))).toBeDefined();
});

it('takes at once what is leased to one that is known to be dead', () => {
  const isGone = ({ owner }: Shard) => owner === 'dead';

  expect(shardToTake(aView('a', ['a'], [aShard(0, 'dead')], { isGone }))?.shard).toBe(0);
  expect(shardToTake(aView('a', ['a'], [aShard(0, 'dead')]))).toBeUndefined();
});
