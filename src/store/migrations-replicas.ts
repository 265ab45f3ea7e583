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

/** Questions that have not begun, which any replica may take. */
const waiting: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table asked add column is_waiting integer not null default 0`.execute(db);
  },
};

export const replicaMigrations: Record<string, Migration> = {
  '0100-hosts': hosts,
  '0105-waiting-elsewhere': waiting,
};
