// What several processes on one store agree upon.
import { type Kysely, type Migration, sql } from 'kysely';

/** Whose turn it is to ask a host. */
const hosts: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table hosts (
      host text primary key, term text not null, next_at text not null, part_at text not null,
      paused_until text not null, gap_ms integer not null)`.execute(db);
  },
};

export const replicaMigrations: Record<string, Migration> = { '0100-hosts': hosts };
