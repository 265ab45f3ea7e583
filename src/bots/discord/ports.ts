// What the Discord adapter needs of the rest of the program.

/** How one feed does, in a few words. */
export interface FeedLine {
  name: string;
  isWell: boolean;
  fact: string;
}

/** What a server has set. */
export interface GuildSettings {
  /** Ids of the channels in which the bot does not answer. */
  closed(guild: string): Promise<string[]>;
  /** `by` = the user who set it. */
  setClosed(guild: string, channel: string, isClosed: boolean, by: string): Promise<void>;
}

/** How long a replica holds what it holds; ISO 8601, by the clock that all replicas share. */
export interface ShardLease {
  owner: string;
  now: string;
  until: string;
}

/** A shard of the gateway as the store knows it. */
export interface Shard {
  shard: number;
  /** '' = it was let go. */
  owner: string;
  epoch: number;
  /** Of one that was let go: since when. */
  leaseUntil: string;
  /** Whether its connection hears. */
  isOpen: boolean;
}

export interface HeldShard {
  shard: number;
  epoch: number;
  isOpen: boolean;
  /** Until then everything was heard; absent = what is known stays. */
  heardAt?: string | undefined;
}

/** Who holds which shard, between any number of replicas. All of it fails while the database is lost. */
export interface ShardStore {
  /**
   * Says that the replica is there, and tells who else is and what is held. `wanted` shards are laid out where there are none,
   * or another number and no other replica.
   */
  meet(lease: ShardLease, wanted: number): Promise<{ replicas: string[]; shards: Shard[] }>;
  /** Takes a shard that has run out or that `from` has. Undefined = another replica was faster. */
  take(
    shard: number,
    lease: ShardLease,
    from: string,
  ): Promise<{ epoch: number; heardAt: string | undefined } | undefined>;
  /** False = it was lost. */
  renew(held: HeldShard, lease: ShardLease): Promise<boolean>;
  letGo(held: HeldShard, lease: Pick<ShardLease, 'owner' | 'now'>): Promise<void>;
  /** The replica takes no part any more. */
  leave(owner: string): Promise<void>;
  /** Reserves the next turn to identify in a bucket: turns are `apartMs` apart. Milliseconds since 1970, as is `now`. */
  nextIdentify(bucket: number, now: number, apartMs: number): Promise<number>;
}

/** What a replica needs to hold shards beside others. */
export interface Sharing {
  store: ShardStore;
  /** A name that no other process has. */
  owner: string;
  /** Whether an owner is known to have died. */
  isGone(owner: string): boolean;
  /** Channels of the last direct conversations in which somebody asked something, of any replica. */
  directChannels(): Promise<string[]>;
}

/** Where it is kept: JSON by server. */
export interface SettingsStore {
  get(guild: string): Promise<string | undefined>;
  put(guild: string, settings: string): Promise<void>;
}
