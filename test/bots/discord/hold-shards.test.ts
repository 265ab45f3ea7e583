// Replicas that hold shards between them, over a real store and a time that the test moves: joined, stopped, killed,
// asleep, cut off from the database, cut off from Discord.
import { expect, it } from 'vitest';
import { createShardHolder, LEASE_MS, type ShardHolder } from '#src/bots/discord/hold-shards.js';
import type { ShardStore } from '#src/bots/discord/ports.js';
import { createVirtualClock, type VirtualClock } from '../../fakes/clock.js';
import { openTestStore } from '../../helpers/bots.js';
import { timersOf } from '../../helpers/slack-bot.js';
import { watchedLog } from '../../helpers/watched-log.js';

const SHARDS = 4;

interface FakeLine {
  shard: number;
  isUp: boolean;
  isOpen(): boolean;
  close(): Promise<void>;
}

interface Replica {
  name: string;
  holder: ShardHolder<FakeLine>;
  /** Every connection that it ever opened. */
  lines: FakeLine[];
  heardFrom: Map<number, string>;
  /** Its statements fail. */
  isCutOff: boolean;
  /** It does nothing any more, as after kill -9; its connections end with it. */
  kill(): void;
  /** It does nothing for a while. */
  sleep(is: boolean): void;
  held(): number[];
}

async function world() {
  const clock = createVirtualClock();
  const { discordShards } = await openTestStore();
  const dead = new Set<string>();

  function replica(name: string, { opens = true, wanted = SHARDS } = {}): Replica {
    let isFrozen = false;
    const lines: FakeLine[] = [];
    const heardFrom = new Map<number, string>();
    const own = timersOf(clock);
    const guard = (run: () => void) => () => void (isFrozen || run());
    const timers = {
      after: (ms: number, run: () => void) => own.after(ms, guard(run)),
      every: (ms: number, run: () => void) => own.every(ms, guard(run)),
    };
    const cut = async () => {
      if (one.isCutOff) {
        throw new Error('the database is lost');
      }
    };
    const store = Object.fromEntries(
      Object.entries(discordShards).map(([key, call]) => [
        key,
        async (...given: unknown[]) => {
          await cut();
          return (call as (...all: unknown[]) => unknown)(...given);
        },
      ]),
    ) as unknown as ShardStore;
    const holder = createShardHolder<FakeLine>(
      {
        ...{ store, owner: name, timers, log: watchedLog() },
        clock: () => new Date(clock.now()),
        isGone: (other) => dead.has(other),
        heard: {
          until: () => new Date(clock.now()),
          goOnFrom: (shard, time) => void heardFrom.set(shard, time.toISOString()),
        },
        openLine(shard) {
          const line: FakeLine = {
            ...{ shard, isUp: opens, isOpen: () => line.isUp },
            async close() {
              line.isUp = false;
            },
          };
          lines.push(line);
          return line;
        },
      },
      { wanted, atOnce: 1 },
    );
    const one: Replica = {
      ...{ name, holder, lines, heardFrom, isCutOff: false },
      kill() {
        isFrozen = true;
        for (const line of lines) {
          line.isUp = false;
        }
      },
      sleep(is) {
        isFrozen = is;
      },
      held: () =>
        holder
          .lines()
          .filter(({ line }) => line.isUp)
          .map(({ shard }) => shard),
    };
    holder.start();
    return one;
  }

  return { clock, replica, dead };
}

