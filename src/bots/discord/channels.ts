// Which channel a thread belongs to: what the gateway told, a memory of our own, or a question to Discord.
import { type APIChannel, Routes } from 'discord.js';
import type { Found } from './look-up.js';
import { createRecent } from './recent.js';
import type { DiscordApi } from './rest.js';

export interface Channels {
  /** Null = it is no thread; undefined = Discord does not tell us. `found` = what the gateway keeps of it. */
  parentOf(channel: string, found: Found['channel']): Promise<string | null | undefined>;
  /** Whether it is known to be a thread. */
  isThread(channel: string): boolean;
  /** A thread that the gateway or a command told of. */
  learn(thread: string, parent: string): void;
}

const MOST_THREADS = 20_000;
/** PublicThread, PrivateThread, AnnouncementThread. */
export const isThreadType = (type: number) => type >= 10 && type <= 12;

export function createChannels(api: DiscordApi): Channels {
  const parents = createRecent<string>(MOST_THREADS);

  async function ask(channel: string): Promise<string | null | undefined> {
    const found = await api.surely<APIChannel>('GET', Routes.channel(channel)).catch(() => undefined);
    if (!found) {
      return undefined;
    }
    return isThreadType(found.type) ? ((found as { parent_id?: string }).parent_id ?? undefined) : null;
  }

  return {
    async parentOf(channel, found) {
      const known = parents.get(channel);
      if (known !== undefined || (found && !found.isThread)) {
        return known ?? null;
      }
      const parent = found?.parent ?? (await ask(channel));
      if (parent) {
        parents.set(channel, parent);
      }
      return parent;
    },
    isThread: (channel) => parents.get(channel) !== undefined,
    learn: (thread, parent) => parents.set(thread, parent),
  };
}
