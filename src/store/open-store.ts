// Opens the store: checks the file, brings its schema up to date and hands out one query object per
// aggregate. A damaged, foreign or newer file stops the start with one line; nothing is repaired silently.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Kysely, Migrator, sql } from 'kysely';
import { BotError, describeError, isBotError } from '../errors.js';
import { type ArticleStore, createArticleStore } from './articles.js';
import { type AuditStore, createAuditStore } from './audit.js';
import type { UpgradeBackups } from './backup/before-upgrade.js';
import { type BlockStore, createBlockStore } from './blocks.js';
import { type ChunkStore, createChunkStore } from './chunks.js';
import { type ClaimStore, createClaimStore } from './claims.js';
import { type ConversationStore, createConversationStore } from './conversations.js';
import { createSqliteDialect, openDatabase, type SqliteFile } from './dialect.js';
import { createDigestNewsStore, type DigestNewsStore } from './digest-news.js';
import { createDigestStore, type DigestStore } from './digests.js';
import { createFeedStore, type FeedStore } from './feeds.js';
import { createFigureStore, type FigureStore } from './figures.js';
import { createGuildSettingsStore, type GuildSettingsStore } from './guild-settings.js';
import { createInstallationStore, type InstallationStore } from './installations.js';
import { createCopyLinker } from './link-copies.js';
import { migrations } from './migrations.js';
import { createOwnFeedStore, type OwnFeedStore } from './own-feeds.js';
import { type ArticleRemover, createArticleRemover } from './remove-articles.js';
import { createRereadStore, type RereadStore } from './rereads.js';
import { type ArticleRevision, revisionsOf } from './revisions.js';
import type { Schema } from './schema.js';
import { createStoryStore, type StoryStore } from './stories.js';
import { createSubscriptionStore, type SubscriptionStore } from './subscriptions.js';
import { createVectorStore, type VectorStore } from './vectors.js';
import { createWatchStore, type WatchStore } from './watches.js';
import { createWebPostStore, type WebPostStore } from './web-posts.js';

export interface Store {
  file: string;
  articles: ArticleStore;
  chunks: ChunkStore;
  vectors: VectorStore;
  feeds: FeedStore;
  stories: StoryStore;
  claims: ClaimStore;
  ownFeeds: OwnFeedStore;
  blocks: BlockStore;
  remover: ArticleRemover;
  rereads: RereadStore;
  conversations: ConversationStore;
  digestNews: DigestNewsStore;
  installations: InstallationStore;
  /** The former texts of an article, the oldest first. */
  revisions(articleId: string): Promise<ArticleRevision[]>;
  guildSettings: GuildSettingsStore;
  subscriptions: SubscriptionStore;
  digests: DigestStore;
  watches: WatchStore;
  webPosts: WebPostStore;
  figures: FigureStore;
  audit: AuditStore;
  close(): Promise<void>;
}

/**
 * Opens or makes `<folder>/store.sqlite`; one of an older version is upgraded, and with `backups` copied before.
 * Errors: `store_damaged`, `store_newer` (made by a later version), `disk_full`, `backup_failed`, `store_unusable`.
 */
export async function openStore(folder: string, backups?: UpgradeBackups): Promise<Store> {
  const file = path.join(folder, 'store.sqlite');
  const database = openChecked(folder, file);
  const db = new Kysely<Schema>({ dialect: createSqliteDialect(database) });
  try {
    // Migrations that are made side by side land in any order; a store made between two of them takes up both.
    const migrator = new Migrator({ db, provider: migrations, allowUnorderedMigrations: true });
    if (backups && (await isOlder(migrator))) {
      const { backUpBefore } = await import('./backup/before-upgrade.js');
      await backUpBefore(folder, backups);
    }
    const { error } = await migrator.migrateToLatest();
    if (error) {
      throw error;
    }
  } catch (error) {
    await db.destroy();
    throw isBotError(error) ? error : migrationError(file, error);
  }
  const linkCopies = createCopyLinker();
  return {
    file,
    articles: createArticleStore(db, linkCopies),
    chunks: createChunkStore(db),
    vectors: createVectorStore(db),
    feeds: createFeedStore(db),
    stories: createStoryStore(db, linkCopies),
    claims: createClaimStore(db),
    ownFeeds: createOwnFeedStore(db),
    blocks: createBlockStore(db),
    remover: createArticleRemover(db),
    rereads: createRereadStore(db),
    conversations: createConversationStore(db),
    digestNews: createDigestNewsStore(db),
    installations: createInstallationStore(db),
    revisions: (articleId) => revisionsOf(db, articleId),
    guildSettings: createGuildSettingsStore(db),
    subscriptions: createSubscriptionStore(db),
    digests: createDigestStore(db),
    watches: createWatchStore(db),
    webPosts: createWebPostStore(db),
    figures: createFigureStore(db),
    audit: createAuditStore(db),
    async close() {
      // SQLite does this when the last connection closes, but ours lives on until its statements are collected,
      // and whoever copies the file wants all of it. Passive: waits for nobody.
      await sql`pragma wal_checkpoint(passive)`.execute(db);
      await db.destroy();
    },
  };
}

/** Whether it has seen some migrations, and not all. */
async function isOlder(migrator: Migrator): Promise<boolean> {
  const all = await migrator.getMigrations();
  const done = all.filter(({ executedAt }) => executedAt);
  return done.length > 0 && done.length < all.length;
}

function openChecked(folder: string, file: string): SqliteFile {
  let database: SqliteFile | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    database = openDatabase(file);
    // One page with a bad header opens without a word; only a check finds it.
    const [row] = database.prepare('pragma quick_check(1)').all() as { quick_check: string }[];
    if (row?.quick_check !== 'ok') {
      throw new Error(`malformed: ${row?.quick_check}`);
    }
    return database;
  } catch (error) {
    database?.close();
    throw storeError(file, error);
  }
}

/** Turns what SQLite says into a line with a way out. */
function storeError(file: string, error: unknown): BotError {
  const text = describeError(error);
  if (/malformed|not a database|corrupt/i.test(text)) {
    return new BotError(
      'store_damaged',
      `${file} is damaged (${text}); move it away and run "third-umpire ingest" again, or restore a backup`,
      { cause: error },
    );
  }
  if (/disk is full|ENOSPC/i.test(text)) {
    return new BotError('disk_full', `${file}: the disk is full; free some space and run the command again`, {
      cause: error,
    });
  }
  return new BotError(
    'store_unusable',
    `${file} cannot be used: ${text}; check the folder and its permissions`,
    {
      cause: error,
    },
  );
}

function migrationError(file: string, error: unknown): BotError {
  if (/corrupted migrations|is missing/i.test(describeError(error))) {
    return new BotError(
      'store_newer',
      `${file} was made by a newer version of Third Umpire; update the program`,
      {
        cause: error,
      },
    );
  }
  return storeError(file, error);
}
