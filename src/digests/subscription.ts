// A channel that wants a digest: where, when by its own clock, and of what.
import { createHash } from 'node:crypto';
import type { Following } from './ports.js';

/** A channel of a platform; `tenant` is '' where the platform has one workspace for us. */
export interface ChannelPlace {
  platform: string;
  tenant: string;
  channel: string;
}

/** When, by the wall clock of the reader. */
export interface Schedule {
  /** "08:00", 00:00 to 23:59. */
  time: string;
  /** IANA: "Asia/Kolkata". */
  zone: string;
  /** ISO weekdays, Monday = 1 to Sunday = 7; at least one, ascending. */
  days: number[];
}

/** What people set. */
export interface DigestSettings extends Schedule {
  following: Following;
  /** Stories at most, 1 to 30. */
  length: number;
  /** `hide` = results stand behind a spoiler. */
  spoilers: 'show' | 'hide';
  /** ISO 639-1. */
  language: string;
  /** What a day without news gets: one line, or nothing. */
  quiet: 'line' | 'silent';
  /** Breaking stories a day at most, 0 to 10; 0 or absent = none. */
  breaking?: number | undefined;
}

export interface Subscription extends ChannelPlace {
  id: string;
  settings: DigestSettings;
  isPaused: boolean;
}

/**
 * A channel has one subscription, and the same one when it comes back after it was removed: so the promise of at most
 * one digest a local date outlives it.
 */
export function subscriptionId({ channel, platform, tenant }: ChannelPlace): string {
  return createHash('sha256')
    .update(JSON.stringify([platform, tenant, channel]))
    .digest('hex')
    .slice(0, 16);
}
