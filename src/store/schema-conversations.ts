// The tables of what people ask on platforms, as Kysely sees them.

/** Something said on a platform that was taken up: never again, and counted for the limits. */
export interface DeliveryRow {
  /** A hash. */
  id: string;
  user_key: string;
  platform: string;
  tenant: string;
  channel: string;
  taken_at: string;
  /** 0 = it was refused for a budget, and spends none. */
  counts: number;
}

/** A question asked on a platform. */
export interface AskedRow {
  id: string;
  platform: string;
  tenant: string;
  channel: string;
  thread: string;
  message: string;
  way: string;
  /** Hash of the user's id. */
  user_key: string;
  /** The user's id while it is open; null afterwards. */
  asker: string | null;
  text: string;
  asked_at: string;
  /** `pending` and `removing` are open; the others say how it ended. */
  state: 'pending' | 'removing' | 'answered' | 'failed' | 'stopped' | 'undeliverable' | 'removed';
  owner: string;
  /** Rises each time that it is taken up; what is written under an older one is refused. */
  epoch: number;
  lease_until: string;
  /** Taken over so many times. */
  tries: number;
  /** JSON array of the ids of messages. */
  posted: string;
  is_to_stop: number;
  /** 1 = nobody has begun to answer it: whoever has a slot may take it. */
  is_waiting: number;
  settled_at: string | null;
}

export interface AnswerRow {
  question_id: string;
  text: string;
  verdict: string | null;
  /** JSON; no query looks inside. */
  citations: string;
  passages: string;
  generator: string;
}

export interface FeedbackRow {
  question_id: string;
  user_key: string;
  kind: string;
  given_at: string;
}

/** A message of the console in the browser. */
export interface WebPostRow {
  id: string;
  /** '' = it answers none. */
  question_id: string;
  thread: string;
  posted_at: string;
  /** JSON; no query looks inside. */
  post: string;
}

/** A thread in which the bot is silent until it is mentioned. */
export interface MuteRow {
  platform: string;
  tenant: string;
  channel: string;
  thread: string;
  muted_at: string;
}
