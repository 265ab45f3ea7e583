// Waiting for what another process does, without guessing how long it takes.
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;
const LIMIT_MS = 15_000;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Comes back as soon as `holds` does; fails after 15 s, or later where processes are to start meanwhile. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = LIMIT_MS,
): Promise<void> {
  for (const end = Date.now() + limitMs; Date.now() < end; ) {
    if (await holds()) {
      return;
    }
    await sleep(POLL_MS);
  }
  throw new Error(`waited ${limitMs / 1000} s in vain until ${what}`);
}