/** Time passes in small steps, each with what the store has to say. */
async function pass(clock: VirtualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 500) {
    clock.advance(500);
    for (let turn = 0; turn < 40; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const all = (...replicas: Replica[]) => replicas.flatMap((one) => one.held()).sort();

it('shares out to replicas that join, one shard at a time, and gives back what one held that stops', async () => {
  const { clock, replica } = await world();
  const a = replica('a');
  await pass(clock, 20_000);
  expect(a.held()).toEqual([0, 1, 2, 3]);

  const b = replica('b');
  let fewest = SHARDS;
  for (let step = 0; step < 60; step += 1) {
    await pass(clock, 500);
    fewest = Math.min(fewest, all(a, b).length);
  }
  expect([a.held().length, b.held().length]).toEqual([2, 2]);
  expect(all(a, b)).toEqual([0, 1, 2, 3]);
  // Never more than one was without a connection, and b knows how far it was heard.
  expect(fewest).toBeGreaterThanOrEqual(SHARDS - 1);
  expect([...b.heardFrom.keys()].sort()).toEqual(b.held().sort());

  await a.holder.stop();
  expect(a.held()).toEqual([]);
  await pass(clock, 12_000);
  expect(b.held().sort()).toEqual([0, 1, 2, 3]);
  expect(b.holder.replicas()).toBe(1);
});

it('has the shards of a dead replica elsewhere when its leases have run out, or at once where it is seen', async () => {
  const { clock, dead, replica } = await world();
  const [a, b, c] = [replica('a'), replica('b'), replica('c')];
  await pass(clock, 20_000);
  expect(all(a, b, c)).toEqual([0, 1, 2, 3]);

  a.kill();
  await pass(clock, LEASE_MS + 10_000);
  expect(all(b, c)).toEqual([0, 1, 2, 3]);
  expect([b.held().length, c.held().length]).toEqual([2, 2]);

  b.kill();
  dead.add('b');
  await pass(clock, 6_000);
  expect(c.held().sort()).toEqual([0, 1, 2, 3]);
});

it('closes what a sleeper held before another opens it twice, and takes part again', async () => {
  const { clock, replica } = await world();
  const [a, b] = [replica('a'), replica('b')];
  await pass(clock, 20_000);
  const had = a.held();

  a.sleep(true);
  await pass(clock, LEASE_MS + 10_000);
  expect(b.held().sort()).toEqual([0, 1, 2, 3]);
  a.sleep(false);
  await pass(clock, 1_000);

  expect(a.lines.filter(({ shard }) => had.includes(shard)).every(({ isUp }) => !isUp)).toBe(true);
  await pass(clock, 30_000);
  expect([a.held().length, b.held().length]).toEqual([2, 2]);
});

it('lets go before its leases run out when it loses the database, and comes back', async () => {
  const { clock, replica } = await world();
  const [a, b] = [replica('a'), replica('b')];
  await pass(clock, 20_000);

  a.isCutOff = true;
  await pass(clock, 5_000);
  expect(a.held().length).toBe(2);
  await pass(clock, LEASE_MS - 5_000);
  expect(a.held()).toEqual([]);
  expect(a.holder.isWell()).toBe(false);
  await pass(clock, 15_000);
  expect(b.held().sort()).toEqual([0, 1, 2, 3]);

  a.isCutOff = false;
  await pass(clock, 30_000);
  expect(all(a, b)).toEqual([0, 1, 2, 3]);
  expect(a.held().length).toBe(2);
  expect(a.holder.isWell()).toBe(true);
});

it('is let go by a replica that does not reach Discord', async () => {
  const { clock, replica } = await world();
  const [a, b] = [replica('a', { opens: false }), replica('b')];
  await pass(clock, 60_000);
  expect(b.held().length).toBeLessThan(SHARDS);

  await pass(clock, 90_000);

  expect(b.held().sort()).toEqual([0, 1, 2, 3]);
  const opened = b.lines.length;
  await pass(clock, 60_000);
  expect(b.lines).toHaveLength(opened);
  expect(a.held()).toEqual([]);
});

it('keeps to the number of shards that others hold, and changes it when nobody does', async () => {
  const { clock, replica } = await world();
  const a = replica('a');
  await pass(clock, 20_000);
  const b = replica('b', { wanted: 6 });
  await pass(clock, 60_000);
  expect([a.held().length, b.held().length]).toEqual([2, 2]);
  expect(b.holder.count()).toBe(4);

  a.kill();
  await b.holder.stop();
  await pass(clock, LEASE_MS);
  const c = replica('c', { wanted: 6 });
  await pass(clock, 40_000);

  expect(c.held().sort()).toEqual([0, 1, 2, 3, 4, 5]);
});
