// One shard in a process of its own, started by shards.ts: it holds the connection to the gateway and what discord.js
// keeps of its servers, and hands on what the bot reads. It ends when the process that started it does.
import { z } from 'zod';
import { LOG_LEVELS } from '../../choices.js';
import { BotError } from '../../errors.js';
import { createLog } from '../../log.js';
import { realTimers } from '../timers.js';
import { connectDiscord } from './connect.js';
import { isEmpty, type Packet } from './hear-messages.js';
import { lookUp } from './look-up.js';
import type { RawMessage } from './read-message.js';
import type { FromShard } from './shards.js';

const options = z
  .object({
    apiUrl: z.string(),
    hasMessageContent: z.boolean(),
    shards: z.number(),
    logLevel: z.enum(LOG_LEVELS),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const log = createLog(options.logLevel);
const say = (message: FromShard) => process.send?.(message, undefined, undefined, () => {});
const connection = connectDiscord(
  { log, timers: realTimers, onPacket: handOn },
  // discord.js reads the token and which shard it is from the environment that ShardingManager made.
  { ...options, token: undefined },
);
const ending = new AbortController();

process.on('disconnect', () => {
  ending.abort(new BotError('restarting', 'the process that started the shard has ended'));
  void connection.close().finally(() => process.exit(0));
});
// Meant for the one that started us; what is under way there may still end.
process.on('SIGINT', () => {}).on('SIGTERM', () => {});

connection.open(ending.signal).catch((error: unknown) => {
  if (!ending.signal.aborted) {
    say({ refused: (error as Error).message });
  }
});

function handOn({ d, t }: Packet): void {
  if (t === 'READY') {
    say({ packet: { t, d: {} } });
  } else if (t === 'GUILD_CREATE') {
    const { channels = [], id, threads = [] } = d as Guild;
    say({ packet: { t, d: { id, channels: channels.map(newestOf), threads: threads.map(newestOf) } } });
  } else if (t === 'MESSAGE_CREATE' || t === 'MESSAGE_UPDATE') {
    const message = d as RawMessage;
    if (!isEmpty(message)) {
      const where = { guild: message.guild_id, channel: message.channel_id };
      say({ packet: { t, d, found: lookUp(connection.client, where) } });
    }
  } else if (HANDED_ON.includes(t)) {
    say({ packet: { t, d } });
  }
}

const HANDED_ON = ['INTERACTION_CREATE', 'THREAD_CREATE', 'MESSAGE_DELETE', 'MESSAGE_DELETE_BULK'];

interface Guild {
  id: string;
  channels?: Newest[];
  threads?: Newest[];
}

interface Newest {
  id: string;
  last_message_id?: string | null;
}

/** All that catching up reads of a channel. */
function newestOf({ id, last_message_id }: Newest): Newest {
  return { id, ...(last_message_id ? { last_message_id } : {}) };
}
