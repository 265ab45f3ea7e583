// What SQLite's single writer rules out can happen here: several processes write at the same moment, and commit in
// another order than they began.
import { expect, inject, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '#src/store/open-store.js';
import { openPostgres } from '#src/store/postgres/open-postgres.js';
import { inTransaction } from '#src/store/sql/transactions.js';
import { aChunk, anArticle } from '../../helpers/builders.js';
import { tempDatabase } from '../../helpers/store-place.js';

const LEASE = { owner: 'one', now: '2023-12-19T10:00:00.000Z', until: '2023-12-19T10:00:20.000Z' };
const PLACE = { platform: 'room', tenant: 't1', channel: 'c1', thread: 'm1' };
const alive = () => false;

/** Several replicas on one database. */
async function replicas(count: number): Promise<Store[]> {
  const url = await tempDatabase();
  const stores = await Promise.all(Array.from({ length: count }, () => openStore(url)));
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
  });
  return stores;
}

const aQuestion = (id: string, parts = {}) => ({
  ...PLACE,
  ...{
    id,
    delivery: id,
    message: id,
    thread: id,
    way: 'mention',
    user: 'ann',
    userKey: 'ann',
    text: `${id}?`,
  },
  ...parts,
});

it('shows revisions in their order to whoever follows them, while many write', async () => {
  const [reader, ...writers] = (await replicas(4)) as [Store, ...Store[]];
  const EACH = 25;
  let isDone = false;
  const seen: string[] = [];
  let skipped = 0;

  async function follow() {
    for (let revision = 0, last = false; ; ) {
      const changes = await reader.chunks.changesAfter(revision, 7);
      if (!changes) {
        if (last) {
          return revision;
        }
        last = isDone;
        continue;
      }
      // No gap: each revision is one chunk that is there when the next one is.
      skipped += changes.revision - revision - changes.puts.length - changes.drops.length;
      seen.push(...changes.puts.map(({ id }) => id));
      revision = changes.revision;
    }
  }
  const following = follow();
  await Promise.all(
    writers.flatMap((store, w) =>
      [0, 1].map(async (lane) => {
        for (let i = 0; i < EACH; i += 1) {
          const article = anArticle({
            url: `https://w${w}.example/${lane}/${i}`,
            text: `report ${w} ${lane} ${i}`,
          });
          const chunks = Array.from({ length: 1 + (i % 3) }, (_, ordinal) =>
            aChunk({ id: `${article.id}:${ordinal}`, articleId: article.id, ordinal }),
          );
          await store.articles.put(article, chunks);
        }
      }),
    ),
  );
  isDone = true;
  const revision = await following;

  const total = await reader.chunks.countChunks();
  expect(await reader.articles.count()).toBe(2 * EACH * writers.length);
  expect({ skipped, revision, distinct: new Set(seen).size }).toEqual({
    skipped: 0,
    revision: total,
    distinct: total,
  });
});

it('keeps to budgets that are shared, and answers each delivery once', async () => {
  const stores = await replicas(3);
  const budgets = [{ scope: 'all' as const, most: 10, since: '2023-12-19T09:50:00.000Z' }];

  const claims = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      stores.map((store, s) =>
        store.conversations.claim(
          aQuestion(`q${i}`, { userKey: `u${i}` }),
          { ...LEASE, owner: `o${s}` },
          budgets,
        ),
      ),
    ).flat(),
  );

  const count = (kind: string) => claims.filter((claim) => claim.kind === kind).length;
  expect([count('ours'), count('spent'), count('known')]).toEqual([10, 10, 40]);
});

