// Digests over a real store and a post office on a socket, on a clock that the test moves.
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { nextDue } from '#src/digests/due.js';
import { createDigests, type Digests, type DigestsOptions } from '#src/digests/open-digests.js';
import type { Compose, Digest, DigestOrder } from '#src/digests/ports.js';
import { type DigestSettings, subscriptionId } from '#src/digests/subscription.js';
import { createHold } from '#src/ops/hold.js';
import type { Store } from '#src/store/open-store.js';
import { type Fault, openPostOffice, type PostOffice, postOfficePlatform } from '../fixtures/post-office.mjs';

export const DIGEST_OPTIONS: DigestsOptions = {
  catchUpHours: 6,
  toldDays: 7,
  keepDays: 60,
  concurrent: 8,
  composing: 2,
  settleSeconds: 60,
};

export const SETTINGS: DigestSettings = {
  time: '08:00',
  zone: 'UTC',
  days: [1, 2, 3, 4, 5, 6, 7],
  following: { teams: [], leagues: [], formats: [], sides: [] },
  length: 10,
  spoilers: 'show',
  language: 'en',
  quiet: 'line',
};

export async function subscribe(
  store: Store,
  channel: string,
  settings: Partial<DigestSettings>,
  now: Date,
): Promise<string> {
  const place = { platform: 'office', tenant: '', channel };
  const all = { ...SETTINGS, ...settings };
  const id = subscriptionId(place);
  const subscription = { id, ...place, settings: all, isPaused: false };
  await store.subscriptions.put(subscription, { ...nextDue(all, now), plannedAt: now.toISOString() });
  return id;
}

export async function testOffice(
  fault?: (post: { channel: string }) => Fault | undefined,
): Promise<PostOffice> {
  const office = await openPostOffice(fault ? { fault } : {});
  onTestFinished(() => office.close());
  return office;
}

/** One story a day, with what was known of it. */
export const composeOf = (order: DigestOrder): Digest => ({
  from: order.from,
  to: order.to,
  items: [
    {
      storyId: `story of ${order.to}`,
      articleIds: [`article of ${order.to}`],
      text: `News until ${order.to}.`,
      isUpdate: false,
      morePublishers: 0,
    },
  ],
  fixtures: [],
  citations: [],
  stories: 1,
  dropped: 0,
});

export interface TestDigests {
  store: Store;
  office: PostOffice;
  clock: () => Date;
  compose?: Compose;
  owner?: string;
  options?: Partial<DigestsOptions>;
  timeoutMs?: number;
  isGone?: (owner: string) => boolean;
  /** By hand: none passes. */
  timers?: { after(ms: number, run: () => void): () => void };
}

export function testDigests(given: TestDigests): Digests {
  const { clock, office, store, owner = 'one' } = given;
  return createDigests(
    {
      store: store.digests,
      compose: given.compose ?? (async (order) => composeOf(order)),
      platforms: [postOfficePlatform(office.url, { timeoutMs: given.timeoutMs ?? 10_000 })],
      hold: createHold({ claims: store.claims, owner, clock, every: () => () => {} }),
      clock,
      timers: given.timers ?? { after: () => () => {} },
      log: pino({ level: 'silent' }),
      owner,
      isGone: given.isGone ?? (() => false),
    },
    { ...DIGEST_OPTIONS, ...given.options },
  );
}
