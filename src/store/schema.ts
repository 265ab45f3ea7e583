// The tables, as Kysely sees them. The store is the truth; the lexical and the vector index are derived from
// it. Every change of a chunk takes the next revision, and a deleted chunk stays as a tombstone (text '')
// until both indexes have seen it: so an index catches up by asking for all that is newer than its revision.
import type { Kysely } from 'kysely';
import type { AuditEntry } from './audit.js';
import type {
  AnswerRow,
  AskedRow,
  DeliveryRow,
  FeedbackRow,
  MuteRow,
  WebPostRow,
} from './schema-conversations.js';
import type {
  BreakingRow,
  CompositionRow,
  DigestRow,
  OutboxRow,
  SubscriptionRow,
  WatchRow,
} from './schema-digests.js';
import type { IdentifyRow, ReplicaRow, ShardRow } from './schema-shards.js';

export interface Schema {
  feeds: FeedRow;
  entries: EntryRow;
  articles: ArticleRow;
  chunks: ChunkRow;
  vectors: VectorRow;
  index_state: { name: string; revision: number };
  counters: { name: string; value: number };
  settings: { name: string; value: string };
  marks: MarksRow;
  claims: ClaimRow;
  hosts: HostRow;
  own_feeds: OwnFeedRow;
  blocks: BlockRow;
  article_revisions: ArticleRevisionRow;
  rereads: RereadRow;
  copies: CopyRow;
  slack_installations: { team: string; sealed: string; installed_at: string };
  deliveries: DeliveryRow;
  asked: AskedRow;
  answers: AnswerRow;
  feedback: FeedbackRow;
  mutes: MuteRow;
  web_posts: WebPostRow;
  discord_guilds: { guild: string; settings: string };
  subscriptions: SubscriptionRow;
  digests: DigestRow;
  outbox: OutboxRow;
  compositions: CompositionRow;
  watches: WatchRow;
  breaking: BreakingRow;
  audit: AuditEntry & { id: string };
  discord_shards: ShardRow;
  discord_replicas: ReplicaRow;
  discord_identifies: IdentifyRow;
}

export interface FeedRow {
  url: string;
  /** FeedState as JSON: the feed engine's own notes; no query looks inside. */
  state: string;
}

export interface EntryRow {
  feed_url: string;
  canonical_url: string;
  fingerprint: string;
  title: string;
  published_at: string | null;
  outcome: string;
  reason: string | null;
}

export interface ArticleRow {
  id: string;
  canonical_url: string;
  url: string;
  title: string;
  publisher: string;
  author: string | null;
  published_at: string;
  text: string;
  origin: string;
  /** SHA-256 over all that people are shown; the same hash = nothing changed. */
  content_hash: string;
  /** When it was stored for the first time; null = before this was kept. */
  found_at: string | null;
  /** 1 = it came with a feed's first poll: it fills the index and is no news to announce. */
  is_history: number;
}

export interface ChunkRow {
  id: string;
  article_id: string;
  ordinal: number;
  header: string;
  text: string;
  revision: number;
  deleted: number;
}

export interface VectorRow {
  model: string;
  chunk_id: string;
  /** Float32, little-endian. */
  vector: Uint8Array;
}

/** What copies of an article are looked for by. */
export interface MarksRow {
  article_id: string;
  /** Order of writing; its own counter, "marks". */
  revision: number;
  /** Unsigned 32-bit numbers, little-endian, ascending. */
  marks: Uint8Array;
}

/** Two articles of which one is an edited copy of the other; each link stands here both ways round. */
export interface CopyRow {
  article_id: string;
  copy_id: string;
}

/** One piece of work that one process at a time may do. */
export interface ClaimRow {
  /** A feed's address, an article's id. */
  subject: string;
  job: string;
  owner: string;
  expires_at: string;
}

/** Whose turn it is to ask a host of the web. Times are ISO 8601; '' = none. */
export interface HostRow {
  /** Scheme, name and port. */
  host: string;
  /** Of whoever has the turn; '' = nobody. */
  term: string;
  /** When the next request may start, and when it may if it is for a file of a page. */
  next_at: string;
  part_at: string;
  paused_until: string;
  /** What its robots.txt asks for. */
  gap_ms: number;
}

/** Feeds added by command, and configured ones that were removed by command. */
export interface OwnFeedRow {
  url: string;
  added_at: string;
  /** Feed as JSON; null = a configured feed that is not to be polled. */
  feed: string | null;
}

/** What was taken down and must not be fetched again. */
export interface BlockRow {
  kind: 'url' | 'domain';
  /** A canonical address, or a host name without "www." that stands for its subdomains, too. */
  value: string;
  blocked_at: string;
  /** What was asked to be taken down, when it is not `value` itself: another address of the same page. */
  target: string | null;
  /** How many articles went. */
  articles: number;
}

/** What an article said before it was changed. */
export interface ArticleRevisionRow {
  article_id: string;
  /** From 1, without gaps but for the oldest ones, which go. */
  ordinal: number;
  replaced_at: string;
  content_hash: string;
  title: string;
  /** The beginning of the text. */
  text: string;
}

/** An article whose page is read again while it is young. */
export interface RereadRow {
  article_id: string;
  feed_url: string;
  due_at: string;
  /** Reread as JSON: the feed engine's own notes; no query looks inside. */
  state: string;
}

export type Database = Kysely<Schema>;
