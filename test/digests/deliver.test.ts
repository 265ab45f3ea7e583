import { expect, it } from 'vitest';
import type { DigestOrder } from '#src/digests/ports.js';
import type { Store } from '#src/store/open-store.js';
import type { Fault } from '../fixtures/post-office.mjs';
import { openTestStore } from '../helpers/bots.js';
import { composeOf, subscribe, type TestDigests, testDigests, testOffice } from '../helpers/digests.js';

const MINUTE = 60_000;
const DUE = Date.parse('2023-12-19T08:00:00Z');

/** Digests at 07:59, and what moves the clock on in steps of a minute, a tick at each. */
async function aMorning(given: Partial<TestDigests> & { fault?: Fault[] } = {}) {
  const store = await openTestStore();
  const faults = [...(given.fault ?? [])];
  const office = await testOffice(() => faults.shift());
  let now = DUE - MINUTE;
  const clock = () => new Date(now);
  const digests = testDigests({ store, office, clock, ...given });
  const pass = async (minutes: number, step = 1) => {
    for (const end = now + minutes * MINUTE; now < end; ) {
      now = Math.min(end, now + step * MINUTE);
      await digests.tick();
      await digests.idle();
    }
  };
  return { store, office, clock, digests, pass };
}

const stateOf = async (store: Store, id: string, date = '2023-12-19') =>
  (await store.digests.digestsOf(id, 10)).find(({ localDate }) => localDate === date);

it.each([
  ['a timeout after it was posted', { kind: 'silent', posted: true }, 1],
  ['a timeout before it was posted', { kind: 'silent', posted: false }, 2],
  ['a cut connection after it was posted', { kind: 'cut', posted: true }, 1],
  ['a cut connection before it was posted', { kind: 'cut', posted: false }, 2],
  ['a 500 after it was posted', { kind: 'error', posted: true }, 1],
  ['a 500 before it was posted', { kind: 'error', posted: false }, 2],
] as const)('looks before it sends again after %s', async (_, fault, posts) => {
  const timeoutMs = fault.kind === 'silent' ? 1500 : 10_000;
  const { clock, office, pass, store } = await aMorning({ fault: [fault], timeoutMs });
  const id = await subscribe(store, 'c1', {}, clock());

  await pass(1);
  expect(await stateOf(store, id)).toMatchObject({ state: 'unknown', settledAt: undefined });
  await pass(3);

  expect(await stateOf(store, id)).toMatchObject({ state: 'posted', message: 'c1-1' });
  expect(office.channels.get('c1')).toHaveLength(1);
  expect(office).toMatchObject({ posts, finds: 1 });
});

it('waits as long as it is told, with all that shares the rate', async () => {
  const { clock, office, pass, store } = await aMorning({
    fault: [{ kind: 'limited', seconds: 150 }],
    options: { concurrent: 1 },
    timers: { after: () => () => {} },
  });
  const id = await subscribe(store, 'c1', {}, clock());

  await pass(3);
  expect(office.posts).toBe(1);
  expect(await stateOf(store, id)).toMatchObject({ state: 'ready', tries: 1, reason: 'too many calls' });
});

it('sends again when the wait is over', async () => {
  const wakes: (() => void)[] = [];
  const { clock, office, pass, store } = await aMorning({
    fault: [{ kind: 'limited', seconds: 0.02 }],
    timers: {
      after(_, run) {
        wakes.push(run);
        return () => {};
      },
    },
  });
  const id = await subscribe(store, 'c1', {}, clock());

  await pass(1);
  const waits = wakes.length;
  for (const wake of wakes) {
    wake();
  }
  await pass(1);

  expect(waits).toBeGreaterThan(0);
  expect(await stateOf(store, id)).toMatchObject({ state: 'posted', tries: 2 });
  expect(office).toMatchObject({ posts: 2, finds: 0 });
});

it('gives up what cannot be sent when it is too late, and says so', async () => {
  const { clock, office, pass, store } = await aMorning();
  const id = await subscribe(store, 'c1', {}, clock());
  await office.close();

  await pass(30);
  expect(await stateOf(store, id)).toMatchObject({ state: 'ready', reason: 'the office is closed' });
  await pass(6 * 60, 30);

  expect(await stateOf(store, id)).toMatchObject({ state: 'missed', reason: 'late' });
});

it('ends what the platform refuses, and posts the others', async () => {
  const { clock, office, pass, store } = await aMorning();
  office.fault = ({ channel }) => (channel === 'gone' ? { kind: 'refused' } : undefined);
  const gone = await subscribe(store, 'gone', {}, clock());
  const well = await subscribe(store, 'well', {}, clock());

  await pass(5);

  expect(await stateOf(store, gone)).toMatchObject({ state: 'undeliverable', reason: 'gone takes no posts' });
  expect(await stateOf(store, well)).toMatchObject({ state: 'posted' });
  expect(office.posts).toBe(2);
});

