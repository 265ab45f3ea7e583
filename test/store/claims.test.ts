import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { storePlace } from '../helpers/store-place.js';

const CLAIM = { subject: 'https://example.com/feed.xml', job: 'poll' };
const FIRST = { now: '2023-12-19T10:00:00.000Z', expiresAt: '2023-12-19T10:01:30.000Z' };
const LATER = { now: '2023-12-19T10:02:00.000Z', expiresAt: '2023-12-19T10:03:30.000Z' };
const alive = () => false;

async function claimsOf(place?: string) {
  const store = await openStore(place ?? (await storePlace()));
  onTestFinished(() => store.close());
  return store.claims;
}

it('gives a claim to one owner, and to another once it is given back', async () => {
  const claims = await claimsOf();

  expect(await claims.take(CLAIM, 'a', FIRST, alive)).toBe(true);
  expect(await claims.take(CLAIM, 'b', FIRST, alive)).toBe(false);
  expect(await claims.take({ ...CLAIM, job: 'reread' }, 'b', FIRST, alive)).toBe(true);
  await claims.release(CLAIM, 'b');
  expect(await claims.take(CLAIM, 'b', FIRST, alive)).toBe(false);
  await claims.release(CLAIM, 'a');
  expect(await claims.take(CLAIM, 'b', FIRST, alive)).toBe(true);
});

it('has exactly one winner among many that come at once over several connections', async () => {
  const place = await storePlace();
  const stores = [await claimsOf(place), await claimsOf(place), await claimsOf(place)];

  for (let round = 0; round < 25; round += 1) {
    const claim = { subject: String(round), job: 'poll' };
    const wins = await Promise.all(stores.map((claims, i) => claims.take(claim, `owner ${i}`, FIRST, alive)));
    expect(wins.filter(Boolean)).toHaveLength(1);
  }
});

it('lets a claim go that has run out, and tells its former owner', async () => {
  const claims = await claimsOf();
  await claims.take(CLAIM, 'a', FIRST, alive);

  expect(await claims.renew(CLAIM, 'a', LATER.expiresAt)).toBe(true);
  expect(await claims.take(CLAIM, 'b', LATER, alive)).toBe(false);
  expect(await claims.take(CLAIM, 'b', { ...LATER, now: LATER.expiresAt }, alive)).toBe(true);
  expect(await claims.renew(CLAIM, 'a', LATER.expiresAt)).toBe(false);
});

it('takes over at once from an owner that has died', async () => {
  const claims = await claimsOf();
  await claims.take(CLAIM, 'a', FIRST, alive);

  expect(await claims.take(CLAIM, 'b', FIRST, (owner) => owner === 'a')).toBe(true);
  expect(await claims.renew(CLAIM, 'a', FIRST.expiresAt)).toBe(false);
});
