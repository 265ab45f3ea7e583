import { expect, it } from 'vitest';
import { nextDue } from '#src/digests/due.js';
import type { Store } from '#src/store/open-store.js';
import { openTestStore } from '../helpers/bots.js';
import { SETTINGS } from '../helpers/digests.js';

const NOW = '2023-12-19T08:00:00.000Z';
const UNTIL = '2023-12-19T08:01:00.000Z';
const LATER = '2023-12-19T08:02:00.000Z';
const AHEAD = '2023-12-19T08:01:00.000Z';
const TODAY = { localDate: '2023-12-19', dueAt: NOW };
const TOMORROW = { localDate: '2023-12-20', dueAt: '2023-12-20T08:00:00.000Z' };

async function put(store: Store, id: string, parts: { isPaused?: boolean; settings?: object } = {}) {
  await store.subscriptions.put(
    { id, platform: 'office', tenant: 't', channel: id, settings: SETTINGS, isPaused: false, ...parts },
    { ...TODAY, plannedAt: '2023-12-18T09:00:00.000Z' },
  );
}

/** Plans what is due; gives what `plan` gives. */
async function plan(store: Store, now = NOW) {
  const due = await store.digests.due(now, AHEAD, 100);
  const plans = due.map((subscription) => ({
    subscription,
    due: { ...TODAY, composition: 'k', ordered: '{"told":[]}' },
    missed: [],
    next: TOMORROW,
  }));
  return store.digests.plan(plans, now);
}

/** A digest that is ready to be sent. */
async function ready(store: Store, id: string) {
  await put(store, id);
  await plan(store);
  await store.digests.putDigest('k', { items: [] });
  await store.digests.write('k', [{ id, localDate: TODAY.localDate, payload: `to ${id}` }], NOW);
}

const FROM = { platform: 'office', tenant: 't' };

it('makes one row of many plans of the same date', async () => {
  const store = await openTestStore();
  await put(store, 's1');
  await put(store, 's2');
  const due = await store.digests.due(NOW, AHEAD, 100);
  const plans = due.map((subscription) => ({
    subscription,
    due: { ...TODAY, composition: 'k', ordered: '{}' },
    missed: [],
    next: TOMORROW,
  }));

  const made = await Promise.all(Array.from({ length: 5 }, () => store.digests.plan(plans, NOW)));

  expect(made.map((one) => one.due).sort()).toEqual([0, 0, 0, 0, 2]);
  expect(await store.digests.due(NOW, AHEAD, 100)).toEqual([]);
  expect((await store.subscriptions.list()).map(({ next }) => next)).toEqual([TOMORROW, TOMORROW]);
});

it('leaves paused subscriptions alone, and finds those that a clock ahead of ours planned', async () => {
  const store = await openTestStore();
  await put(store, 'paused', { isPaused: true });
  await store.subscriptions.put(
    { id: 's1', platform: 'office', tenant: 't', channel: 's1', settings: SETTINGS, isPaused: false },
    { ...nextDue(SETTINGS, new Date('2023-12-25T00:00:00Z')), plannedAt: '2023-12-25T00:00:00.000Z' },
  );

  const due = await store.digests.due(NOW, AHEAD, 100);

  expect(due.map(({ id, isFromAhead }) => [id, isFromAhead])).toEqual([['s1', true]]);
});

it('plans anew by a change that was made while it was planned', async () => {
  const store = await openTestStore();
  await put(store, 's1');
  const due = await store.digests.due(NOW, AHEAD, 100);
  const evening = { ...SETTINGS, time: '20:00' };
  await store.subscriptions.put(
    { id: 's1', platform: 'office', tenant: 't', channel: 's1', settings: evening, isPaused: false },
    { localDate: '2023-12-19', dueAt: '2023-12-19T20:00:00.000Z', plannedAt: NOW },
  );

  await store.digests.plan(
    due.map((subscription) => ({ subscription, missed: [], next: TOMORROW })),
    NOW,
  );

  const again = await store.digests.due(NOW, AHEAD, 100);
  expect(again.map(({ next, settings }) => ({ next, settings }))).toEqual([
    { next: TODAY, settings: evening },
  ]);
});

