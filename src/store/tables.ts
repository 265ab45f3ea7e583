// All tables with their keys, those that others refer to first.
import type { Schema } from './schema.js';

type Keys = { [Table in keyof Schema]: (keyof Schema[Table] & string)[] };

const KEYS: Keys = {
  settings: ['name'],
  counters: ['name'],
  feeds: ['url'],
  entries: ['feed_url', 'canonical_url'],
  own_feeds: ['url'],
  blocks: ['kind', 'value'],
  claims: ['subject', 'job'],
  hosts: ['host'],
  articles: ['id'],
  article_revisions: ['article_id', 'ordinal'],
  rereads: ['article_id'],
  marks: ['article_id'],
  copies: ['article_id', 'copy_id'],
  chunks: ['id'],
  vectors: ['model', 'chunk_id'],
  index_state: ['name'],
  deliveries: ['id'],
  asked: ['id'],
  answers: ['question_id'],
  feedback: ['question_id', 'user_key'],
  mutes: ['platform', 'tenant', 'channel', 'thread'],
  web_posts: ['id'],
  slack_installations: ['team'],
  discord_guilds: ['guild'],
  subscriptions: ['id'],
  digests: ['subscription_id', 'local_date'],
  outbox: ['subscription_id', 'local_date'],
  compositions: ['key'],
  breaking: ['subscription_id', 'article_id'],
  watches: ['id'],
  audit: ['id'],
  discord_shards: ['shard'],
  discord_replicas: ['owner'],
  discord_identifies: ['bucket'],
};

export interface Table {
  name: keyof Schema;
  /** Columns of the primary key, in its order. */
  key: string[];
}

export const TABLES: Table[] = Object.entries(KEYS).map(([name, key]) => ({
  name: name as keyof Schema,
  key,
}));
