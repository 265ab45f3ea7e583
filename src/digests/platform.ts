// What delivery needs of a platform: to write a digest in its own form, to post it, and to look whether it was posted.
// Nothing here tries again by itself: the client behind it must be told so (Slack's web API retries for half an hour).
import type { Digest } from './ports.js';
import type { ChannelPlace, DigestSettings } from './subscription.js';

/** A digest for one channel. */
export interface Letter extends ChannelPlace {
  digest: Digest;
  /** "2023-12-19", by the reader's calendar. */
  localDate: string;
  settings: Pick<DigestSettings, 'zone' | 'spoilers' | 'language'>;
  /** It is one story that breaks, with its id in the outbox and how many publishers run it; absent = the daily digest. */
  breaking?: { post: string; publishers: number } | undefined;
}

/** What is posted: final, kept before it is sent. */
export interface DigestPost extends ChannelPlace {
  /**
   * The same for each try of the same subscription and local date and for nothing else, 25 hex digits: it travels with
   * the message where the platform can hide it (Slack's metadata, Discord's nonce), and `find` looks for it.
   */
  key: string;
  localDate: string;
  /** As `render` gave it. */
  payload: string;
  /** When it was sent last; absent = never, as far as we know. ISO 8601. */
  sentAt?: string | undefined;
  /** When it was due, or earlier: no try is older. ISO 8601. */
  dueAt: string;
}

export type PostOutcome =
  /** `message` = its id in the channel. */
  | { kind: 'posted'; message: string }
  /** Surely not posted: too many calls. The wait counts for the channel alone, or for all that shares the rate. */
  | { kind: 'limited'; retryAfterMs: number; ofChannelAlone: boolean }
  /** Surely not posted, and another try may succeed: no connection was made. */
  | { kind: 'failed'; why: string }
  /** Surely not posted, and no try will be: the channel is gone, we are not in it. One line for the operator. */
  | { kind: 'refused'; why: string }
  /** It may have been posted: a timeout, a cut connection, a 5xx. */
  | { kind: 'unknown'; why: string };

export type FindOutcome =
  | { kind: 'found'; message: string }
  /** Surely not there: all messages since `dueAt` were seen. */
  | { kind: 'absent' }
  /** Not to be told now. */
  | { kind: 'later'; why: string; retryAfterMs?: number | undefined }
  /** Never to be told: the platform does not let us look. */
  | { kind: 'never'; why: string };

export interface DigestPlatform {
  name: string;
  /** Posts that the platform takes: of each tenant, or of all together. */
  rate: { perSecond: number; of: 'tenant' | 'all' };
  /** The final message as text (JSON), within the platform's limits; it asks nobody. */
  render(letter: Letter): string;
  /** Rejects only when the signal is aborted; what happened is then unknown. */
  post(post: DigestPost, signal: AbortSignal): Promise<PostOutcome>;
  find(post: DigestPost, signal: AbortSignal): Promise<FindOutcome>;
}
