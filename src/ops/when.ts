// Times to come, as people say them.
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** "now", "in 12 min", "in 3 h"; from two days on "in 4 days". */
export function aheadOf(time: string, now: Date): string {
  const rest = Date.parse(time) - now.getTime();
  if (rest < MINUTE_MS / 2) {
    return 'now';
  }
  if (rest < HOUR_MS) {
    return `in ${Math.round(rest / MINUTE_MS)} min`;
  }
  return rest < 48 * HOUR_MS
    ? `in ${Math.round(rest / HOUR_MS)} h`
    : `in ${Math.round(rest / (24 * HOUR_MS))} days`;
}
