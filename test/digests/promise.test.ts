// The promise over 400 days: each local date of each subscription is posted once, or missed where nobody was there in
// time. Due moments are worked out here a second time, by Intl alone.
import { expect, it } from 'vitest';
import { openTestStore } from '../helpers/bots.js';
import { DIGEST_OPTIONS, subscribe, testDigests, testOffice } from '../helpers/digests.js';
import { randomFrom } from '../helpers/random.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = 400;
const START = Date.parse('2023-12-20T00:00:00Z');

/** Zones with gaps and overlaps of all kinds, with times that fall into them, and some without. */
const READERS = [
  ['Europe/London', '01:30'],
  ['Europe/Berlin', '02:30'],
  ['America/New_York', '02:30'],
  ['America/New_York', '01:30'],
  ['America/Los_Angeles', '08:00'],
  ['America/St_Johns', '01:15'],
  ['America/Havana', '00:30'],
  ['Australia/Sydney', '02:00'],
  ['Australia/Lord_Howe', '01:45'],
  ['Pacific/Auckland', '02:59'],
  ['Asia/Kolkata', '08:00'],
  ['Africa/Cairo', '00:10'],
  ['Asia/Kathmandu', '23:55'],
  ['Pacific/Kiritimati', '06:00'],
] as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall says, as if it were UTC. */
function wallMs(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
      ...({ hour: '2-digit', minute: '2-digit' } as const),
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return Date.parse(
    `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:00Z`,
  );
}

function dueMs(zone: string, time: string, date: string): number {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const before = wanted - DAY - (wallMs(zone, wanted - DAY) - (wanted - DAY)) + DAY;
  const after = wanted + DAY - (wallMs(zone, wanted + DAY) - (wanted + DAY)) - DAY;
  const fits = [before, after].filter((at) => wallMs(zone, at) === wanted);
  return fits.length > 0 ? Math.min(...fits) : before;
}

const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

it('holds over 400 days of gaps, overlaps, restarts and downtimes', { timeout: 240_000 }, async () => {
  const random = randomFrom(9);
  const store = await openTestStore();
  const office = await testOffice();
  let now = START;
  const clock = () => new Date(now);
  const options = { keepDays: 800 };
  for (const [at, [zone, time]] of READERS.entries()) {
    await subscribe(store, `c${at}`, { zone, time }, clock());
  }
  const ticks: number[] = [];
  let digests = testDigests({ store, office, clock, options });
  while (now < START + DAYS * DAY) {
    await digests.tick();
    await digests.idle();
    ticks.push(now);
    const chance = random();
    if (chance < 0.02) {
      await digests.stop();
      // A downtime of some minutes, or of up to two days.
      now += Math.round((random() < 0.7 ? random() * HOUR : random() * 2 * DAY) / MINUTE) * MINUTE;
      digests = testDigests({ store, office, clock, options, owner: `owner ${now}` });
    }
    now += Math.ceil(random() * 4 * 60) * MINUTE;
  }
  await digests.stop();

  const wrong: string[] = [];
  const counts = { posted: 0, missed: 0 };
  for (const [at, [zone, time]] of READERS.entries()) {
    const { id } = (await store.subscriptions.list()).find(({ channel }) => channel === `c${at}`) ?? {
      id: '',
    };
    const rows = new Map((await store.digests.digestsOf(id, 1000)).map((row) => [row.localDate, row]));
    const messages = office.channels.get(`c${at}`) ?? [];
    for (let day = START - DAY; day < START + (DAYS + 1) * DAY; day += DAY) {
      const date = dateOf(day);
      const due = dueMs(zone, time, date);
      if (due <= START || due > START + (DAYS - 3) * DAY) {
        continue;
      }
      const posts = messages.filter(({ localDate }) => localDate === date);
      const wasThere = ticks.some((tick) => tick >= due && tick < due + DIGEST_OPTIONS.catchUpHours * HOUR);
      const state = rows.get(date)?.state;
      counts[wasThere ? 'posted' : 'missed'] += 1;
      const isRight = wasThere
        ? state === 'posted' && posts.length === 1 && posts[0]?.to === new Date(due).toISOString()
        : state === 'missed' && posts.length === 0;
      if (!isRight) {
        wrong.push(`${zone} ${date}: ${posts.length} posts, ${state}, due ${new Date(due).toISOString()}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(counts.posted).toBeGreaterThan(4000);
  expect(counts.missed).toBeGreaterThan(20);
});

it.each([
  ['set back by 2 h', -2 * HOUR],
  ['set forward by 3 days and back again', 3 * DAY],
])('never posts twice on one date when the clock is %s', { timeout: 60_000 }, async (_, jump) => {
  const random = randomFrom(jump);
  const store = await openTestStore();
  const office = await testOffice();
  let now = START;
  const clock = () => new Date(now);
  for (const [at, [zone, time]] of READERS.entries()) {
    await subscribe(store, `c${at}`, { zone, time }, clock());
  }
  const digests = testDigests({ store, office, clock });
  const tick = async () => {
    await digests.tick();
    await digests.idle();
  };
  while (now < START + 20 * DAY) {
    await tick();
    if (random() < 0.02) {
      const real = now;
      now += jump;
      await tick();
      // Set back, it goes on from there; set forward, somebody mends it some hours later.
      now = jump < 0 ? now : real + Math.round(random() * 5) * HOUR;
    }
    now += Math.ceil(random() * 60) * MINUTE;
  }
  await digests.stop();

  for (const [at, [zone, time]] of READERS.entries()) {
    const dates = (office.channels.get(`c${at}`) ?? []).map(({ localDate }) => localDate);
    expect(new Set(dates).size).toBe(dates.length);
    for (let day = START + DAY; day < START + 15 * DAY; day += DAY) {
      if (dueMs(zone, time, dateOf(day)) > START + HOUR) {
        expect(dates, `${zone} ${time}`).toContain(dateOf(day));
      }
    }
  }
});
