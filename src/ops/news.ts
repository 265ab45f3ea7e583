// What the commands and jobs can do with feeds and articles, as the composition gives it to them.
import type { Article, Feed } from '../domain.js';
import type { FeedReport, OnNamedProgress } from './app.js';
import type { AuditDesk } from './audit-desk.js';
import type { DigestDesk } from './digest-desk.js';

/** Something that the operator should know; a bot may give it a channel. */
export interface Notice {
  code: string;
  feedUrl: string;
  message: string;
}

export type OnNotice = (notice: Notice) => void;

/** A feed that is polled. */
export interface FollowedFeed extends Feed {
  /** It stands in the feeds file; else it was added by command. */
  isConfigured: boolean;
}

/** What is known of a feed; times are ISO 8601. */
export interface FeedHealth extends FollowedFeed {
  condition: 'new' | 'ok' | 'failing' | 'waiting' | 'gone';
  title?: string | undefined;
  movedTo?: string | undefined;
  lastPolledAt?: string | undefined;
  lastSuccessAt?: string | undefined;
  newestEntryAt?: string | undefined;
  /** Polls failed in a row. */
  failures: number;
  failingSince?: string | undefined;
  /** It fails for days, and the operator was told. */
  isMarked: boolean;
  error?: string | undefined;
  nextPollAt?: string | undefined;
}

export interface FeedDesk {
  /** The feeds of the feeds file and those added by command, without those removed by command. */
  list(): Promise<FollowedFeed[]>;
  health(): Promise<FeedHealth[]>;
  /** The feeds behind an address, the most likely first. Errors: those of a fetch, and `no_feed`. */
  discover(address: string, signal: AbortSignal): Promise<{ url: string; title: string; entries: number }[]>;
  /**
   * Adds feeds, or changes what is known of them; one that was gone is asked again. Of a feed that is followed
   * already, or stands in the feeds file, a word without `saysPages` changes nothing: publishers' wishes stay.
   * Gives those that were not followed before.
   */
  add(feeds: (Feed & { saysPages: boolean })[]): Promise<Feed[]>;
  /** Ends the polling and forgets what was seen; articles stay. Undefined = no such feed is followed. */
  remove(url: string): Promise<FollowedFeed | undefined>;
  /** Error: `not_opml`. */
  readOpml(bytes: Uint8Array): Promise<(Feed & { saysPages: boolean })[]>;
  writeOpml(feeds: Feed[]): Promise<string>;
}

/** A canonical address, or a host name that stands for its subdomains, too. */
export interface TakedownTarget {
  kind: 'url' | 'domain';
  value: string;
}

export interface ArticleDesk {
  /** Error: `usage` for what is neither an article's address nor a domain. */
  target(text: string): TakedownTarget;
  countMatching(target: TakedownTarget): Promise<number>;
  /** Takes out of the store what matches and blocks it; the indexes follow when they catch up. */
  takeDown(target: TakedownTarget): Promise<number>;
  blocked(): Promise<(TakedownTarget & { blockedAt: string; articles: number })[]>;
  /** Lifts a block; false = there was none. */
  allow(target: TakedownTarget): Promise<boolean>;
  /** An article with what it said before; undefined = no such article. Error: `usage`. */
  show(url: string): Promise<ShownArticle | undefined>;
}

export interface ShownArticle extends Article {
  foundAt?: string | undefined;
  /** It came with a feed's first poll. */
  isHistory: boolean;
  /** When its page is read again; absent = never. */
  rereadAt?: string | undefined;
  /** Former texts, the oldest first. */
  revisions: { ordinal: number; replacedAt: string; contentHash: string; title: string; text: string }[];
}

/** What a piece of background work came to. */
export type WorkReport =
  | { kind: 'feed'; feed: FeedReport; nextPollAt?: string | undefined }
  | { kind: 'page'; url: string; title: string; hasChanged: boolean; error?: string | undefined }
  | { kind: 'retention'; removed: number };

/** Background work that is due now. */
export interface DueWork {
  /** The same key = the same work. */
  key: string;
  /** Undefined = another process does it, or has done it. */
  run(signal: AbortSignal): Promise<WorkReport | undefined>;
}

/** The background work of a process that stays. */
export interface Jobs {
  due(): Promise<DueWork[]>;
  /** Whether an index lacks what the store has. */
  isBehind(): Promise<boolean>;
  catchUp(signal: AbortSignal): Promise<void>;
  /** Calls when another process has stored something; gives what ends that. */
  onNews(look: () => void): () => void;
  close(): Promise<void>;
}

/** An answer that somebody found wrong. */
export interface Complaint {
  questionId: string;
  /** `down` or `wrong-source`; each that was given, once. */
  kinds: string[];
  askedAt: string;
  text: string;
  /** Earlier questions of the thread, oldest first. */
  earlier: string[];
  answer: string;
  generator: string;
  citations: { url: string }[];
  passages: { url: string }[];
}

/** What feeds, articles, feedback and subscriptions need of the store alone. */
export interface News {
  audit: AuditDesk;
  digests: DigestDesk;
  feeds: FeedDesk;
  articles: ArticleDesk;
  /** In the order of asking; `since` (ISO 8601) = complained of from then on. */
  complaints(since?: string): Promise<Complaint[]>;
  /** Takes away all that is kept of a person, by their id on a platform; `others` = feedback and what waits for news. */
  forget(user: string): Promise<{ questions: number; others: number }>;
}

export interface IngestOptions {
  signal: AbortSignal;
  onProgress: OnNamedProgress;
}

/** What one pass over feeds and pages can do. */
export interface Ingest {
  ingestFeeds(feeds: Feed[], options: IngestOptions): Promise<FeedReport[]>;
  ingestPages(urls: string[], options: IngestOptions): Promise<FeedReport[]>;
  /** Reads again those pages of these feeds that are due. */
  rereadPages(feedUrls: string[], options: IngestOptions): Promise<{ read: number; changed: number }>;
  /** Removes articles older than the settings keep; gives their number. */
  expire(signal: AbortSignal): Promise<number>;
}
