/** A host that asks for more is asked again after a day all the same. */
const LONGEST_MS = 24 * 3_600_000;

/** The wait that a Retry-After header asks for, in ms, 0 to one day; undefined = none (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_MS);
}
