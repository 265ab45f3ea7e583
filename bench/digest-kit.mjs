// What the measurements of the digests share: subscriptions in a store of their own, and processes that deliver them.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { subscriptionId } from '#src/digests/subscription.js';

export const OPTIONS = {
  catchUpHours: 6,
  toldDays: 7,
  keepDays: 60,
  concurrent: 16,
  composing: 2,
  settleSeconds: 1,
};

export const benchFolder = () => mkdtempSync(path.join(tmpdir(), 'digest-bench-'));

/** Subscribes a channel that is due at `dueAt` for the given local date. */
export async function subscribe(store, place, { dueAt, localDate }, teams = []) {
  const settings = {
    ...{ time: '08:00', zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], length: 10, language: 'en' },
    ...{ following: { teams, leagues: [], formats: [], sides: [] }, spoilers: 'show', quiet: 'line' },
  };
  const id = subscriptionId(place);
  const next = { dueAt, localDate, plannedAt: new Date().toISOString() };
  await store.subscriptions.put({ id, ...place, settings, isPaused: false }, next);
  return id;
}

/** Starts a process of digest-process.mjs; comes back when its store is open. */
export async function startProcess(given) {
  const child = fork(path.join(import.meta.dirname, 'digest-process.mjs'), [], {
    env: { ...process.env, BOT: JSON.stringify({ options: OPTIONS, tickMs: 200, ...given }) },
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child, 'message'), ended]);
  return {
    child,
    ended,
    async report() {
      child.send('report');
      const [message] = await once(child, 'message');
      return message;
    },
    async stop() {
      child.send('stop');
      await ended;
    },
  };
}

export async function until(holds, limitMs) {
  for (const end = Date.now() + limitMs; Date.now() < end; ) {
    if (await holds()) {
      return true;
    }
    await sleep(50);
  }
  return false;
}
