// A message of Discord's as the bot core reads messages: its text without markup, and whom it is for.
import { type GatewayMessageCreateDispatchData, MessageType } from 'discord.js';
import type { IncomingMessage } from '../ports.js';
import { DIRECT } from './place.js';

/** As the gateway sends it, or REST with the server's id put in. */
export type RawMessage = Omit<GatewayMessageCreateDispatchData, 'mentions'> & {
  mentions: { id: string; username: string; global_name?: string | null }[];
};

export interface Self {
  id: string;
  /** The bot's own role on the server, which people mention in place of the bot. */
  roleId: string | undefined;
}

const SPOKEN = [MessageType.Default, MessageType.Reply];

/** Undefined = nobody said it: the news that somebody joined, or that a thread was opened. `parent` = of a thread. */
export function readMessage(
  message: RawMessage,
  self: Self,
  parent: string | undefined,
): IncomingMessage | undefined {
  const {
    author,
    channel_id: here,
    content = '',
    guild_id: guild,
    id,
    mentions = [],
    webhook_id: webhook,
  } = message;
  if (!SPOKEN.includes(message.type) || author.id === self.id) {
    return undefined;
  }
  const isMentioned =
    mentions.some((one) => one.id === self.id) || message.mention_roles?.includes(self.roleId ?? '-');
  const repliesTo = message.referenced_message?.author.id;
  const place = guild
    ? { tenant: guild, channel: parent ?? here, thread: parent === undefined ? id : here }
    : { tenant: DIRECT, channel: here, thread: here };
  return {
    platform: 'discord',
    ...place,
    deliveryId: `message ${id}`,
    message: id,
    user: author.id,
    text: plainText(content, self, mentions),
    way: guild === undefined ? 'direct' : isMentioned ? 'mention' : 'seen',
    isFromBot: author.bot === true || webhook !== undefined,
    isToSomeoneElse:
      !isMentioned && (startsWithOther(content, self) || (repliesTo !== undefined && repliesTo !== self.id)),
  };
}

function startsWithOther(content: string, { id, roleId }: Self): boolean {
  const [, first] = /^\s*<@[!&]?(\d+)>/.exec(content) ?? [];
  return first !== undefined && first !== id && first !== roleId;
}

/** Without the mention of the bot; people and custom emoji by their names, times as such, escapes taken back. */
function plainText(content: string, { id, roleId }: Self, mentions: RawMessage['mentions']): string {
  const nameOf = (user: string) => {
    const found = mentions.find((one) => one.id === user);
    return found ? `@${found.global_name ?? found.username}` : '';
  };
  return content
    .replace(/<@!?(\d+)>/g, (_, user: string) => (user === id ? ' ' : nameOf(user)))
    .replace(/<@&(\d+)>/g, (whole, role: string) => (role === roleId ? ' ' : whole))
    .replace(/<a?:(\w+):\d+>/g, ':$1:')
    .replace(/<t:(-?\d+)(?::\w)?>/g, (_, seconds: string) => timeOf(Number(seconds)))
    .replace(/\\([^0-9A-Za-z\s])/g, '$1')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

function timeOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 16).replace('T', ' ');
}
