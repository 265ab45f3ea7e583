// The tables of Discord's shards, as Kysely sees them. The rows of discord_shards are 0 to the number of shards less one.

export interface ShardRow {
  shard: number;
  /** '' = it was let go. */
  owner: string;
  /** Rises each time that it is taken. */
  epoch: number;
  /** Of one that was let go: since when. */
  lease_until: string;
  /** 1 = its connection hears. */
  is_open: number;
  /** Until then everything was heard; null = nothing ever was. */
  heard_at: string | null;
}

/** A process that takes its part of the shards. */
export interface ReplicaRow {
  owner: string;
  lease_until: string;
}

/** When the next connection of a bucket may identify. */
export interface IdentifyRow {
  bucket: number;
  /** Milliseconds since 1970. */
  free_at: number;
}
