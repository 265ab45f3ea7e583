// Discord's rate limits (discord.com/developers/docs/topics/rate-limits): a window for each kind of call and channel,
// told in headers before it is full, and 50 calls a second in all, which calls that answer interactions stand outside of.
import { createHash } from 'node:crypto';
import type { FakeClock } from '../clock.js';

/** Calls in so many seconds; Discord publishes none of these, but sends them in its headers. */
export interface Limit {
  calls: number;
  seconds: number;
}

export interface Verdict {
  headers: Record<string, string>;
  /** Set when the call is turned away. */
  retryAfter?: number;
  isGlobal: boolean;
}

export interface RateLimits {
  take(call: { bucket: string; major: string; limit: Limit; isGlobal: boolean }): Verdict;
  /** Calls that were turned away. */
  refused(): number;
  /** Calls made although a 429 had said to wait longer. */
  impatient(): number;
  /** The most calls that were made in any one second. */
  busiest(): number;
}

const GLOBAL: Limit = { calls: 50, seconds: 1 };

interface Window {
  endsAt: number;
  used: number;
  closed: boolean;
}

export function createRateLimits(clock: FakeClock, { isOn }: { isOn: boolean }): RateLimits {
  const windows = new Map<string, Window>();
  let refused = 0;
  let impatient = 0;
  let busiest = 0;

  function count(key: string, { calls, seconds }: Limit): Window {
    const now = clock.now();
    const known = windows.get(key);
    const window =
      known && known.endsAt > now ? known : { endsAt: now + seconds * 1000, used: 0, closed: false };
    if (window !== known) {
      windows.delete(key);
      windows.set(key, window);
      forgetOld(now);
    }
    window.used += 1;
    if (window.used > calls) {
      impatient += window.closed ? 1 : 0;
      window.closed = true;
      refused += 1;
    }
    return window;
  }

  function forgetOld(now: number): void {
    for (const [key, { endsAt }] of windows) {
      if (windows.size < 5_000 || endsAt > now) {
        return;
      }
      windows.delete(key);
    }
  }

  return {
    take({ bucket, isGlobal, limit, major }) {
      if (!isOn) {
        return { headers: {}, isGlobal: false };
      }
      if (isGlobal) {
        const all = count('global', GLOBAL);
        busiest = Math.max(busiest, all.used);
        if (all.used > GLOBAL.calls) {
          const retryAfter = wait(all);
          const headers = {
            'retry-after': String(Math.ceil(retryAfter)),
            'x-ratelimit-global': 'true',
            'x-ratelimit-scope': 'global',
          };
          return { headers, retryAfter, isGlobal: true };
        }
      }
      const window = count(`${bucket} ${major}`, limit);
      const left = wait(window);
      const headers: Record<string, string> = {
        'x-ratelimit-bucket': createHash('sha1').update(bucket).digest('hex'),
        'x-ratelimit-limit': String(limit.calls),
        'x-ratelimit-remaining': String(Math.max(0, limit.calls - window.used)),
        'x-ratelimit-reset': (window.endsAt / 1000).toFixed(3),
        'x-ratelimit-reset-after': left.toFixed(3),
      };
      if (window.used <= limit.calls) {
        return { headers, isGlobal: false };
      }
      headers['retry-after'] = String(Math.ceil(left));
      headers['x-ratelimit-scope'] = 'user';
      return { headers, retryAfter: left, isGlobal: false };
    },
    refused: () => refused,
    impatient: () => impatient,
    busiest: () => busiest,
  };

  function wait({ endsAt }: Window): number {
    return Math.max(0.001, (endsAt - clock.now()) / 1000);
  }
}
