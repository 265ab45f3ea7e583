import { expect, it } from 'vitest';
import type { Settings } from '#src/config.js';
import { createDigestDesk } from '#src/digest-desk.js';
import { planDue } from '#src/digests/plan.js';
import { openTestStore } from './helpers/bots.js';

const PLACE = { platform: 'slack', tenant: 't', channel: 'C1' };
const LIMITS = { catchUpHours: 6, toldDays: 7, keepDays: 60 };
const never = new AbortController().signal;

async function aDesk(at: string, follow: string[] = []) {
  const store = await openTestStore();
  let now = at;
  const clock = () => new Date(now);
  const digest = { time: '08:00', zone: 'UTC', follow, length: 10 };
  const desk = createDigestDesk({ store, clock }, { digest } as Settings);
  const plan = (time: string) => {
    now = time;
    return planDue({ store: store.digests, clock }, LIMITS, never);
  };
  return { desk, plan, set: (time: string) => (now = time) };
}

it('loses no digest when it is changed between its time and the next tick', async () => {
  const { desk, plan, set } = await aDesk('2023-12-18T09:00:00.000Z');
  await desk.add(PLACE, {});

  set('2023-12-19T08:00:20.000Z');
  await desk.change(PLACE, { length: 5 });

  expect(await plan('2023-12-19T08:01:00.000Z')).toEqual({ due: 1, missed: 0 });
});

it('counts a date as missed that was changed while nothing ran', async () => {
  const { desk, plan, set } = await aDesk('2023-12-18T09:00:00.000Z');
  await desk.add(PLACE, {});

  set('2023-12-19T09:00:00.000Z');
  await desk.change(PLACE, { length: 5 });

  expect(await plan('2023-12-19T20:00:00.000Z')).toEqual({ due: 0, missed: 1 });
});

it('promises the day after when today has its digest already', async () => {
  const { desk, plan } = await aDesk('2023-12-18T09:00:00.000Z');
  await desk.add(PLACE, {});
  await plan('2023-12-19T08:01:00.000Z');

  const changed = await desk.change(PLACE, { time: '18:00' });

  expect(changed.nextAt).toBe('2023-12-20T18:00:00.000Z');
});

it('drops what is due when it is paused', async () => {
  const { desk, plan, set } = await aDesk('2023-12-18T09:00:00.000Z');
  await desk.add(PLACE, {});

  set('2023-12-19T08:00:20.000Z');
  await desk.pause(PLACE, true);

  expect(await plan('2023-12-19T08:01:00.000Z')).toEqual({ due: 0, missed: 0 });
});

it('has one subscription for a channel, with its workspace named or not', async () => {
  const { desk } = await aDesk('2023-12-18T09:00:00.000Z');
  await desk.add({ ...PLACE, tenant: '' }, {});

  await expect(desk.add(PLACE, {})).rejects.toThrow('is subscribed already');
  await desk.change(PLACE, { length: 5 });
  await desk.add({ ...PLACE, channel: 'C2' }, {});
  await desk.add({ ...PLACE, channel: 'C2', tenant: 'other' }, {});

  const all = await desk.list();
  expect(all.map(({ channel, length, tenant }) => [tenant, channel, length])).toEqual([
    ['', 'C1', 5],
    ['other', 'C2', 10],
    ['t', 'C2', 10],
  ]);
});

it('follows what the settings say where a new subscription names nothing', async () => {
  const { desk } = await aDesk('2023-12-18T09:00:00.000Z', ['India', 'IPL']);

  const byDefault = await desk.add(PLACE, {});
  const named = await desk.add({ ...PLACE, channel: 'C2' }, { follow: ['Australia'] });

  expect(byDefault.following).toMatchObject({ teams: ['India'], leagues: ['Indian Premier League'] });
  expect(named.following).toMatchObject({ teams: ['Australia'], leagues: [] });
});
