// Why Discord ends a connection for good, in plain words, with what to do about it
// (docs: "Gateway close event codes", those that must not reconnect).
import { BotError } from '../../errors.js';

const PORTAL = 'https://discord.com/developers/applications';

const WORDS: Record<number, string> = {
  4004: `Discord does not know the token in DISCORD_TOKEN: copy the bot's token again, or reset it, at ${PORTAL} under Bot`,
  4010: 'Discord refuses this shard: the number of shards of all processes must be the same',
  4011: 'The bot is on too many servers for its shards: set discord.shards to auto or higher',
  4012: 'Discord no longer speaks this version of its gateway: update third-umpire',
  4013: 'Discord does not know the intents that were asked for: update third-umpire',
  4014: `Discord has not granted Message Content: switch on "Message Content Intent" at ${PORTAL} under Bot, or set discord.messageContent to off`,
};

export function endingOf(code: number): BotError {
  return new BotError('discord_refused', WORDS[code] ?? `Discord ended the connection with code ${code}`);
}

/** Of a call: throws `discord_refused` where the token is unknown, else what it got. */
export function tellRefusal(error: unknown): never {
  throw (error as { status?: number }).status === 401 ? endingOf(4004) : error;
}
