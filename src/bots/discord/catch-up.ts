// What was written while a session was lost. A resumed session brings it by itself; after a new one Discord tells only
// how far each channel has come, so what is newer than our last event is asked for. The core answers nothing twice.
import { type APIMessage, Routes } from 'discord.js';
import type { Clock } from '../../domain.js';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Packet } from './hear-messages.js';
import { createRecent } from './recent.js';
import type { DiscordApi } from './rest.js';

export interface CatchUp {
  /** Asked of every packet, in order. */
  see(packet: Packet, shard: number): void;
}

export interface CatchUpDeps {
  api: DiscordApi;
  clock: Clock;
  log: Log;
  /** As if the gateway had sent it. */
  deliver(packet: Packet): Promise<void>;
}

/** Older questions answer nobody. */
const LONGEST_MS = 15 * 60_000;
/** Events may overtake each other, and clocks differ. */
const OVERLAP_MS = 5_000;
const MOST_CHANNELS = 200;
const MOST_DIRECT = 200;
const EPOCH = 1_420_070_400_000;

export function createCatchUp({ api, clock, deliver, log }: CatchUpDeps): CatchUp {
  /** When each shard last told us something; milliseconds. */
  const heardAt = new Map<number, number>();
  /** Of shards that lost a session: what is newer than this was missed. */
  const missedSince = new Map<number, { after: string; left: number }>();
  const direct = createRecent<true>(MOST_DIRECT);
  let work = Promise.resolve();

  function begin(shard: number): void {
    const last = heardAt.get(shard);
    if (last === undefined) {
      return;
    }
    const from = Math.max(last - OVERLAP_MS, clock().getTime() - LONGEST_MS);
    const after = String(BigInt(Math.floor(from) - EPOCH) << 22n);
    missedSince.set(shard, { after, left: MOST_CHANNELS });
    for (const channel of shard === 0 ? direct.keys() : []) {
      fetchLater(channel, undefined, after);
    }
  }

  function look(guild: Guild, shard: number): void {
    const missed = missedSince.get(shard);
    for (const { id, last_message_id: newest } of missed
      ? [...(guild.channels ?? []), ...(guild.threads ?? [])]
      : []) {
      if (missed && missed.left > 0 && newest && BigInt(newest) > BigInt(missed.after)) {
        missed.left -= 1;
        fetchLater(id, guild.id, missed.after);
      }
    }
  }

  function fetchLater(channel: string, guild: string | undefined, after: string): void {
    work = work
      .then(async () => {
        const query = { after, limit: '100' };
        const found = await api.surely<APIMessage[]>('GET', Routes.channelMessages(channel), { query });
        for (const message of found.reverse()) {
          await deliver({ t: 'MESSAGE_CREATE', d: { ...message, ...(guild ? { guild_id: guild } : {}) } });
        }
      })
      .catch((error: unknown) => log.debug({ why: describeError(error) }, 'missed messages not read'));
  }

  return {
    see({ d, t }, shard) {
      if (t === 'READY') {
        begin(shard);
      } else if (t === 'GUILD_CREATE') {
        look(d as Guild, shard);
        return;
      } else if (t === 'MESSAGE_CREATE') {
        const { channel_id: channel, guild_id: guild } = d as { channel_id: string; guild_id?: string };
        if (guild === undefined) {
          direct.set(channel, true);
        }
        missedSince.delete(shard);
      }
      heardAt.set(shard, clock().getTime());
    },
  };
}

interface Guild {
  id: string;
  channels?: { id: string; last_message_id?: string | null }[];
  threads?: { id: string; last_message_id?: string | null }[];
}
