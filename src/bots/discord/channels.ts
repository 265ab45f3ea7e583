// Which channel a thread belongs to: what the gateway told, a memory of our own, or a question to Discord.
import { type APIChannel, type Client, Routes } from 'discord.js';
import { createRecent } from './recent.js';
import type { DiscordApi } from './rest.js';

export interface Channels {
  /** Undefined = it is no thread, or Discord does not show it to us. */
  parentOf(channel: string): Promise<string | undefined>;
  /** Whether it is known to be a thread. */
  isThread(channel: string): boolean;
  /** A thread that the gateway or a command told of. */
  learn(thread: string, parent: string): void;
}

const MOST_THREADS = 20_000;
/** PublicThread, PrivateThread, AnnouncementThread. */
export const isThreadType = (type: number) => type >= 10 && type <= 12;

export function createChannels(api: DiscordApi, client: () => Client): Channels {
  const parents = createRecent<string>(MOST_THREADS);
  return {
    async parentOf(channel) {
      const known = parents.get(channel);
      if (known !== undefined) {
        return known;
      }
      const cached = client().channels.cache.get(channel);
      if (cached && !cached.isThread()) {
        return undefined;
      }
      const found =
        cached ?? (await api.surely<APIChannel>('GET', Routes.channel(channel)).catch(() => undefined));
      const parent = cached?.isThread()
        ? cached.parentId
        : (found as { parent_id?: string } | undefined)?.parent_id;
      if (found && parent && isThreadType(found.type)) {
        parents.set(channel, parent);
        return parent;
      }
      return undefined;
    },
    isThread: (channel) => parents.get(channel) !== undefined,
    learn: (thread, parent) => parents.set(thread, parent),
  };
}
