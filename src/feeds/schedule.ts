// When a feed is asked next: about three times in the span in which it brings something new, never more often
// than it allows itself, and ever more seldom while it fails.

const MINUTE = 60_000;
const SHORTEST_MS = 5 * MINUTE;
const LONGEST_MS = 24 * 60 * MINUTE;
/** For a feed that gives no times. */
const UNKNOWN_MS = 60 * MINUTE;
/** Looks at a feed within the span between two of its entries. */
const LOOKS_PER_ENTRY = 3;
/** A feed that was silent for ten times its usual gap is slowing down or asleep. */
const SILENCE_SHARE = 0.1;
/** Entries from which the rhythm is taken. */
const RECENT = 20;
/** Share of the interval by which it is shortened or lengthened, so that feeds do not march in step. */
const JITTER = 0.1;

export interface Rhythm {
  /** Publication times of the entries, ISO 8601, in any order. */
  entryTimes: string[];
  /** What the feed says of itself (`ttl`, `sy:updatePeriod`). */
  ttlMinutes?: number | undefined;
  /** The Cache-Control header. */
  cacheControl?: string | undefined;
}

/** Milliseconds between two looks at a feed that works, 5 minutes to 24 hours, before jitter. */
export function pollIntervalMs({ cacheControl, entryTimes, ttlMinutes }: Rhythm, now: Date): number {
  const wanted = rhythmMs(entryTimes, now) ?? UNKNOWN_MS;
  return clamp(Math.max(wanted, gapMs({ cacheControl, ttlMinutes })));
}

/** Milliseconds between two looks that a feed allows at least, 5 minutes to 24 hours; of one that says nothing, 5 minutes. */
export function gapMs({ cacheControl, ttlMinutes }: Omit<Rhythm, 'entryTimes'>): number {
  return clamp(Math.max((ttlMinutes ?? 0) * MINUTE, maxAgeMs(cacheControl)));
}

/**
 * The next look, ISO 8601. `failures` in a row double the interval each time; `random` gives 0 to 1. Never before
 * `notBefore` (Retry-After).
 */
export function nextPollAt(
  {
    failures,
    intervalMs,
    notBefore,
  }: { intervalMs: number; failures: number; notBefore?: string | undefined },
  now: Date,
  random: () => number,
): string {
  const backedOff = clamp(intervalMs * 2 ** Math.min(failures, 16));
  const jittered = clamp(backedOff * (1 - JITTER + 2 * JITTER * random()));
  const time = new Date(now.getTime() + jittered).toISOString();
  return notBefore && notBefore > time ? notBefore : time;
}

/**
 * Whether to wait until then. No wait here is longer than a day: one that ends later was set by a clock that was
 * ahead, and is over.
 */
export function isAhead(until: string | undefined, now: Date): boolean {
  const restMs = until === undefined ? 0 : Date.parse(until) - now.getTime();
  return restMs > 0 && restMs <= LONGEST_MS;
}

/** The typical gap between entries, or a part of the silence since the last one, shared out over a few looks. */
function rhythmMs(entryTimes: string[], now: Date): number | undefined {
  const times = entryTimes
    .map((time) => Date.parse(time))
    .filter((time) => time <= now.getTime())
    .sort((a, b) => b - a)
    .slice(0, RECENT);
  const [newest] = times;
  if (newest === undefined) {
    return undefined;
  }
  const gaps = times.slice(1).map((time, i) => (times[i] ?? time) - time);
  const median = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  return Math.round(Math.max(median, (now.getTime() - newest) * SILENCE_SHARE) / LOOKS_PER_ENTRY);
}

function maxAgeMs(cacheControl: string | undefined): number {
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(cacheControl ?? '')?.[1];
  return Number(seconds ?? 0) * 1000;
}

function clamp(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, SHORTEST_MS), LONGEST_MS);
}
