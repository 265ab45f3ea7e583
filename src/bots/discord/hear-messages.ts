// What people write, change and take back, as the gateway tells it: read as it arrives, whatever discord.js has cached.
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Bot } from '../ports.js';
import type { Channels } from './channels.js';
import type { Found, Where } from './look-up.js';
import { DIRECT } from './place.js';
import { type RawMessage, readMessage } from './read-message.js';

export interface HearDeps {
  bot: Bot;
  channels: Channels;
  log: Log;
  lookUp(where: Where): Promise<Found>;
  /** Whether the server lets us answer in a channel; undefined = in a thread whose channel nobody knows. */
  isOpen(guild: string, channel: string | undefined): Promise<boolean>;
}

export interface Packet {
  t: string;
  d: object;
  /** Absent = not looked up yet. */
  found?: Found | undefined;
}

export interface Ears {
  /** Never fails; comes back when the core has it. */
  hear(packet: Packet): Promise<void>;
}

export function hearMessages({ bot, channels, isOpen, log, lookUp }: HearDeps): Ears {
  async function read({ d, found: known }: Packet) {
    const message = d as RawMessage;
    const { channel_id: here, guild_id: guild } = message;
    if (isEmpty(message)) {
      return undefined;
    }
    const found = known ?? (await lookUp({ guild, channel: here }));
    const parent = guild ? await channels.parentOf(here, found.channel) : null;
    const incoming = readMessage(message, { id: found.botId, roleId: found.roleId }, parent ?? undefined);
    const channel = parent === undefined ? undefined : incoming?.channel;
    return incoming && guild && !(await isOpen(guild, channel)) ? undefined : incoming;
  }

  async function posted(packet: Packet): Promise<void> {
    const incoming = await read(packet);
    await (incoming && bot.onMessage(incoming));
  }

  async function changed(packet: Packet): Promise<void> {
    // Also told when a link unfolds or a thread opens; then nobody edited it.
    const at = (packet.d as RawMessage).edited_timestamp;
    const incoming = at ? await read(packet) : undefined;
    await (incoming && bot.onEdited({ ...incoming, deliveryId: `edit ${incoming.message} ${at}` }));
  }

  async function deleted({ channel_id: here, guild_id: guild, id }: Deleted): Promise<void> {
    const found = guild ? await lookUp({ guild, channel: here }) : undefined;
    const parent = guild ? await channels.parentOf(here, found?.channel) : null;
    await bot.onDeleted({
      platform: 'discord',
      tenant: guild ?? DIRECT,
      channel: parent ?? here,
      message: id,
    });
  }

  async function route(packet: Packet): Promise<void> {
    const { d, t } = packet;
    if (t === 'MESSAGE_CREATE') {
      await posted(packet);
    } else if (t === 'MESSAGE_UPDATE') {
      await changed(packet);
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

/** Without the privileged intent, what is not for us comes without its text. */
export function isEmpty({ author, content, guild_id: guild }: RawMessage): boolean {
  return author === undefined || (guild !== undefined && content === '');
}