it('never sends again what it cannot look for: it stays unknown', async () => {
  const { clock, office, pass, store } = await aMorning({ fault: [{ kind: 'cut', posted: true }] });
  office.findFault = () => true;
  const id = await subscribe(store, 'c1', {}, clock());

  await pass(25 * 60, 20);

  expect(await stateOf(store, id)).toMatchObject({ state: 'unknown', reason: 'the office answered 500' });
  expect((await stateOf(store, id))?.settledAt).toBeDefined();
  expect(office.channels.get('c1')?.filter(({ localDate }) => localDate === '2023-12-19')).toHaveLength(1);
});

it('looks first for what was due before it started: the store may be older than the channel', async () => {
  const { clock, digests, office, pass, store } = await aMorning({
    fault: [{ kind: 'silent', posted: false }],
  });
  const id = await subscribe(store, 'c1', {}, clock());
  await pass(1);
  await digests.stop();
  const [digest] = await store.digests.digestsOf(id, 1);
  const later = () => new Date(DUE + 5 * MINUTE);
  const next = testDigests({ store, office, clock: later, owner: 'two' });

  await next.tick();
  await next.idle();

  expect(digest).toMatchObject({ state: 'unknown' });
  expect(office.finds).toBe(1);
  expect(office.channels.get('c1')).toHaveLength(1);
});

it('says nothing on a quiet day where nothing is wanted', async () => {
  const { clock, office, pass, store } = await aMorning({
    compose: async (order) => ({ ...composeOf(order), items: [] }),
  });
  const silent = await subscribe(store, 'silent', { quiet: 'silent' }, clock());
  await subscribe(store, 'line', { quiet: 'line' }, clock());

  await pass(1);

  expect(await stateOf(store, silent)).toMatchObject({ state: 'silent' });
  expect([...office.channels.keys()]).toEqual(['line']);
});

it('composes once what many ordered, with what they were told before', async () => {
  const orders: DigestOrder[] = [];
  const { clock, office, pass, store } = await aMorning({
    compose: async (order) => {
      orders.push(order);
      return composeOf(order);
    },
  });
  const india = { teams: ['India'], leagues: [], formats: [], sides: [] };
  for (let i = 0; i < 30; i += 1) {
    await subscribe(
      store,
      `c${i}`,
      i % 3 === 0 ? { following: india } : { time: '08:00', zone: 'UTC' },
      clock(),
    );
  }

  await pass(1);
  await pass(24 * 60, 60);

  expect(
    orders.map(({ from, to, told, following }) => [
      from,
      to,
      told.map(({ storyId }) => storyId),
      following.teams,
    ]),
  ).toHaveLength(4);
  const second = orders.filter(({ to }) => to === '2023-12-20T08:00:00.000Z');
  expect(second).toHaveLength(2);
  expect(second[0]).toMatchObject({
    from: '2023-12-19T08:00:00.000Z',
    told: [
      {
        storyId: 'story of 2023-12-19T08:00:00.000Z',
        articleIds: ['article of 2023-12-19T08:00:00.000Z'],
        at: '2023-12-19T08:00:00.000Z',
      },
    ],
  });
  expect(office.posts).toBe(60);
});

it('tries again what was not composed', async () => {
  let fails = 2;
  const { clock, office, pass, store } = await aMorning({
    compose: async (order) => {
      fails -= 1;
      if (fails >= 0) {
        throw new Error('the store is away');
      }
      return composeOf(order);
    },
  });
  const id = await subscribe(store, 'c1', {}, clock());

  await pass(2);
  expect(await stateOf(store, id)).toMatchObject({ state: 'composing' });
  await pass(1);

  expect(await stateOf(store, id)).toMatchObject({ state: 'posted' });
  expect(office.posts).toBe(1);
});

it('shares the work between processes: each is composed and posted once', async () => {
  const { clock, digests, office, store } = await aMorning();
  let now = DUE - MINUTE;
  let composed = 0;
  const one = (owner: string) =>
    testDigests({
      store,
      office,
      owner,
      clock: () => new Date(now),
      compose: async (order) => {
        composed += 1;
        return composeOf(order);
      },
    });
  const all = ['a', 'b', 'c'].map(one);
  for (let i = 0; i < 200; i += 1) {
    await subscribe(store, `c${i}`, {}, clock());
  }
  await digests.stop();

  now = DUE;
  for (let minute = 0; minute < 3; minute += 1, now += MINUTE) {
    await Promise.all(all.map((each) => each.tick()));
    await Promise.all(all.map((each) => each.idle()));
  }

  expect(composed).toBe(1);
  expect(office.posts).toBe(200);
  expect([...office.channels.values()].map((messages) => messages.length)).toEqual(Array(200).fill(1));
});

it('posts nothing more for a channel that unsubscribed, nor twice on one date when it comes back', async () => {
  const { clock, office, pass, store } = await aMorning();
  const id = await subscribe(store, 'c1', {}, clock());
  await pass(1);

  expect(await store.subscriptions.remove(id, clock().toISOString())).toBe(true);
  expect(await store.subscriptions.remove(id, clock().toISOString())).toBe(false);
  await subscribe(store, 'c1', { time: '08:30' }, clock());
  await pass(60);
  expect(office.posts).toBe(1);
  await pass(24 * 60, 60);

  expect(office.channels.get('c1')?.map(({ localDate }) => localDate)).toEqual(['2023-12-19', '2023-12-20']);
});
