// What was written while a session was lost. A resumed session brings it by itself; after a new one Discord tells only
// how far each channel has come, so what is newer than our last event is asked for. The core answers nothing twice.
import { type APIMessage, Routes } from 'discord.js';
import type { Clock } from '../../domain.js';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Packet } from './hear-messages.js';
import { createRecent } from './recent.js';
import type { DiscordApi } from './rest.js';

/** How far each shard was heard, for whoever holds it next. */
export interface Heard {
  /** Until then everything that the shard told was heard; undefined = it never told anything. */
  until(shard: number): Date | undefined;
  /** Another process heard the shard until then: its next session begins with what came since. */
  goOnFrom(shard: number, time: Date): void;
}

export interface CatchUp extends Heard {
  /** Asked of every packet, in order. */
  see(packet: Packet, shard: number): void;
}

export interface CatchUpDeps {
  api: DiscordApi;
  clock: Clock;
  log: Log;
  /** As if the gateway had sent it. */
  deliver(packet: Packet): Promise<void>;
  /** Direct conversations that other processes had; absent = there are no others. */
  directChannels?: (() => Promise<string[]>) | undefined;
}

/** Older questions answer nobody. */
const LONGEST_MS = 15 * 60_000;
/** Events may overtake each other, and clocks differ. */
const OVERLAP_MS = 5_000;
/** All servers of a shard are told of within so long after it is ready; what comes later has only been away itself. */
const TELLING_MS = 60_000;
const MOST_CHANNELS = 200;
const MOST_DIRECT = 200;
const EPOCH = 1_420_070_400_000;

/** A session that was lost: what is newer than `after`, an id, was missed. */
interface Missed {
  from: number;
  after: string;
  left: number;
  endsAt: number;
}

export function createCatchUp({ api, clock, deliver, directChannels, log }: CatchUpDeps): CatchUp {
  /** When each shard last told us something; milliseconds. */
  const heardAt = new Map<number, number>();
  const missed = new Map<number, Missed>();
  const direct = createRecent<true>(MOST_DIRECT);
  let work = Promise.resolve();

  /** Undefined = nothing was missed, or all servers have been told of. */
  function missedBy(shard: number): Missed | undefined {
    const found = missed.get(shard);
    return found && clock().getTime() < found.endsAt ? found : undefined;
  }

  function begin(shard: number): void {
    const now = clock().getTime();
    const last = missedBy(shard)?.from ?? heardAt.get(shard);
    if (last === undefined) {
      return;
    }
    const from = Math.max(last - OVERLAP_MS, now - LONGEST_MS);
    const after = String(BigInt(Math.floor(from) - EPOCH) << 22n);
    missed.set(shard, { from: last, after, left: MOST_CHANNELS, endsAt: now + TELLING_MS });
    if (shard === 0) {
      void lookDirect(after);
    }
  }

  async function lookDirect(after: string): Promise<void> {
    const others = await directChannels?.().catch(() => []);
    for (const channel of new Set([...direct.keys(), ...(others ?? [])])) {
      fetchLater(channel, undefined, after);
    }
  }

  function look(guild: Guild, shard: number): void {
    const lost = missedBy(shard);
    for (const { id, last_message_id: newest } of lost
      ? [...(guild.channels ?? []), ...(guild.threads ?? [])]
      : []) {
      if (lost && lost.left > 0 && newest && BigInt(newest) > BigInt(lost.after)) {
        lost.left -= 1;
        fetchLater(id, guild.id, lost.after);
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
      }
      heardAt.set(shard, clock().getTime());
    },

    until(shard) {
      // Who dies while catching up has not heard what was missed.
      const time = missedBy(shard)?.from ?? heardAt.get(shard);
      return time === undefined ? undefined : new Date(time);
    },
    goOnFrom(shard, time) {
      missed.delete(shard);
      heardAt.set(shard, time.getTime());
    },
  };
}

interface Guild {
  id: string;
  channels?: { id: string; last_message_id?: string | null }[];
  threads?: { id: string; last_message_id?: string | null }[];
}
