// One set of migrations, in SQL that SQLite and Postgres both understand. A landed migration never changes;
// a new one is added at the end.
import { type Kysely, type Migration, type MigrationProvider, sql } from 'kysely';
import { auditMigrations } from './migrations-audit.js';
import { digestMigrations } from './migrations-digests.js';
import { replicaMigrations } from './migrations-replicas.js';
import { shardMigrations } from './migrations-shards.js';
import { webMigrations } from './migrations-web.js';
import { blobType } from './sql/dialects.js';

const first: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table feeds (url text primary key, state text not null)`.execute(db);
    await sql`create table entries (
      feed_url text not null, canonical_url text not null, fingerprint text not null, title text not null,
      published_at text, outcome text not null, reason text,
      primary key (feed_url, canonical_url))`.execute(db);
    await sql`create table articles (
      id text primary key, canonical_url text not null unique, url text not null, title text not null,
      publisher text not null, author text, published_at text not null, text text not null,
      origin text not null, content_hash text not null)`.execute(db);
    await sql`create index articles_by_time on articles (published_at)`.execute(db);
    await sql`create table chunks (
      id text primary key, article_id text not null, ordinal integer not null, header text not null,
      text text not null, revision bigint not null, deleted integer not null default 0)`.execute(db);
    await sql`create index chunks_by_revision on chunks (revision)`.execute(db);
    await sql`create index chunks_by_article on chunks (article_id)`.execute(db);
    await sql`create table vectors (
      model text not null, chunk_id text not null, vector ${blobType(db)} not null,
      primary key (model, chunk_id))`.execute(db);
    await sql`create table index_state (name text primary key, revision bigint not null)`.execute(db);
    await sql`create table counters (name text primary key, value bigint not null)`.execute(db);
    await sql`insert into counters (name, value) values ('revision', 0)`.execute(db);
    await sql`create table settings (name text primary key, value text not null)`.execute(db);
  },
};

/** Questions name publishers; without the index each distinct one would cost a scan over all texts. */
const publishers: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index articles_by_publisher on articles (publisher)`.execute(db);
  },
};

const stories: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table marks (
      article_id text primary key references articles (id) on delete cascade,
      revision bigint not null, marks ${blobType(db)} not null)`.execute(db);
    await sql`create index marks_by_revision on marks (revision)`.execute(db);
    await sql`insert into counters (name, value) values ('marks', 0)`.execute(db);
    await sql`create table copies (
      article_id text not null references articles (id) on delete cascade,
      copy_id text not null references articles (id) on delete cascade,
      primary key (article_id, copy_id))`.execute(db);
    await sql`create index copies_by_copy on copies (copy_id)`.execute(db);
  },
};

/** What keeps feeds going day after day: claims, own feeds, takedowns, articles that change and those that age. */
const operations: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table articles add column found_at text`.execute(db);
    await sql`alter table articles add column is_history integer not null default 0`.execute(db);
    await sql`create table claims (
      subject text not null, job text not null, owner text not null, expires_at text not null,
      primary key (subject, job))`.execute(db);
    await sql`create table own_feeds (
      url text primary key, added_at text not null, feed text)`.execute(db);
    await sql`create table blocks (
      kind text not null, value text not null, blocked_at text not null, articles integer not null,
      primary key (kind, value))`.execute(db);
    await sql`create table article_revisions (
      article_id text not null references articles (id) on delete cascade, ordinal integer not null,
      replaced_at text not null, content_hash text not null, title text not null, text text not null,
      primary key (article_id, ordinal))`.execute(db);
    await sql`create table rereads (
      article_id text primary key references articles (id) on delete cascade,
      feed_url text not null, due_at text not null, state text not null)`.execute(db);
    await sql`create index rereads_by_time on rereads (due_at)`.execute(db);
    await sql`create index entries_by_address on entries (canonical_url)`.execute(db);
  },
};

/** One takedown may block several addresses of one page; they are lifted together. */
const blockTargets: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table blocks add column target text`.execute(db);
  },
};

/** Questions asked through a platform: who answers them, what was posted, answers, feedback, muted threads. */
const conversations: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table deliveries (
      id text primary key, user_key text not null, platform text not null, tenant text not null,
      channel text not null, taken_at text not null, counts integer not null)`.execute(db);
    await sql`create index deliveries_by_time on deliveries (taken_at) where counts = 1`.execute(db);
    await sql`create index deliveries_by_user on deliveries (user_key, taken_at) where counts = 1`.execute(
      db,
    );
    await sql`create index deliveries_by_channel on deliveries (platform, tenant, channel, taken_at)
      where counts = 1`.execute(db);
    await sql`create index deliveries_by_tenant on deliveries (platform, tenant, taken_at)
      where counts = 1`.execute(db);
    await sql`create table asked (
      id text primary key, platform text not null, tenant text not null, channel text not null,
      thread text not null, message text not null, way text not null, user_key text not null,
      asker text, text text not null, asked_at text not null, state text not null, owner text not null,
      epoch integer not null, lease_until text not null, tries integer not null, posted text not null,
      is_to_stop integer not null default 0, settled_at text)`.execute(db);
    await sql`create unique index asked_by_message on asked (platform, tenant, channel, message)`.execute(db);
    await sql`create index asked_by_thread on asked (platform, tenant, channel, thread, asked_at)`.execute(
      db,
    );
    await sql`create index asked_by_time on asked (asked_at)`.execute(db);
    await sql`create index asked_by_user on asked (user_key)`.execute(db);
    // Few are open at a time, and they are looked for every few seconds.
    await sql`create index asked_open on asked (lease_until) where state in ('pending', 'removing')`.execute(
      db,
    );
    await sql`create table answers (
      question_id text primary key references asked (id) on delete cascade,
      text text not null, verdict text, citations text not null, passages text not null,
      generator text not null)`.execute(db);
    await sql`create table feedback (
      question_id text not null references asked (id) on delete cascade, user_key text not null,
      kind text not null, given_at text not null, primary key (question_id, user_key))`.execute(db);
    await sql`create table mutes (
      platform text not null, tenant text not null, channel text not null, thread text not null,
      muted_at text not null, primary key (platform, tenant, channel, thread))`.execute(db);
  },
};

/** What servers of Discord set for themselves. */
const guildSettings: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table discord_guilds (guild text primary key, settings text not null)`.execute(db);
  },
};

/** Workspaces that installed the Slack app; the row is sealed by the adapter. */
const slackInstallations: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table slack_installations (
      team text primary key, sealed text not null, installed_at text not null)`.execute(db);
  },
};

const MIGRATIONS: Record<string, Migration> = {
  '0001-news': first,
  '0002-publishers': publishers,
  '0003-stories': stories,
  '0010-operations': operations,
  '0011-block-targets': blockTargets,
  '0020-conversations': conversations,
  '0021-slack-installations': slackInstallations,
  '0031-discord-guilds': guildSettings,
  ...digestMigrations,
  ...webMigrations,
  ...auditMigrations,
  ...replicaMigrations,
  ...shardMigrations,
};

/** Those that this version knows. */
export const MIGRATION_NAMES = Object.keys(MIGRATIONS).sort();
export const migrations: MigrationProvider = { getMigrations: async () => MIGRATIONS };
