// The Discord adapter: hears what people do over the gateway and tells the core; shows what the core says by the REST
// API, as the bot itself.

import type { APIInteraction } from 'discord.js';
import type { Clock } from '../../domain.js';
import { BotError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { DigestDesk } from '../digest-desk.js';
import type { Bot, BotPlatform } from '../ports.js';
import type { Timers } from '../timers.js';
import { createAnswerback } from './answerback.js';
import { type CatchUp, createCatchUp } from './catch-up.js';
import { createChannels } from './channels.js';
import { chooseConnection, type GatewayOptions } from './choose-connection.js';
import { registerCommands } from './commands.js';
import type { Connection } from './connect.js';
import { createDigestSide } from './digest-side.js';
import { tellRefusal } from './endings.js';
import { hearInteractions, type Interactions } from './hear-interactions.js';
import { type Ears, hearMessages, type Packet } from './hear-messages.js';
import type { Where } from './look-up.js';
import { removeMessage } from './own-messages.js';
import { createPace } from './pace.js';
import { missingOf } from './permissions.js';
import { isLent } from './place.js';
import type { FeedLine, GuildSettings, Sharing } from './ports.js';
import { createReply } from './reply.js';
import { createDiscordApi } from './rest.js';
import { createTeller } from './tell.js';
import { openVenue } from './venue.js';

export interface DiscordBotDeps {
  clock: Clock;
  /** The time that the ages of sources are told by. */
  newsClock: Clock;
  timers: Timers;
  log: Log;
  settings: GuildSettings;
  feeds(): Promise<FeedLine[]>;
  /** Absent = nobody can have a digest. */
  digests?: DigestDesk | undefined;
  /** Absent = shards are not held beside other replicas. */
  sharing?: Sharing | undefined;
}

export interface DiscordBotOptions {
  token: string;
  apiUrl: string;
  /** `auto` = as it is switched on in the developer portal. */
  messageContent: 'auto' | 'off';
  shards?: number | undefined;
  sharding: GatewayOptions['sharding'];
  /** The bot answers by lists of channels: not in a thread whose channel Discord does not tell. */
  hasChannelLists: boolean;
  callTimeoutMs: number;
}

/** Discord that cannot be reached yet must not keep the rest from starting. */
const START_MS = 15_000;
/** Two calls each, of the 50 that Discord takes in a second. */
const STATUS_APART_MS = 120;
/** GATEWAY_MESSAGE_CONTENT and, for bots on fewer than 100 servers, its LIMITED form. */
const CONTENT_FLAGS = (1 << 18) | (1 << 19);

export function createDiscordBot(deps: DiscordBotDeps, options: DiscordBotOptions): BotPlatform {
  const { clock, feeds, log, newsClock, settings, timers } = deps;
  const replicas = () => connection?.replicas() ?? 1;
  const api = createDiscordApi({ clock, timers, replicas }, { ...options, timeoutMs: options.callTimeoutMs });
  const answerback = createAnswerback(api, clock);
  const channels = createChannels(api);
  const statusTurn = createPace(timers, () => STATUS_APART_MS * replicas());
  const ending = new AbortController();
  const lackIn = async (guild: string | undefined, channel: string) =>
    missingOf(await connection?.grantedIn({ guild, channel }));
  let connection: Connection | undefined;
  let botId = '';
  let isHearing = false;

  function listen(
    catchUp: CatchUp,
    ears: Ears,
    interactions: Interactions,
  ): (packet: Packet, shard: number) => void {
    return (packet, shard) => {
      if (!isHearing) {
        return;
      }
      catchUp.see(packet, shard);
      if (packet.t === 'INTERACTION_CREATE') {
        void interactions.hear(packet.d as APIInteraction);
      } else if (packet.t === 'THREAD_CREATE') {
        const { id, parent_id: parent } = packet.d as { id: string; parent_id?: string };
        channels.learn(id, parent ?? '');
      } else {
        void ears.hear(packet);
      }
    };
  }

  async function isOpen(guild: string, channel: string | undefined): Promise<boolean> {
    const closed = await settings.closed(guild);
    return channel === undefined
      ? closed.length === 0 && !options.hasChannelLists
      : !closed.includes(channel);
  }

  async function open(bot: Bot): Promise<void> {
    const patiently = { signal: ending.signal, withinMs: Number.POSITIVE_INFINITY };
    const application = await api
      .surely<{ id: string; flags: number }>('GET', '/applications/@me', patiently)
      .catch(tellRefusal);
    botId = application.id;
    const isGranted = (application.flags & CONTENT_FLAGS) !== 0;
    const hasMessageContent = options.messageContent === 'auto' && isGranted;
    if (options.messageContent === 'auto' && !isGranted) {
      log.warn(
        'discord has not granted Message Content: follow-ups in threads need a mention; doctor says how to switch it on',
      );
    }
    const lookUp = async (where: Where) => connection?.lookUp(where) ?? { botId };
    const ears = hearMessages({ bot, channels, isOpen, log, lookUp });
    const interactions = hearInteractions({
      ...{ api, answerback, bot, channels, settings, log, timers, feeds, isOpen, lookUp },
      ...{ digests: deps.digests, missingIn: lackIn },
    });
    const directChannels = deps.sharing?.directChannels;
    const catchUp = createCatchUp({ api, clock, log, deliver: ears.hear, directChannels });
    const onPacket = listen(catchUp, ears, interactions);
    await registerCommands(api, application.id, patiently);
    const gateway = { api, botId, clock, log, timers, onPacket, heard: catchUp, sharing: deps.sharing };
    connection = chooseConnection(gateway, { ...options, hasMessageContent });
    await connection.open(ending.signal);
  }

  const teller = createTeller({
    ...{ api, answerback, channels, log, newsClock },
    missingIn: lackIn,
  });

  return {
    name: 'discord',

    ...createDigestSide({ api, channels, newsClock, botId: () => botId, connection: () => connection }),

    async start(bot) {
      isHearing = true;
      const opening = open(bot);
      // One that fails later has been told to the log.
      opening.catch(() => {});
      let cancel = () => {};
      const late = new Promise<void>((resolve) => {
        cancel = timers.after(START_MS, () => {
          log.warn('discord cannot be reached yet; it is tried again and again');
          resolve();
        });
      });
      await Promise.race([opening, late]);
      cancel();
    },

    async pause() {
      isHearing = false;
      ending.abort(new BotError('restarting', 'the bots are being stopped'));
      await connection?.close();
    },

    async stop() {},
    isConnected: () => isHearing && connection?.isOpen() === true,

    // The token of the command that asked is known to this process alone.
    isBoundHere: ({ thread }) => isLent(thread),

    open(turn) {
      const isThread = (channel: string) => channels.isThread(channel);
      const venue = openVenue({ api, answerback, botId, isThread }, turn);
      return createReply(
        {
          venue,
          statusTurn,
          clock,
          newsClock,
          timers,
          log,
          onRefused: (error) => teller.explain(turn, error),
        },
        turn,
      );
    },

    async remove(_place, posted) {
      for (const id of posted) {
        await removeMessage({ api, answerback }, id, '');
      }
    },

    tell: teller.tell,
  };
}
