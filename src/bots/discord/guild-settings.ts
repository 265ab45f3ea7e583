// What a server has set, kept in the store and, for a while, at hand: every message asks for it.
import { z } from 'zod';
import type { Clock } from '../../domain.js';
import type { RecordChange } from '../changes.js';
import type { GuildSettings, SettingsStore } from './ports.js';
import { createRecent } from './recent.js';

const stored = z.object({ closed: z.array(z.string()).catch([]) });

const MOST_AT_HAND = 5_000;
/** So late a process learns of what was set through another one. */
const AT_HAND_MS = 60_000;

export function createGuildSettings(
  store: SettingsStore,
  clock: Clock,
  /** Absent = nobody keeps a log. */
  record: RecordChange = async () => {},
): GuildSettings {
  const atHand = createRecent<{ closed: string[]; until: number }>(MOST_AT_HAND);

  function keep(guild: string, closed: string[]): string[] {
    atHand.set(guild, { closed, until: clock().getTime() + AT_HAND_MS });
    return closed;
  }

  async function read(guild: string): Promise<string[]> {
    const text = await store.get(guild);
    return text === undefined ? [] : stored.parse(JSON.parse(text)).closed;
  }

  return {
    async closed(guild) {
      const known = atHand.get(guild);
      return known && known.until > clock().getTime() ? known.closed : keep(guild, await read(guild));
    },
    async setClosed(guild, channel, isClosed, user) {
      const others = (await read(guild)).filter((one) => one !== channel);
      const closed = isClosed ? [...others, channel] : others;
      await store.put(guild, JSON.stringify({ closed }));
      keep(guild, closed);
      const action = isClosed ? 'channel closed' : 'channel opened';
      await record({ platform: 'discord', tenant: guild, user, action, subject: channel, details: '' });
    },
  };
}
