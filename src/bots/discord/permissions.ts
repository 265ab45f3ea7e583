// What the bot needs on a server, and which of it is missing where.
import { PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import type { Granted } from './look-up.js';

const P = PermissionFlagsBits;

/** By the names that Discord's settings show. */
export const NEEDED: Record<string, bigint> = {
  'View Channels': P.ViewChannel,
  'Send Messages': P.SendMessages,
  'Create Public Threads': P.CreatePublicThreads,
  'Send Messages in Threads': P.SendMessagesInThreads,
  'Read Message History': P.ReadMessageHistory,
};

/** The sum of `NEEDED`, as the address of an invitation has it. */
export const NEEDED_BITS = Object.values(NEEDED).reduce((sum, bit) => sum | bit, 0n);

/** The address that adds the bot to a server or a user with exactly what it needs. */
export function inviteLink(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    permissions: String(NEEDED_BITS),
    scope: 'bot applications.commands',
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

export function missingNames(granted: bigint): string[] {
  const has = new PermissionsBitField(granted);
  return Object.entries(NEEDED)
    .filter(([, bit]) => !has.has(bit))
    .map(([name]) => name);
}

/** Names of what is missing in a channel, as far as the gateway told; [] = nothing, or nobody knows. */
export function missingOf(granted: Granted | undefined): { channel: string; missing: string[] } {
  if (!granted) {
    return { channel: 'that channel', missing: [] };
  }
  const { bits, channel } = granted;
  return { channel, missing: bits === undefined ? Object.keys(NEEDED) : missingNames(BigInt(bits)) };
}

/** Undefined = nobody knows. */
export function mayReadHistory({ bits }: Partial<Granted> = {}): boolean | undefined {
  return bits === undefined
    ? undefined
    : new PermissionsBitField(BigInt(bits)).has(P.ViewChannel | P.ReadMessageHistory);
}

/** "I can't post in #cricket yet: I need Send Messages there." */
export function needLine({ channel, missing }: { channel: string; missing: string[] }): string {
  const needs =
    missing.length > 0 ? missing.join(', ') : 'View Channels, Send Messages and Send Messages in Threads';
  return `I can't post in ${channel} yet: somebody who manages the server must give me ${needs} there.`;
}
