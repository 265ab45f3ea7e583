// What people write, change and take back, as the gateway tells it: read as it arrives, whatever discord.js has cached.
import type { Client } from 'discord.js';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Bot } from '../ports.js';
import type { Channels } from './channels.js';
import { DIRECT } from './place.js';
import { type RawMessage, readMessage, type Self } from './read-message.js';

export interface HearDeps {
  bot: Bot;
  channels: Channels;
  log: Log;
  self(guild: string | undefined): Self;
  /** Whether the server lets us answer in a channel. */
  isOpen(guild: string, channel: string): Promise<boolean>;
}

export interface Packet {
  t: string;
  d: object;
}

export interface Ears {
  /** Never fails; comes back when the core has it. */
  hear(packet: Packet): Promise<void>;
}

export function hearMessages({ bot, channels, isOpen, log, self }: HearDeps): Ears {
  async function read(message: RawMessage) {
    const guild = message.guild_id;
    // Without the privileged intent, what is not for us comes without its text.
    if (message.author === undefined || (guild && message.content === '')) {
      return undefined;
    }
    const parent = guild ? await channels.parentOf(message.channel_id) : undefined;
    const incoming = readMessage(message, self(guild), parent);
    return incoming && guild && !(await isOpen(guild, incoming.channel)) ? undefined : incoming;
  }

  async function posted(message: RawMessage): Promise<void> {
    const incoming = await read(message);
    await (incoming && bot.onMessage(incoming));
  }

  async function changed(message: RawMessage): Promise<void> {
    // Also told when a link unfolds or a thread opens; then nobody edited it.
    const at = message.edited_timestamp;
    const incoming = at ? await read(message) : undefined;
    await (incoming && bot.onEdited({ ...incoming, deliveryId: `edit ${incoming.message} ${at}` }));
  }

  async function deleted({ channel_id: here, guild_id: guild, id }: Deleted): Promise<void> {
    const parent = guild ? await channels.parentOf(here) : undefined;
    await bot.onDeleted({
      platform: 'discord',
      tenant: guild ?? DIRECT,
      channel: parent ?? here,
      message: id,
    });
  }

  async function route({ d, t }: Packet): Promise<void> {
    if (t === 'MESSAGE_CREATE') {
      await posted(d as RawMessage);
    } else if (t === 'MESSAGE_UPDATE') {
      await changed(d as RawMessage);
    } else if (t === 'MESSAGE_DELETE') {
      await deleted(d as Deleted);
    } else if (t === 'MESSAGE_DELETE_BULK') {
      const { ids, ...place } = d as Omit<Deleted, 'id'> & { ids: string[] };
      for (const id of ids) {
        await deleted({ ...place, id });
      }
    }
  }

  return {
    hear: (packet) =>
      route(packet).catch((error: unknown) =>
        log.warn({ event: packet.t, why: describeError(error) }, 'event not taken up'),
      ),
  };
}

interface Deleted {
  id: string;
  channel_id: string;
  guild_id?: string;
}

/** Who the bot is on a server. */
export function selfOn(client: Client, guild: string | undefined): Self {
  const user = client.user;
  const roles = guild === undefined ? undefined : client.guilds.cache.get(guild)?.roles;
  return { id: user?.id ?? '', roleId: (user && roles?.botRoleFor(user)?.id) ?? undefined };
}
