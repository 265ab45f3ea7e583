// Subscriptions to the daily digest, what became of each day's, and what was told in it.
import { type Kysely, type Migration, sql } from 'kysely';
import { jsonNumber } from './sql/dialects.js';

const digests: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table subscriptions (
      id text primary key, platform text not null, tenant text not null, channel text not null,
      settings text not null, is_paused integer not null default 0, created_at text not null,
      next_date text not null, next_due_at text, planned_at text not null)`.execute(db);
    await sql`create index subscriptions_by_time on subscriptions (next_due_at)`.execute(db);
    await sql`create index subscriptions_by_plan on subscriptions (planned_at)`.execute(db);
    await sql`create table digests (
      subscription_id text not null, local_date text not null, platform text not null,
      tenant text not null, channel text not null, due_at text not null, composition text not null,
      state text not null, owner text not null default '', epoch integer not null default 0, take_at text,
      tries integer not null default 0, sent_at text, message text, reason text, settled_at text,
      primary key (subscription_id, local_date))`.execute(db);
    // Looked at for each post: the open ones alone, in the order in which they may be taken.
    await sql`create index digests_to_take on digests (platform, take_at) where take_at is not null`.execute(
      db,
    );
    await sql`create index digests_of_tenants on digests (platform, tenant, take_at)
      where take_at is not null`.execute(db);
    await sql`create index digests_to_compose on digests (composition, subscription_id)
      where state = 'composing'`.execute(db);
    await sql`create index digests_open on digests (due_at) where settled_at is null`.execute(db);
    await sql`create index digests_taken on digests (owner) where owner <> ''`.execute(db);
    await sql`create index digests_by_time on digests (due_at)`.execute(db);
    await sql`create table outbox (
      subscription_id text not null, local_date text not null, payload text not null,
      primary key (subscription_id, local_date))`.execute(db);
    await sql`create table compositions (
      key text primary key, ordered text not null, window_to text not null, digest text)`.execute(db);
    await sql`create index compositions_by_time on compositions (window_to)`.execute(db);
  },
};

/** Questions that wait for news. */
const watches: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table watches (
      id text primary key, platform text not null, tenant text not null, channel text not null,
      thread text not null, user_key text not null, question text not null, earlier text not null,
      since text not null, until text not null, state text not null,
      from_revision bigint not null, looked_revision bigint not null)`.execute(db);
    await sql`create index watches_waiting on watches (looked_revision) where state = 'waiting'`.execute(db);
    await sql`create index watches_by_user on watches (user_key)`.execute(db);
    await sql`create index watches_by_time on watches (until)`.execute(db);
  },
};

/** Whose thread it is that somebody asks in. */
const digestThreads: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index digests_by_message on digests (message) where message is not null`.execute(db);
  },
};

/** Breaking stories that channels were told; each article of them is a claim. */
const breaking: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table breaking (
      subscription_id text not null, article_id text not null, post text not null,
      local_date text not null, told_at text not null,
      primary key (subscription_id, article_id))`.execute(db);
    await sql`create index breaking_by_time on breaking (told_at)`.execute(db);
    await sql`create index breaking_by_post on breaking (post)`.execute(db);
    await sql`create index subscriptions_breaking on subscriptions (platform)
      where ${jsonNumber(db, 'settings', 'breaking')} > 0`.execute(db);
  },
};

/** Whose direct messages a digest goes to: somebody may have one and never have asked anything. */
const owners: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table subscriptions add column owner_key text`.execute(db);
  },
};

/** What came in since a question was asked. */
const foundAt: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index articles_by_found on articles (found_at)`.execute(db);
  },
};

export const digestMigrations: Record<string, Migration> = {
  '0040-digests': digests,
  '0060-watches': watches,
  '0061-digest-threads': digestThreads,
  '0062-breaking': breaking,
  '0110-subscription-owners': owners,
  '0115-articles-by-found': foundAt,
};
