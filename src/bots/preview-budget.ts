// Each preview of a digest costs what a digest costs, so that a channel has only a few within the hour, wherever they are
// asked for.
import { BotError } from '../errors.js';
import type { DigestDesk } from './digest-desk.js';

const MOST_PREVIEWS = 6;
const HOUR_MS = 3_600_000;
/** Of more channels, those that asked longest ago begin anew. */
const MOST_CHANNELS = 10_000;

/** Spends one preview of a channel's; by this process alone. Error: `usage` when none is left. */
function createPreviewBudget(now: () => number): (channel: string) => void {
  const asked = new Map<string, number[]>();
  return (channel) => {
    const recent = (asked.get(channel) ?? []).filter((at) => at > now() - HOUR_MS);
    if (recent.length >= MOST_PREVIEWS) {
      const why = `This channel has had ${MOST_PREVIEWS} previews within the hour. Try again later.`;
      throw new BotError('usage', why);
    }
    asked.delete(channel);
    asked.set(channel, [...recent, now()]);
    const [oldest] = asked.keys();
    if (asked.size > MOST_CHANNELS && oldest !== undefined) {
      asked.delete(oldest);
    }
  };
}

/** The desk, each of whose previews is spent. */
export function withPreviewBudget(desk: DigestDesk, now: () => number): DigestDesk {
  const spend = createPreviewBudget(now);
  return {
    ...desk,
    async preview(place, signal) {
      spend(JSON.stringify([place.platform, place.tenant, place.channel]));
      return desk.preview(place, signal);
    },
  };
}
