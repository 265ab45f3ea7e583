import { expect, it, onTestFinished } from 'vitest';
import { createHostGate } from '#src/feeds/host-gate.js';
import { createHostStore, type HostTurn } from '#src/store/hosts.js';
import { isDatabaseAddress } from '#src/store/open-store.js';
import { openPostgres } from '#src/store/postgres/open-postgres.js';
import { openSqlite } from '#src/store/sqlite/open-sqlite.js';
import { inStore, storePlace } from '../helpers/store-place.js';

const HOST = 'https://example.com';
const MANNERS = { gapMs: 1000, partGapMs: 100 };
const whole = { isPart: false, holdMs: 60_000 };
const part = { isPart: true, holdMs: 60_000 };

/** Two processes on one store, and the time by which they agree. */
async function twoProcesses() {
  const place = await storePlace();
  const time = { now: Date.parse('2023-12-19T10:00:00.000Z') };
  const open = async () => {
    const { close, db } = await (isDatabaseAddress(place) ? openPostgres(place, {}) : openSqlite(place));
    onTestFinished(close);
    return createHostStore(db, () => new Date(time.now));
  };
  const rows = async () =>
    (await inStore<{ host: string }>(place, 'select host from hosts order by host')).map(({ host }) => host);
  return { one: await open(), other: await open(), rows, time };
}

function termOf(turn: HostTurn): string {
  expect(turn).toHaveProperty('term');
  return 'term' in turn ? turn.term : '';
}

it('gives a host to one process at a time, and leaves the gap before the next', async () => {
  const { one, other, time } = await twoProcesses();

  const term = termOf(await one.take(HOST, whole));
  expect(await other.take(HOST, whole)).toEqual({ waitMs: 60_000, isPaused: false });
  expect(await other.take('https://example.com:8443', whole)).toHaveProperty('term');
  time.now += 2000;
  await one.giveBack(HOST, term, MANNERS);
  expect(await other.take(HOST, whole)).toEqual({ waitMs: 1000, isPaused: false });
  expect(await other.take(HOST, part)).toEqual({ waitMs: 100, isPaused: false });
  time.now += 100;
  expect(await other.take(HOST, whole)).toEqual({ waitMs: 900, isPaused: false });
  termOf(await other.take(HOST, part));
  expect(await one.take(HOST, part)).toMatchObject({ isPaused: false });
});

it('forgets hosts that nobody asked for a day, and none whose gap or pause still stands', async () => {
  const { one, other, rows, time } = await twoProcesses();
  await one.giveBack('http://old', termOf(await one.take('http://old', whole)), MANNERS);
  const hour = 3_600_000;
  const pauseMs = 20 * hour;
  await one.giveBack('http://paused', termOf(await one.take('http://paused', whole)), {
    ...MANNERS,
    pauseMs,
  });
  // A process that died with a turn leaves it to run out.
  await one.take('http://left', whole);

  time.now += 23 * hour;
  await one.take('http://asked', whole);
  await other.forgetOld();
  expect(await rows()).toEqual(['http://asked', 'http://left', 'http://old', 'http://paused']);
  time.now += 2 * hour;
  await other.forgetOld();
  expect(await rows()).toEqual(['http://asked', 'http://paused']);
});

it('has exactly one winner among many that ask at once', async () => {
  const { one, other } = await twoProcesses();

  for (let round = 0; round < 20; round += 1) {
    const asked = [one, other, one, other].map((hosts) => hosts.take(`${HOST}:${round}`, whole));
    expect((await Promise.all(asked)).filter((turn) => 'term' in turn)).toHaveLength(1);
  }
});

it('keeps for all the gap that robots.txt asks for, whoever read it, until it asks for less', async () => {
  const { one, other, time } = await twoProcesses();

  await one.giveBack(HOST, termOf(await one.take(HOST, whole)), { ...MANNERS, askedGapMs: 10_000 });
  time.now += 10_000;
  await other.giveBack(HOST, termOf(await other.take(HOST, whole)), MANNERS);
  expect(await one.take(HOST, part)).toEqual({ waitMs: 10_000, isPaused: false });
  time.now += 10_000;
  await one.giveBack(HOST, termOf(await one.take(HOST, whole)), { ...MANNERS, askedGapMs: 0 });
  expect(await one.take(HOST, whole)).toEqual({ waitMs: 1000, isPaused: false });
});

it('tells all of a host that wants to be left alone', async () => {
  const { one, other, time } = await twoProcesses();

  await one.giveBack(HOST, termOf(await one.take(HOST, whole)), { ...MANNERS, pauseMs: 90_000 });
  time.now += 5000;

  expect(await other.take(HOST, whole)).toEqual({ waitMs: 85_000, isPaused: true });
  time.now += 85_000;
  termOf(await other.take(HOST, whole));
});

it('lets the turn of a process that died run out, which cannot end the turn of the next one', async () => {
  const { one, other, time } = await twoProcesses();
  const late = termOf(await one.take(HOST, whole));
  time.now += 60_000;
  termOf(await other.take(HOST, whole));

  await one.giveBack(HOST, late, MANNERS);

  expect(await one.take(HOST, whole)).toEqual({ waitMs: 60_000, isPaused: false });
});

it('takes a time that is more than a day ahead for one of a clock that was', async () => {
  const { one, other, time } = await twoProcesses();
  time.now += 100 * 3_600_000;
  await one.giveBack(HOST, termOf(await one.take(HOST, whole)), { ...MANNERS, pauseMs: 3_600_000 });
  time.now -= 100 * 3_600_000;

  termOf(await other.take(HOST, whole));
});

it('makes two gates ask as one would', async () => {
  const { one, other, time } = await twoProcesses();
  const stopwatch = {
    now: () => time.now,
    wait: async (milliseconds: number) => {
      time.now += milliseconds;
    },
  };
  const starts: number[] = [];
  const begun = time.now;
  const gates = [one, other].map((turns) =>
    createHostGate({ gapMs: 1000, isFree: () => false, shared: { turns, holdMs: 60_000 } }, stopwatch),
  );
  const { signal } = new AbortController();

  for (const gate of [...gates, ...gates]) {
    await gate.run(new URL(HOST), async () => starts.push(time.now - begun), signal);
  }
  gates[0]?.pause(new URL(HOST), 90_000);
  await expect(gates[0]?.run(new URL(HOST), async () => {}, signal)).rejects.toMatchObject({
    code: 'host_paused',
  });

  expect(starts).toEqual([0, 1000, 2000, 3000]);
});

it('tells the other gate of a pause that was asked for in an answer', async () => {
  const { one, other, time } = await twoProcesses();
  const stopwatch = { now: () => time.now, wait: async () => {} };
  const [asking, late] = [one, other].map((turns) =>
    createHostGate({ gapMs: 0, isFree: () => false, shared: { turns, holdMs: 60_000 } }, stopwatch),
  );
  const { signal } = new AbortController();

  await asking?.run(new URL(HOST), async () => asking.pause(new URL(HOST), 90_000), signal);

  await expect(late?.run(new URL(HOST), async () => {}, signal)).rejects.toThrow('tried again in 2 min');
});
