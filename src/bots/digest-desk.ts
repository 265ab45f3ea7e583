// What people can do with the digest of a channel, as the composition gives it to the platforms.
import type { Letter } from '../digests/platform.js';
import type { ChannelPlace, DigestSettings } from '../digests/subscription.js';

/** What can be set; absent = as it is, or as a new subscription has it. */
export interface DigestChanges {
  /** "08:00". */
  time?: string | undefined;
  /** IANA, or the city of one: "London". */
  zone?: string | undefined;
  /** ISO weekdays, Monday = 1. */
  days?: number[] | undefined;
  length?: number | undefined;
  spoilers?: 'show' | 'hide' | undefined;
  language?: string | undefined;
  quiet?: 'line' | 'silent' | undefined;
  /** Breaking stories a day at most, 0 to 10, 0 = none; `on` = as many as the operator says. */
  breaking?: number | 'on' | undefined;
}

export interface ChannelDigest extends ChannelPlace, DigestSettings {
  isPaused: boolean;
  /** Absent = it is paused. ISO 8601. */
  nextAt?: string | undefined;
}

/** A channel, and who wants something of its digest. */
export interface AskedPlace extends ChannelPlace {
  /** Id as the platform gives it; absent = nobody asked: the program looks. */
  user?: string | undefined;
}

export interface DigestDesk {
  /** Undefined = the channel has none. */
  find(place: AskedPlace): Promise<ChannelDigest | undefined>;
  /** Those of a workspace. */
  list(platform: string, tenant: string): Promise<ChannelDigest[]>;
  /** Adds it or changes it. Error: `usage`, whose message may be shown. */
  set(place: AskedPlace, changes: DigestChanges): Promise<ChannelDigest>;
  /** Adds names of the game to what is followed, or takes them out; adds the digest where there is none. Error: as `set`. */
  follow(place: AskedPlace, names: string[], isFollowed: boolean): Promise<ChannelDigest>;
  pause(place: AskedPlace, isPaused: boolean): Promise<ChannelDigest | undefined>;
  /** False = there was none. */
  remove(place: AskedPlace): Promise<boolean>;
  /** What would be sent now; a channel without a digest gets that of a new one. */
  preview(place: AskedPlace, signal: AbortSignal): Promise<Letter>;
  /** The one of that date; undefined = it is not kept any more. */
  posted(place: ChannelPlace, localDate: string): Promise<Letter | undefined>;
  /** Questions that wait for news in its threads, the first to end first. */
  waiting(place: ChannelPlace): Promise<{ id: string; question: string; until: string }[]>;
  /** False = it does not wait there any more. */
  endWaiting(place: AskedPlace, id: string): Promise<boolean>;
  /** Names of the game, or of time zones, that begin so, the nearest first; up to 25. */
  suggest(kind: 'name' | 'zone', text: string): string[];
}
