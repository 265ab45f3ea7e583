// What the commands can do with the daily digest and its subscriptions, as the composition gives it to them.
import type { ShownDigest } from '../bots/terminal/render-digest.js';

/** A channel of a platform; `tenant` is '' where the platform has one workspace for us. */
export interface ChannelPlace {
  platform: string;
  tenant: string;
  channel: string;
}

/** What can be set; absent = as it is, or as config/default.yaml says. */
export interface DigestChanges {
  /** "08:00". */
  time?: string | undefined;
  /** IANA, or the city of one: "London". */
  zone?: string | undefined;
  /** ISO weekdays, Monday = 1. */
  days?: number[] | undefined;
  /** Names as people write them; `all` = everything. */
  follow?: string[] | undefined;
  length?: number | undefined;
  spoilers?: 'show' | 'hide' | undefined;
  language?: string | undefined;
  quiet?: 'line' | 'silent' | undefined;
  /** Breaking stories a day at most, 0 to 10, 0 = none; `on` = as config/default.yaml says. */
  breaking?: number | 'on' | undefined;
}

export interface ShownSubscription extends ChannelPlace {
  time: string;
  zone: string;
  days: number[];
  following: { teams: string[]; leagues: string[]; formats: string[]; sides: string[] };
  length: number;
  spoilers: 'show' | 'hide';
  language: string;
  quiet: 'line' | 'silent';
  /** Breaking stories a day at most; absent = none. */
  breaking?: number | undefined;
  isPaused: boolean;
  /** Absent = it is paused. ISO 8601. */
  nextAt?: string | undefined;
  /** The latest date that has a row. */
  last?: { localDate: string; state: string; reason?: string | undefined } | undefined;
  /** Digests by state, of those that are still kept. */
  counts: Record<string, number>;
}

export interface WaitingQuestion extends ChannelPlace {
  id: string;
  question: string;
  /** ISO 8601. */
  until: string;
}

export interface DigestDesk {
  list(): Promise<ShownSubscription[]>;
  /** Errors: `known_subscription`, `usage` for a name or zone that is not known. */
  add(place: ChannelPlace, changes: DigestChanges): Promise<ShownSubscription>;
  /** Errors: `unknown_subscription`, `usage`. */
  change(place: ChannelPlace, changes: DigestChanges): Promise<ShownSubscription>;
  /** Error: `unknown_subscription`. */
  pause(place: ChannelPlace, isPaused: boolean): Promise<ShownSubscription>;
  /** Questions that wait for news, of a channel or of all, the first to end first. */
  waiting(place?: ChannelPlace): Promise<WaitingQuestion[]>;
  /** Error: `unknown_subscription`. */
  endWaiting(id: string): Promise<void>;
  /** Gives it as it was. Error: `unknown_subscription`. */
  remove(place: ChannelPlace): Promise<ShownSubscription>;
}

/** A digest with how its reader has it. */
export interface DigestForReader {
  digest: ShownDigest;
  localDate: string;
  settings: { zone: string; spoilers: 'show' | 'hide' };
}

export interface DigestView {
  /** What the channel was told on that local date; absent = today. Error: `no_digest`. */
  posted(place: ChannelPlace, date?: string): Promise<DigestForReader>;
  /**
   * What would be told now, or at the due time of `date`; without a place, with the settings of a new subscription.
   * Nothing is kept.
   */
  preview(
    place: ChannelPlace | undefined,
    date: string | undefined,
    signal: AbortSignal,
  ): Promise<DigestForReader>;
}
