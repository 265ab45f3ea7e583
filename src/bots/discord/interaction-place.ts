// Where and by whom something was used.
import type { APIInteraction } from 'discord.js';
import { BotError } from '../../errors.js';
import type { Place } from '../ports.js';
import { isThreadType } from './channels.js';
import { DIRECT, lentThread } from './place.js';

/** `response` = the message that answers it, which a thread is opened from. */
export function placeOf(
  interaction: APIInteraction,
  response: string,
  learn: (thread: string, parent: string) => void,
): Place {
  const { channel, guild_id: guild, id } = interaction;
  const here = channel?.id ?? '';
  const shared = { platform: 'discord' };
  // Where the bot is not: lent to a user on a server without it, or in other people's direct messages.
  const isMember =
    guild === undefined
      ? interaction.context === 1
      : interaction.authorizing_integration_owners['0'] !== undefined;
  if (!isMember) {
    return { ...shared, tenant: guild ?? DIRECT, channel: here, thread: lentThread(id) };
  }
  if (guild === undefined) {
    return { ...shared, tenant: DIRECT, channel: here, thread: here };
  }
  const parent =
    channel && isThreadType(channel.type) ? (channel as { parent_id?: string }).parent_id : undefined;
  if (parent) {
    learn(here, parent);
    return { ...shared, tenant: guild, channel: parent, thread: here };
  }
  return { ...shared, tenant: guild, channel: here, thread: response };
}

/** In a thread of a channel that Discord does not name. */
export function isUnsure({ channel }: APIInteraction): boolean {
  return (
    channel !== undefined &&
    isThreadType(channel.type) &&
    (channel as { parent_id?: string }).parent_id === undefined
  );
}

export function userOf({ member, user }: APIInteraction): string {
  const id = (member?.user ?? user)?.id;
  if (!id) {
    throw new BotError('discord_payload', 'an interaction of nobody');
  }
  return id;
}
