// What digests need of a store. Whatever this promises holds between any number of processes on one store.
import type { Due } from './due.js';
import type { Digest, Following } from './ports.js';
import type { ChannelPlace, Subscription } from './subscription.js';

/** What is composed, but for what was told before: that is named by the compositions that told it. */
export interface Ordered {
  following: Following;
  length: number;
  language: string;
  from: string;
  to: string;
  /** Keys, the earliest first. */
  told: string[];
}

export interface DueSubscription extends Subscription {
  next: Due;
  /** A clock that was ahead of ours planned it: what comes next is to be found again. */
  isFromAhead: boolean;
  /** When its next date was found: a change that is made meanwhile has a later moment. */
  plannedAt: string;
}

export interface Told {
  composition: string;
  dueAt: string;
  /** A story that was told at once: no window ends with it. */
  isBreaking?: boolean | undefined;
  /** It was too late to tell that story: nothing was told, and its news begin there. */
  missed?: { at: string; from: string } | undefined;
}

export interface Plan {
  subscription: DueSubscription;
  due?: (Due & { composition: string; ordered: string }) | undefined;
  /** Dates for which it is too late. */
  missed: Due[];
  next: Due;
}

export interface PlanStore {
  /** Up to `limit` that are due, or were planned by a clock beyond `ahead`. */
  due(now: string, ahead: string, limit: number): Promise<DueSubscription[]>;
  /** What was posted from `since` on, and breaking stories, by subscription, the earliest first. */
  told(ids: string[], since: string): Promise<Map<string, Told[]>>;
  /** A row for each local date, of which any number of processes make one; gives how many this call made. */
  plan(plans: Plan[], now: string): Promise<{ due: number; missed: number }>;
}

export interface ComposeStore {
  /** Keys of what open digests of these platforms wait for. */
  waiting(platforms: string[], limit: number): Promise<string[]>;
  composition(key: string): Promise<{ ordered: Ordered; digest: Digest | undefined } | undefined>;
  /** Of compositions that are composed, in the order of the keys. */
  composed(keys: string[]): Promise<Digest[]>;
  putDigest(key: string, digest: Digest): Promise<void>;
  composing(
    key: string,
    platforms: string[],
    limit: number,
  ): Promise<(Subscription & { localDate: string })[]>;
  /** Payloads into the outbox; without one nothing is posted on that date. */
  write(
    key: string,
    written: { id: string; localDate: string; payload: string | undefined }[],
    now: string,
  ): Promise<void>;
}

/** A breaking story for one channel, with what is kept of it. */
export interface BreakingPost {
  subscriptionId: string;
  /** Its id in the outbox. */
  post: string;
  localDate: string;
  composition: string;
  ordered: string;
  digest: Digest;
  articleIds: string[];
  /** Articles of stories that are not told beside it. */
  kin: string[];
  payload: string;
  now: string;
  /** When the last daily digest was due that was looked at for what was told. */
  seen: string | undefined;
}

export interface BreakingStore {
  /** Those that want breaking stories and are not paused. */
  wantingBreaking(platforms: string[]): Promise<Subscription[]>;
  /** Lays it into the outbox, once; false = it was told, enough was told that day, or a digest may tell it. */
  tellBreaking(post: BreakingPost): Promise<boolean>;
}

/** A digest that is ours until its lease runs out. */
export interface OutboxEntry extends ChannelPlace {
  subscriptionId: string;
  localDate: string;
  owner: string;
  epoch: number;
  dueAt: string;
  /** As it was before it was taken: `sending` = its owner died while it sent. */
  state: 'ready' | 'sending' | 'unknown';
  tries: number;
  sentAt: string | undefined;
  payload: string;
}

export type Change =
  | { state: 'sending'; sentAt: string }
  | { state: 'ready' | 'unknown'; takeAt: string; reason?: string | undefined }
  | {
      state: 'posted' | 'missed' | 'undeliverable' | 'unknown';
      settledAt: string;
      message?: string | undefined;
      reason?: string | undefined;
    };

export interface OutboxStore {
  /** Workspaces for which something may be taken. */
  tenants(platform: string, now: string): Promise<string[]>;
  /** Takes the one that waits longest, of one workspace or of any. */
  take(
    from: { platform: string; tenant?: string | undefined },
    lease: { owner: string; now: string; until: string },
  ): Promise<OutboxEntry | undefined>;
  /** False = it is not ours any more, and nothing was written. */
  change(entry: OutboxEntry, change: Change): Promise<boolean>;
  /** When the next one may be taken, after `now`. */
  nextAt(platform: string, now: string): Promise<string | undefined>;
  /** When the store was put back from a backup, the last time; undefined = never. */
  restoredAt(): Promise<string | undefined>;
  /** Takes from owners that died what they had on. */
  free(isGone: (owner: string) => boolean, now: string): Promise<void>;
}

export interface DigestStore extends PlanStore, ComposeStore, OutboxStore, BreakingStore {
  /** Ends as missed what was due up to `before` and is not on its way; gives how many. */
  miss(before: string, now: string): Promise<number>;
  forget(before: { digests: string; compositions: string }): Promise<void>;
}
