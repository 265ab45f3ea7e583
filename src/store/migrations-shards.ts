// Shards of Discord's gateway that several replicas hold between them.
import { type Kysely, type Migration, sql } from 'kysely';

const shards: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table discord_shards (
      shard integer primary key, owner text not null, epoch integer not null, lease_until text not null,
      is_open integer not null, heard_at text)`.execute(db);
    await sql`create table discord_replicas (owner text primary key, lease_until text not null)`.execute(db);
    await sql`create table discord_identifies (bucket integer primary key, free_at bigint not null)`.execute(
      db,
    );
  },
};

export const shardMigrations: Record<string, Migration> = { '0101-discord-shards': shards };