it('hands what is taken over to one replica each', async () => {
  const stores = await replicas(4);
  const [first] = stores as [Store];
  for (let i = 0; i < 40; i += 1) {
    await first.conversations.claim(aQuestion(`q${i}`), LEASE, []);
  }

  const lease = { now: '2023-12-19T10:01:00.000Z', until: '2023-12-19T10:01:20.000Z' };
  const taken: string[] = [];
  while (taken.length < 40) {
    const found = await Promise.all(
      stores.map((store, s) =>
        store.conversations.takeOver({ ...lease, owner: `o${s}` }, ['room'], 6, alive),
      ),
    );
    if (found.flat().length === 0) {
      break;
    }
    taken.push(...found.flat().map(({ epoch, id }) => `${id} ${epoch}`));
  }

  expect(taken.length).toBe(40);
  expect(new Set(taken).size).toBe(40);
  expect(taken.every((one) => one.endsWith(' 2'))).toBe(true);
});

it('gives each digest of an outbox to one replica', async () => {
  const stores = await replicas(4);
  const [first] = stores as [Store];
  const now = LEASE.now;
  for (let i = 0; i < 30; i += 1) {
    const watch = { ...PLACE, id: `w${i}`, userKey: `u${i}`, question: 'Who won?', earlier: [] };
    const waiting = { ...watch, channel: `c${i}`, since: now, until: '2024-01-01T00:00:00.000Z' };
    await first.watches.put(waiting, { ofUser: 9, ofChannel: 9 }, now);
    await first.watches.tell(`w${i}`, { channel: `c${i}`, payload: 'x', now });
  }

  const taken: string[] = [];
  await Promise.all(
    stores.map(async (store, s) => {
      for (;;) {
        const entry = await store.digests.take({ platform: 'room' }, { ...LEASE, owner: `o${s}` });
        if (!entry) {
          return;
        }
        taken.push(entry.subscriptionId);
      }
    }),
  );
  // One that another replica was taking at that moment was passed over, not lost.
  for (let entry = await first.digests.take({ platform: 'room' }, LEASE); entry; ) {
    taken.push(entry.subscriptionId);
    entry = await first.digests.take({ platform: 'room' }, LEASE);
  }

  expect(taken.toSorted()).toEqual(Array.from({ length: 30 }, (_, i) => `w${i}`).toSorted());
});

it('lets nobody wait for more than is allowed when two ask at once', async () => {
  const stores = await replicas(4);
  const watch = { ...PLACE, userKey: 'ann', question: 'Who won?', earlier: [] };
  const waiting = { ...watch, since: LEASE.now, until: '2024-01-01T00:00:00.000Z' };

  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      (stores[i % 4] as Store).watches.put(
        { ...waiting, id: `w${i}` },
        { ofUser: 3, ofChannel: 9 },
        LEASE.now,
      ),
    ),
  );

  expect(outcomes.filter((outcome) => outcome === 'new')).toHaveLength(3);
});

it('does a transaction again that another one got in the way of, and tells what it cannot mend', async () => {
  const url = await tempDatabase();
  const { close, db } = await openPostgres(url, {});
  onTestFinished(close);
  await db.insertInto('counters').values({ name: 'n', value: 0 }).execute();
  let runs = 0;

  await Promise.all(
    Array.from({ length: 8 }, () =>
      inTransaction(db, async (transaction) => {
        runs += 1;
        const row = await transaction
          .selectFrom('counters')
          .select('value')
          .where('name', '=', 'n')
          .executeTakeFirst();
        await transaction
          .updateTable('counters')
          .set({ value: Number(row?.value) + 1 })
          .where('name', '=', 'n')
          .execute();
      }),
    ),
  );

  const { value } = await db
    .selectFrom('counters')
    .select('value')
    .where('name', '=', 'n')
    .executeTakeFirstOrThrow();
  expect(value).toBe(8);
  expect(runs).toBeGreaterThan(8);
  await expect(
    inTransaction(db, (transaction) =>
      transaction
        .insertInto('counters')
        .values({ name: null as never, value: 1 })
        .execute(),
    ),
  ).rejects.toThrow(/null value/);
});

it('goes by the time of the server, not of this machine', async () => {
  const url = inject('postgres');
  const realNow = Date.now;
  const store = await openStore(url);
  onTestFinished(async () => {
    Date.now = realNow;
    await store.close();
  });

  Date.now = () => realNow() + 3_600_000;

  expect(Math.abs(store.clock().getTime() - realNow())).toBeLessThan(1000);
});
