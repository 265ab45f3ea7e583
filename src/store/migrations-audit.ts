// What whoever runs the bot, and whoever manages its channels, have changed.
import { type Kysely, type Migration, sql } from 'kysely';

const audit: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table audit (
      id text primary key, at text not null, via text not null, tenant text not null, actor text not null,
      action text not null, subject text not null, details text not null)`.execute(db);
    await sql`create index audit_by_time on audit (at)`.execute(db);
    await sql`create index audit_by_actor on audit (actor)`.execute(db);
  },
};

export const auditMigrations: Record<string, Migration> = { '0090-audit': audit };
