// The gateway, held by discord.js: it heartbeats, resumes and identifies again by itself, over as many shards as are
// wanted. What it keeps in memory is bounded to what permissions need; everything else is read as it arrives.
import { Client, Events, GatewayIntentBits as Intents, Options, type RESTOptions, Status } from 'discord.js';
import { BotError, describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import { pause, type Timers, within } from '../timers.js';
import { endingOf } from './endings.js';
import type { Packet } from './hear-messages.js';
import type { IdentifyTurns } from './identify-turns.js';
import { type Found, type Granted, grantedIn, lookUp, type Where } from './look-up.js';

export interface ConnectOptions {
  /** Undefined = discord.js reads it from the environment. */
  token: string | undefined;
  apiUrl: string;
  /** Whether the privileged intent for message content is switched on in the developer portal. */
  hasMessageContent: boolean;
  /** How many there are; absent = what Discord advises. */
  shards?: number | undefined;
  /** The only one to connect, when its turn has come; absent = all. */
  own?: { shard: number; turns: IdentifyTurns } | undefined;
}

export interface ConnectDeps {
  log: Log;
  timers: Timers;
  onPacket(packet: Packet, shard: number): void;
  /** Discord ended a connection for good. */
  onRefused?: ((error: BotError) => void) | undefined;
}

export interface Connection {
  /**
   * Comes back when all servers are known. What passes by itself is tried again until the signal aborts.
   * Error: `discord_refused`, with what to do.
   */
  open(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
  /** Whether every shard hears. */
  isOpen(): boolean;
  /** What is known of a place without asking Discord. */
  lookUp(where: Where): Promise<Found>;
  /** What the bot may do in a channel, as far as the gateway told. */
  grantedIn(where: Where): Promise<Granted | undefined>;
  /** Processes that share what Discord allows the bot, this one among them. */
  replicas(): number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Longer than a login that succeeds takes. */
const LOGIN_MS = 5_000;
/** Threads are remembered elsewhere; discord.js would keep all that were ever active. Seconds. */
const THREAD_SWEEP_SECONDS = 60;

/** All shards in this process, but for those that SHARDS in the environment names. */
export function connectDiscord(
  { log, onPacket, onRefused, timers }: ConnectDeps,
  options: ConnectOptions,
): Connection & { client: Client } {
  const { own } = options;
  const client = new Client({
    intents: [
      Intents.Guilds,
      Intents.GuildMessages,
      Intents.DirectMessages,
      ...(options.hasMessageContent ? [Intents.MessageContent] : []),
    ],
    rest: { api: options.apiUrl } satisfies Partial<RESTOptions>,
    ...(options.shards === undefined ? { shards: 'auto' as const } : { shardCount: options.shards }),
    ...(own && { shards: [own.shard], ws: { buildIdentifyThrottler: () => own.turns } }),
    makeCache: Options.cacheWithLimits({
      ...Object.fromEntries(UNUSED.map((manager) => [manager, 0])),
      GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    sweepers: { threads: { interval: THREAD_SWEEP_SECONDS, filter: () => () => true } },
    allowedMentions: { parse: [] },
  });
  // discord.js forgets it when a try to connect fails.
  const token = options.token ?? client.token ?? '';
  let refusal: BotError | undefined;
  let underWay = Promise.resolve();
  let refuse: (error: BotError) => void = () => {};
  client.on(Events.Raw, (packet: Packet, shard: number) => onPacket(packet, shard));
  client.on(Events.Error, (error) => log.warn({ why: describeError(error) }, 'discord client error'));
  client.on(Events.ShardError, (error, shard) =>
    log.warn({ shard, why: describeError(error) }, 'discord connection error'),
  );
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    const error = endingOf(code);
    log.error({ shard, code, why: error.message }, 'discord ended the connection for good');
    refusal = error;
    refuse(error);
    onRefused?.(error);
  });
  client.on(Events.ShardResume, (shard, replayed) =>
    log.debug({ shard, replayed }, 'discord connection resumed'),
  );

  async function once(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const ready = new Promise<void>((resolve, reject) => {
      client.once(Events.ClientReady, () => resolve());
      refuse = reject;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const login = client.login(token).catch((error: unknown) => {
      throw refusal ?? error;
    });
    underWay = login.then(
      () => {},
      () => {},
    );
    await Promise.all([login, ready]);
  }

  return {
    client,
    async open(signal) {
      for (let waitMs = FIRST_PAUSE_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS)) {
        try {
          await once(signal);
          return;
        } catch (error) {
          if (signal.aborted || error instanceof BotError) {
            throw error;
          }
          if ((error as { code?: unknown }).code === 'TokenInvalid') {
            throw endingOf(4004);
          }
          log.warn({ why: describeError(error) }, 'discord cannot be reached yet');
          await pause(timers, waitMs, signal);
        }
      }
    },
    async close() {
      // A client that is destroyed while it logs in connects all the same.
      await within(timers, LOGIN_MS, underWay);
      await client.destroy();
    },
    isOpen: () => client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
    lookUp: async (where) => lookUp(client, where),
    grantedIn: async (where) => grantedIn(client, where),
    replicas: () => 1,
  };
}

/** What the adapter reads from the events themselves, or does not read. */
const UNUSED = [
  'ApplicationCommandManager',
  'ApplicationEmojiManager',
  'AutoModerationRuleManager',
  'BaseGuildEmojiManager',
  'DMMessageManager',
  'EntitlementManager',
  'GuildBanManager',
  'GuildEmojiManager',
  'GuildForumThreadManager',
  'GuildInviteManager',
  'GuildMessageManager',
  'GuildScheduledEventManager',
  'GuildStickerManager',
  'GuildTextThreadManager',
  'MessageManager',
  'PresenceManager',
  'ReactionManager',
  'ReactionUserManager',
  'StageInstanceManager',
  'ThreadManager',
  'ThreadMemberManager',
  'VoiceStateManager',
] as const;