it('heals what a clock ahead of ours took for missed, and nothing that was posted', async () => {
  const store = await openTestStore();
  await put(store, 's1');
  const [subscription] = await store.digests.due(NOW, AHEAD, 1);
  if (!subscription) {
    throw new Error('nothing is due');
  }
  await store.digests.plan([{ subscription, missed: [TODAY], next: TOMORROW }], '2023-12-22T08:00:00.000Z');
  await put(store, 's1');

  expect(await plan(store)).toEqual({ due: 1, missed: 0 });
  await store.digests.write('k', [{ id: 's1', localDate: TODAY.localDate, payload: 'x' }], NOW);
  const entry = await store.digests.take(FROM, { owner: 'one', now: NOW, until: UNTIL });
  await store.digests.change(entry as NonNullable<typeof entry>, { state: 'posted', settledAt: LATER });
  await put(store, 's1');
  expect(await plan(store)).toEqual({ due: 0, missed: 0 });
});

it('gives a digest to one of many, and refuses what a former owner writes', async () => {
  const store = await openTestStore();
  await ready(store, 's1');

  const takes = await Promise.all(
    Array.from({ length: 5 }, (_, i) => store.digests.take(FROM, { owner: `o${i}`, now: NOW, until: UNTIL })),
  );
  const [first] = takes.filter((one) => one !== undefined);
  const second = await store.digests.take(FROM, {
    owner: 'late',
    now: LATER,
    until: '2023-12-19T08:03:00.000Z',
  });

  expect(takes.filter(Boolean)).toHaveLength(1);
  expect(first).toMatchObject({ epoch: 1, state: 'ready', payload: 'to s1', tries: 0, sentAt: undefined });
  expect(second).toMatchObject({ owner: 'late', epoch: 2 });
  if (!first || !second) {
    return;
  }
  expect(await store.digests.change(first, { state: 'posted', settledAt: LATER })).toBe(false);
  expect(await store.digests.change(second, { state: 'sending', sentAt: LATER })).toBe(true);
  expect(await store.digests.change(second, { state: 'posted', settledAt: LATER, message: 'm1' })).toBe(true);
  expect(await store.digests.change(second, { state: 'unknown', takeAt: LATER })).toBe(false);
  expect(await store.digests.digestsOf('s1', 1)).toMatchObject([
    { state: 'posted', tries: 1, message: 'm1' },
  ]);
  expect(await store.digests.told(['s1'], '2023-12-12')).toEqual(
    new Map([['s1', [{ composition: 'k', dueAt: NOW }]]]),
  );
});

it('knows by the state what an owner that died was doing', async () => {
  const store = await openTestStore();
  await ready(store, 's1');
  const entry = await store.digests.take(FROM, { owner: 'dead', now: NOW, until: UNTIL });
  await store.digests.change(entry as NonNullable<typeof entry>, { state: 'sending', sentAt: NOW });

  expect(await store.digests.take(FROM, { owner: 'two', now: NOW, until: UNTIL })).toBeUndefined();
  await store.digests.free((owner) => owner === 'dead', NOW);
  expect(await store.digests.tenants('office', NOW)).toEqual(['t']);

  expect(await store.digests.take(FROM, { owner: 'two', now: NOW, until: UNTIL })).toMatchObject({
    state: 'sending',
    sentAt: NOW,
    tries: 1,
    epoch: 2,
  });
});

it('misses what is too late, but not what may have been sent', async () => {
  const store = await openTestStore();
  await ready(store, 's1');
  await ready(store, 's2');
  const entry = await store.digests.take(FROM, { owner: 'one', now: NOW, until: UNTIL });
  await store.digests.change(entry as NonNullable<typeof entry>, { state: 'sending', sentAt: NOW });

  expect(await store.digests.miss('2023-12-19T07:59:59.000Z', LATER)).toBe(0);
  expect(await store.digests.miss(NOW, LATER)).toBe(1);
  expect((await store.digests.counts()).map(({ state }) => state).sort()).toEqual(['missed', 'sending']);
});

it('forgets what is old', async () => {
  const store = await openTestStore();
  await ready(store, 's1');

  await store.digests.forget({ digests: NOW, compositions: NOW });
  expect(await store.digests.digestsOf('s1', 9)).toHaveLength(1);
  await store.digests.forget({ digests: LATER, compositions: LATER });

  expect(await store.digests.digestsOf('s1', 9)).toEqual([]);
  expect(await store.digests.composition('k')).toBeUndefined();
});
