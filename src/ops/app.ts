// What the commands can do, as main.ts composes it. Commands see these functions and the domain, never the
// folders behind them.
import type { Settings } from '../config.js';
import type { Ask, Clock, ExtractedPage, Feed, FeedDocument, Passage } from '../domain.js';
import type { DigestView } from './digest-desk.js';
import type { Check } from './doctor.js';
import type { ModelDesk } from './models/model-desk.js';
import type { Ingest, Jobs, News, OnNotice, WorkReport } from './news.js';

/** Progress by name: "lexical index", a feed's address. */
export type OnNamedProgress = (name: string, progress: { done: number; total?: number | undefined }) => void;

/** How one feed's poll ended. Counts are entries. */
export interface FeedReport {
  feedUrl: string;
  title: string;
  entries: number;
  new: number;
  changed: number;
  same: number;
  skipped: number;
  failed: number;
  /** Entries beyond the most that are read of one feed; absent = none. */
  beyondLimit?: number | undefined;
  /** Another process polls it at the moment. */
  isBusy?: boolean | undefined;
  /** One line; absent = the feed was read. */
  error?: string | undefined;
}

export interface IndexStatus {
  name: string;
  kind: string;
  count: number;
  behind: number;
}

/** A platform as the operator sees it. */
export interface PlatformState {
  name: string;
  /** Whether it hears people at the moment. */
  isConnected: boolean;
  /** Why it was not started: a refusal that only a person can mend. */
  problem?: string | undefined;
}

/** Platforms on which people ask. */
export interface Bots {
  /** One that cannot be reached is tried again by itself; one that refuses us is left out. Throws when none is left. */
  start(): Promise<void>;
  /** Ends within the configured grace and some seconds: what is under way is finished or apologised for. */
  stop(): Promise<void>;
  platforms(): PlatformState[];
  /** Questions that have a slot, and those that wait for one. */
  load(): { running: number; waiting: number };
}

/** Who writes the answers. */
export interface ModelState {
  /** False = answers are quoted, as the settings want it. */
  isWanted: boolean;
  /** Who writes, or will when the first question comes; absent = answers are quoted. */
  name?: string | undefined;
  /** One line for each model that did not open. */
  failures: string[];
  /** Answers that it writes side by side at most, now, and that wait; absent = it does not say. */
  load?: { total: number; writing: number; waiting: number } | undefined;
  /** Model servers that share the questions; absent = none is open. */
  servers?: ModelServer[] | undefined;
}

export interface ModelServer {
  /** As the settings name it. */
  name: string;
  /** `trial` = it was away and gets one question at a time; `away` = it gets none. */
  state: 'opening' | 'ready' | 'trial' | 'away';
  /** Answers that it writes at once at most, and now. */
  limit: number;
  writing: number;
  /** One line; absent = nothing failed since its last answer. */
  failure?: string | undefined;
}

/** Health and metrics, served for whoever watches the process. */
export interface Health {
  /** Its address; absent = it is not served, for this reason. */
  place?: string | undefined;
  problem?: string | undefined;
  /** From now on `/readyz` tells how these do. */
  isRunning(app: App, bots: Bots | undefined): void;
  /** Counts what a piece of background work came to. */
  count(report: WorkReport): void;
  isStopping(): void;
  close(): Promise<void>;
}

