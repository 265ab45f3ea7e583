// Digests as the command line shows them: what a channel got on a date, or what would be sent now.
import { type BotDigestsDeps, createBotDigests } from './bot-digests.js';
import type { Settings } from './config.js';
import { dueAfter } from './digests/due.js';
import { BotError } from './errors.js';
import type { ChannelPlace, DigestView } from './ops/digest-desk.js';

const DAY_MS = 86_400_000;
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
/** Nobody's channel: the settings of a new subscription, and nothing told before. */
const NOBODY: ChannelPlace = { platform: '', tenant: '', channel: '' };

export function createDigestView(deps: BotDigestsDeps, settings: Settings): DigestView {
  const desk = createBotDigests(deps, settings);

  return {
    async posted(place, date) {
      const subscription = await desk.find(place);
      const zone = subscription?.zone ?? settings.digest.zone;
      const localDate = date ?? deps.newsClock().toLocaleDateString('sv-SE', { timeZone: zone });
      const letter = await desk.posted(place, localDate);
      if (!letter) {
        throw new BotError(
          'no_digest',
          `there is no digest of ${localDate} for it that is still kept; --preview composes what it would get now`,
        );
      }
      return letter;
    },

    async preview(place, date, signal) {
      const { time, zone } = (place && (await desk.find(place))) ?? settings.digest;
      const dueAt = date && dueAfter({ time, zone, days: ALL_DAYS }, dayBefore(date)).dueAt;
      const newsClock = dueAt ? () => new Date(dueAt) : deps.newsClock;
      return createBotDigests({ ...deps, newsClock }, settings).preview(place ?? NOBODY, signal);
    },
  };
}

const dayBefore = (date: string) => new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10);
