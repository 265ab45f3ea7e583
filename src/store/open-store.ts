// Opens the store, a file of SQLite or a database of PostgreSQL, and hands out one query object per aggregate.
import type { Log } from '../log.js';
import { type ArticleStore, createArticleStore } from './articles.js';
import { type AuditStore, createAuditStore } from './audit.js';
import type { UpgradeBackups } from './backup/before-upgrade.js';
import { type BlockStore, createBlockStore } from './blocks.js';
import { type ChunkStore, createChunkStore } from './chunks.js';
import { type ClaimStore, createClaimStore } from './claims.js';
import { type ConversationStore, createConversationStore } from './conversations.js';
import { createDigestNewsStore, type DigestNewsStore } from './digest-news.js';
import { createDigestStore, type DigestStore } from './digests.js';
import { createDiscordShardStore, type DiscordShardStore } from './discord-shards.js';
import { createFeedStore, type FeedStore } from './feeds.js';
import { createFigureStore, type FigureStore } from './figures.js';
import { createGuildSettingsStore, type GuildSettingsStore } from './guild-settings.js';
import { createHostStore, type HostStore } from './hosts.js';
import { createInstallationStore, type InstallationStore } from './installations.js';
import { createCopyLinker } from './link-copies.js';
import type { OpenDatabase } from './open-database.js';
import { createOwnFeedStore, type OwnFeedStore } from './own-feeds.js';
import type { DatabaseLimits } from './postgres/pool.js';
import { type ArticleRemover, createArticleRemover } from './remove-articles.js';
import { createRereadStore, type RereadStore } from './rereads.js';
import { type ArticleRevision, revisionsOf } from './revisions.js';
import { createSharedSecret, type SharedSecret } from './shared-secret.js';
import { openSqlite } from './sqlite/open-sqlite.js';
import { createStoryStore, type StoryStore } from './stories.js';
import { createSubscriptionStore, type SubscriptionStore } from './subscriptions.js';
import { createSwitchStore, type SwitchStore } from './switches.js';
import { createVectorStore, type VectorStore } from './vectors.js';
import { createWatchStore, type WatchStore } from './watches.js';
import { createWebPostStore, type WebPostStore } from './web-posts.js';

export interface StoreOptions {
  /** A file of an older version is copied before it is upgraded. */
  backups?: UpgradeBackups | undefined;
  /** Told when a database is lost and found again. */
  log?: Log | undefined;
  database?: DatabaseLimits | undefined;
}

export interface Store extends Pick<OpenDatabase, 'file' | 'clock' | 'onWake'> {
  /** Absent = the store is a file, and the secret is one beside it. */
  sharedSecret?: SharedSecret | undefined;
  articles: ArticleStore;
  chunks: ChunkStore;
  vectors: VectorStore;
  feeds: FeedStore;
  stories: StoryStore;
  switches: SwitchStore;
  claims: ClaimStore;
  hosts: HostStore;
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
  discordShards: DiscordShardStore;
  subscriptions: SubscriptionStore;
  digests: DigestStore;
  watches: WatchStore;
  webPosts: WebPostStore;
  figures: FigureStore;
  audit: AuditStore;
  close(): Promise<void>;
}

/** The store is a database of PostgreSQL then, and a folder otherwise. */
export const isDatabaseAddress = (place: string): boolean => /^postgres(ql)?:\/\//i.test(place);

/**
 * Opens the store, made or upgraded where need be: `store.sqlite` in the folder `place`, or the database whose address
 * it is (postgres://USER:PASSWORD@HOST/NAME). Errors: `store_damaged`, `store_newer` (made by a later version),
 * `disk_full`, `backup_failed`, `store_unusable`; of a database those of `openPostgres`.
 */
export async function openStore(place: string, options: StoreOptions = {}): Promise<Store> {
  const { close, clock, db, file, onWake } = await openPlace(place, options);
  const linkCopies = createCopyLinker();
  return {
    file,
    clock,
    onWake,
    sharedSecret: isDatabaseAddress(place) ? createSharedSecret(db) : undefined,
    articles: createArticleStore(db, linkCopies),
    chunks: createChunkStore(db),
    vectors: createVectorStore(db),
    feeds: createFeedStore(db),
    stories: createStoryStore(db, linkCopies),
    switches: createSwitchStore(db),
    claims: createClaimStore(db),
    hosts: createHostStore(db, clock),
    ownFeeds: createOwnFeedStore(db),
    blocks: createBlockStore(db),
    remover: createArticleRemover(db),
    rereads: createRereadStore(db),
    conversations: createConversationStore(db),
    digestNews: createDigestNewsStore(db),
    installations: createInstallationStore(db),
    revisions: (articleId) => revisionsOf(db, articleId),
    guildSettings: createGuildSettingsStore(db),
    discordShards: createDiscordShardStore(db),
    subscriptions: createSubscriptionStore(db),
    digests: createDigestStore(db),
    watches: createWatchStore(db),
    webPosts: createWebPostStore(db),
    figures: createFigureStore(db),
    audit: createAuditStore(db),
    close,
  };
}

async function openPlace(place: string, { backups, log, database }: StoreOptions): Promise<OpenDatabase> {
  if (!isDatabaseAddress(place)) {
    return openSqlite(place, backups);
  }
  const { openPostgres } = await import('./postgres/open-postgres.js');
  return openPostgres(place, { log, ...database });
}