/** Everything that needs the store. */
export interface App extends News, Ingest {
  ask: Ask;
  /** The language model alone, without any article; absent = none is loaded. */
  closedBook?: Ask | undefined;
  /** Begins to load the language model, where there is one. Throws when the one that was named cannot run. */
  prepareAnswers(): void;
  search(text: string): Promise<Passage[]>;
  digestView: DigestView;
  openJobs(): Promise<Jobs>;
  /** Every platform that is configured; undefined = none is. `onServed` is told where the console can be opened. */
  openBots(options?: { onServed?: ((url: string) => void) | undefined }): Promise<Bots | undefined>;
  catchUp(options: { signal: AbortSignal; onProgress: OnNamedProgress }): Promise<void>;
  /** Takes the last traces of removed articles out of both indexes. */
  erase(options: { signal: AbortSignal; onProgress: OnNamedProgress }): Promise<void>;
  rebuild(options: { signal: AbortSignal; onProgress: OnNamedProgress }): Promise<void>;
  indexStatus(): Promise<IndexStatus[]>;
  model(): ModelState;
  /** How many digests are in each state. */
  digestStates(): Promise<Record<string, number>>;
  counts(): Promise<{ articles: number; chunks: number; newest?: string | undefined }>;
  /** A line for what is off, stands in, or was picked by itself; absent = all is as configured. */
  notice(): string | undefined;
  close(): Promise<void>;
}

/** Copies of the store, and back. */
export interface Backups {
  /** Beside a running bot; absent = into the data folder. Errors: `store_missing`, `backup_exists`, `backup_failed`. */
  backUp(target: string | undefined, now: Date): Promise<{ place: string; manifest: BackupFacts }>;
  /** Errors: `backup_unusable`, `backup_newer`, `store_busy`, `restore_failed`. */
  restore(
    source: string,
    now: Date,
  ): Promise<{ manifest: BackupFacts; aside?: string | undefined; canUndo: boolean }>;
}

export interface BackupFacts {
  /** ISO 8601. */
  madeAt: string;
  /** Of the program that made it. */
  version: string;
  schema: string[];
  /** Rows by table. */
  counts: Record<string, number>;
  files: { name: string; bytes: number; sha256: string }[];
}

export interface DigestWords {
  /** "London" = Europe/London. Error: `usage`, with the nearest. */
  zone(text: string): string;
  /** Whether all can be followed. Error: `usage`, with the nearest. */
  checkFollow(words: string[]): void;
}

/** The doors that main.ts opens for the commands; each starts only what it needs. */
export interface Composition {
  /** `download` lets missing weights of a preset be fetched, with progress. */
  openApp(
    settings: Settings,
    options?: {
      download?: boolean;
      onProgress?: OnNamedProgress;
      onNotice?: OnNotice | undefined;
      /** The time of the news; absent = the store's. */
      clock?: Clock | undefined;
      /** Times of its stages go into the metrics. */
      isMeasured?: boolean;
    },
  ): Promise<App>;
  /** Feeds and articles alone: no index is opened, no model loaded. */
  openNews(
    settings: Settings,
    options: { clock?: Clock | undefined },
  ): Promise<News & { close(): Promise<void> }>;
  openExtractor(settings: Settings): Promise<{
    extract(bytes: Uint8Array, url: string, contentType?: string): Promise<ExtractedPage>;
    fetchPage(
      url: string,
      signal: AbortSignal,
    ): Promise<{ bytes: Uint8Array; url: string; contentType?: string | undefined }>;
    close(): Promise<void>;
  }>;
  parseFeed(bytes: Uint8Array, options: { contentType?: string; baseUrl?: string }): Promise<FeedDocument>;
  openModels(settings: Settings): Promise<ModelDesk>;
  openBackups(settings: Settings): Promise<Backups>;
  /** From the data folder into the database of the settings. Errors: those of the store's copy, and `usage`. */
  copyStore(
    settings: Settings,
    work: { signal: AbortSignal; onProgress: OnNamedProgress },
  ): Promise<{ place: string; tables: { name: string; rows: number; sha256: string }[] }>;
  /** What a digest can be told of zones and names. */
  openDigestWords(): Promise<DigestWords>;
  /** Undefined = the settings want none. */
  openHealth(settings: Settings): Promise<Health | undefined>;
  configuredFeeds(settings: Settings, file?: string): Feed[];
  /** The checks of `doctor`, and what ends them. */
  openChecks(settings: Settings): { checks: Check[]; close(): Promise<void> };
}
