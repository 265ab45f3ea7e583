// Slack's tiers: so many calls a minute for each method and workspace, with a burst of one minute's worth; a
// message a second for each channel (docs.slack.dev/apis/web-api/rate-limits). Over it: 429 with Retry-After.
import type { FakeClock } from '../clock.js';

export type Tier = 1 | 2 | 3 | 4 | 'post' | 'status' | 'open';

const PER_MINUTE: Record<Tier, number> = { 1: 1, 2: 20, 3: 50, 4: 100, post: 300, status: 600, open: 60 };
/** "Short bursts over one message a second are allowed", says Slack and no number; some are. */
const CHANNEL_BURST = 5;

export interface RateLimits {
  /** 0 = the call may pass; else the seconds to wait. */
  take(key: { team: string; method: string; tier: Tier; channel?: string | undefined }): number;
  /** Calls that were turned away. */
  refused(): number;
  /** Calls made although the Retry-After of the same method had not passed. */
  impatient(): number;
}

export function createRateLimits(clock: FakeClock, { isOn }: { isOn: boolean }): RateLimits {
  const buckets = new Map<string, { tokens: number; at: number; closedUntil: number }>();
  let refused = 0;
  let impatient = 0;

  function takeFrom(name: string, capacity: number, perSecond: number): number {
    const now = clock.now();
    const bucket = buckets.get(name) ?? { tokens: capacity, at: now, closedUntil: 0 };
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    buckets.set(name, bucket);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    impatient += now < bucket.closedUntil ? 1 : 0;
    const seconds = Math.ceil((1 - bucket.tokens) / perSecond);
    bucket.closedUntil = Math.max(bucket.closedUntil, now + seconds * 1000);
    refused += 1;
    return seconds;
  }

  return {
    take({ channel, method, team, tier }) {
      if (!isOn) {
        return 0;
      }
      const perMinute = PER_MINUTE[tier];
      const wait = takeFrom(`${team} ${method}`, perMinute, perMinute / 60);
      return wait === 0 && tier === 'post' && channel
        ? takeFrom(`${team} ${method} ${channel}`, CHANNEL_BURST, 1)
        : wait;
    },
    refused: () => refused,
    impatient: () => impatient,
  };
}
