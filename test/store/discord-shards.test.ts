// Who holds which shard: exactly one at a time, whoever asks how fast.
import { expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '#src/store/open-store.js';
import { inStore, isOnPostgres, storePlace } from '../helpers/store-place.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 29, 12, 0, seconds)).toISOString();
const lease = (owner: string, now = 0) => ({ owner, now: at(now), until: at(now + 15) });

async function shardsOf(place?: string): Promise<Store['discordShards']> {
  const store = await openStore(place ?? (await storePlace()));
  onTestFinished(() => store.close());
  return store.discordShards;
}

it('lays shards out for the first replica, and another number once nobody else is there', async () => {
  const shards = await shardsOf();

  const first = await shards.meet(lease('a'), 3);
  expect(first.replicas).toEqual(['a']);
  expect(first.shards.map(({ owner, shard }) => `${shard}${owner}`)).toEqual(['0', '1', '2']);

  const second = await shards.meet(lease('b', 1), 5);
  expect(second.replicas.sort()).toEqual(['a', 'b']);
  expect(second.shards).toHaveLength(3);

  const alone = await shards.meet(lease('b', 30), 5);
  expect(alone.replicas).toEqual(['b']);
  expect(alone.shards).toHaveLength(5);
});

it('lets replicas that begin together lay out one set', async () => {
  const place = await storePlace();
  const stores = [await shardsOf(place), await shardsOf(place), await shardsOf(place)];

  const meetings = stores.map((shards, n) => () => shards.meet(lease(`replica ${n}`), 4));
  if (isOnPostgres) {
    await Promise.all(meetings.map((meet) => meet()));
  } else {
    // Connections of one process would wait for each other without end: a file's have a process each.
    for (const meet of meetings) {
      await meet();
    }
  }

  const { shards } = await (stores[0] as Store['discordShards']).meet(lease('replica 0', 1), 4);
  expect(shards.map(({ shard }) => shard)).toEqual([0, 1, 2, 3]);
});

it('has exactly one winner for each shard among many that take it at once', async () => {
  const place = await storePlace();
  const stores = [await shardsOf(place), await shardsOf(place), await shardsOf(place)];
  await (stores[0] as Store['discordShards']).meet(lease('a'), 20);

  for (let shard = 0; shard < 20; shard += 1) {
    const wins = await Promise.all(stores.map((one, n) => one.take(shard, lease(`replica ${n}`), '')));
    expect(wins.filter(Boolean)).toEqual([{ epoch: 1, heardAt: undefined }]);
  }
});

it('hands a shard on with how far it was heard, and tells a sleeper that it lost it', async () => {
  const shards = await shardsOf();
  await shards.meet(lease('a'), 1);
  const taken = await shards.take(0, lease('a'), '');
  const held = { shard: 0, epoch: taken?.epoch ?? 0, isOpen: true, heardAt: at(4) };
  expect(await shards.renew(held, lease('a', 5))).toBe(true);

  expect(await shards.take(0, lease('b', 19), '')).toBeUndefined();
  expect(await shards.take(0, lease('b', 20), '')).toEqual({ epoch: 2, heardAt: at(4) });
  expect(await shards.renew(held, lease('a', 21))).toBe(false);
  await shards.letGo(held, lease('a', 21));
  expect((await shards.meet(lease('b', 21), 1)).shards).toMatchObject([{ owner: 'b', epoch: 2 }]);

  await shards.letGo({ shard: 0, epoch: 2, isOpen: true, heardAt: at(22) }, lease('b', 22));
  expect(await shards.take(0, lease('c', 22), '')).toEqual({ epoch: 3, heardAt: at(22) });
  await shards.leave('c');
  expect((await shards.meet(lease('b', 23), 1)).replicas).toEqual(['b']);
});

it('gives turns to identify that are so far apart, in each bucket, to whoever asks', async () => {
  const place = await storePlace();
  const stores = [await shardsOf(place), await shardsOf(place), await shardsOf(place)];
  const turns = await Promise.all(
    [...stores, ...stores].map((shards, n) => shards.nextIdentify(n % 2, 1_000, 5_500)),
  );

  expect(turns.sort((a, b) => a - b)).toEqual([1_000, 1_000, 6_500, 6_500, 12_000, 12_000]);
  expect(await stores[0]?.nextIdentify(0, 60_000, 5_500)).toBe(60_000);
});

it('knows the direct conversations in which something was asked, the last ones first', async () => {
  const place = await storePlace();
  const shards = await shardsOf(place);
  for (const [n, [tenant, channel]] of [
    ['direct', 'one'],
    ['direct', 'two'],
    ['guild', 'three'],
    ['direct', 'one'],
  ].entries()) {
    await inStore(
      place,
      `insert into asked (id, platform, tenant, channel, thread, message, way, user_key, text, asked_at, state, owner,
        epoch, lease_until, tries, posted) values ('${n}', 'discord', '${tenant}', '${channel}', 't', 'm${n}', 'direct',
        'u', 'who?', '${at(n)}', 'answered', 'a', 1, '', 0, '[]') returning id`,
    );
  }

  expect(await shards.directChannels('discord', 'direct', 10)).toEqual(['one', 'two']);
  expect(await shards.directChannels('discord', 'direct', 1)).toEqual(['one']);
});
