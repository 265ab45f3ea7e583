// The tables of the daily digest, as Kysely sees them.

/** A channel that wants a digest; its id follows from the channel. */
export interface SubscriptionRow {
  id: string;
  platform: string;
  tenant: string;
  channel: string;
  /** JSON; queries look for `breaking` in it and for nothing else. */
  settings: string;
  is_paused: number;
  created_at: string;
  /** The local date that comes next. */
  next_date: string;
  /** Its moment; null = paused. */
  next_due_at: string | null;
  /** The clock by which that was found; one ahead of ours was wrong. */
  planned_at: string;
  /** Hash of whom the direct messages are with; null = a channel, or nobody knows. */
  owner_key: string | null;
}

/** The digest of one subscription and local date: its key is the claim. */
export interface DigestRow {
  subscription_id: string;
  local_date: string;
  platform: string;
  tenant: string;
  channel: string;
  due_at: string;
  /** What it is composed of; '' = missed before that was known. */
  composition: string;
  state: 'composing' | 'ready' | 'sending' | 'posted' | 'silent' | 'missed' | 'undeliverable' | 'unknown';
  /** Who has it on; '' = nobody. */
  owner: string;
  /** Rises each time that it is taken; what is written under an older one is refused. */
  epoch: number;
  /** From then on it may be taken: due, or the lease of its owner ran out. Null = there is nothing to take. */
  take_at: string | null;
  tries: number;
  sent_at: string | null;
  /** The platform's id of the message. */
  message: string | null;
  reason: string | null;
  /** Null = open. */
  settled_at: string | null;
}

/** The final payload, written before it is sent and gone when that is over. */
export interface OutboxRow {
  subscription_id: string;
  local_date: string;
  payload: string;
}

/** What is composed once for all that ordered the same. */
export interface CompositionRow {
  /** A hash over what was ordered. */
  key: string;
  /** JSON; no query looks inside. */
  ordered: string;
  /** The end of its window. */
  window_to: string;
  /** JSON; null = not composed yet. */
  digest: string | null;
}

/** An article of a breaking story that a channel was told; the post has a row in `digests`. */
export interface BreakingRow {
  subscription_id: string;
  article_id: string;
  /** `subscription_id` of the post's row in `digests`. */
  post: string;
  local_date: string;
  told_at: string;
}

/** A question that waits for news; what is told to it has a row in `digests`. */
export interface WatchRow {
  id: string;
  platform: string;
  tenant: string;
  channel: string;
  thread: string;
  user_key: string;
  question: string;
  /** JSON: earlier questions of the thread. */
  earlier: string;
  since: string;
  until: string;
  state: 'waiting' | 'told';
  /** Chunks with later revisions are new. */
  from_revision: number;
  /** All up to this one was looked at. */
  looked_revision: number;
}
