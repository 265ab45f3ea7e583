// What `doctor` looks at in Discord: the token, the intent for message content, the commands, and what the bot may do
// on its servers; with the address that invites it with exactly what it needs.
import { Routes } from 'discord.js';
import type { Clock } from '../../domain.js';
import type { Timers } from '../timers.js';
import { askOnServer } from './ask-granted.js';
import { COMMANDS, isRegistered } from './commands.js';
import { inviteLink, missingNames } from './permissions.js';
import { createDiscordApi, type DiscordApi } from './rest.js';

export interface DiscordCheck {
  name: string;
  run(signal: AbortSignal): Promise<Result>;
}

interface Result {
  status: 'ok' | 'warn' | 'fail';
  fact: string;
  fix?: string;
}

interface Application {
  id: string;
  name: string;
  flags: number;
}

/** Servers that are looked at one by one. */
const MOST_SERVERS = 20;
const CONTENT_FLAGS = (1 << 18) | (1 << 19);

export function discordChecks(
  deps: { clock: Clock; timers: Timers },
  options: { token: string; apiUrl: string; messageContent: 'auto' | 'off' },
): DiscordCheck[] {
  const api = createDiscordApi(deps, { ...options, timeoutMs: 10_000 });
  const application = () => api.once<Application>('GET', '/applications/@me');
  return [
    { name: 'discord token', run: () => told(checkToken(application())) },
    { name: 'discord intent', run: () => told(checkIntent(application(), options.messageContent)) },
    { name: 'discord commands', run: () => told(checkCommands(api, application())) },
    { name: 'discord servers', run: () => told(checkServers(api, application())) },
  ];
}

async function checkToken(application: Promise<Application>): Promise<Result> {
  const { id, name } = await application;
  return { status: 'ok', fact: `${name}; invite it: ${inviteLink(id)}` };
}

async function checkIntent(application: Promise<Application>, wanted: 'auto' | 'off'): Promise<Result> {
  if (wanted === 'off') {
    return { status: 'ok', fact: 'not asked for: follow-ups in threads need a mention' };
  }
  const { flags, id } = await application;
  return (flags & CONTENT_FLAGS) !== 0
    ? { status: 'ok', fact: 'Message Content is granted' }
    : {
        status: 'warn',
        fact: 'Message Content is not granted: follow-ups in threads need a mention',
        fix: `switch on "Message Content Intent" at https://discord.com/developers/applications/${id}/bot`,
      };
}

async function checkCommands(api: DiscordApi, application: Promise<Application>): Promise<Result> {
  return (await isRegistered(api, (await application).id))
    ? { status: 'ok', fact: `all ${COMMANDS.length} are registered` }
    : { status: 'warn', fact: 'not registered, or older ones', fix: 'third-umpire start registers them' };
}

async function checkServers(api: DiscordApi, application: Promise<Application>): Promise<Result> {
  const { id } = await application;
  const servers = await api.once<{ id: string; name: string }[]>('GET', Routes.userGuilds());
  if (servers.length === 0) {
    return { status: 'warn', fact: 'member of no server', fix: `open ${inviteLink(id)}` };
  }
  for (const server of servers.slice(0, MOST_SERVERS)) {
    const missing = missingNames((await askOnServer(api, server.id, id)).bits);
    if (missing.length > 0) {
      const fix = `give its role these permissions, or open ${inviteLink(id)} again`;
      return { status: 'fail', fact: `on ${server.name} it lacks ${missing.join(', ')}`, fix };
    }
  }
  const names = servers.slice(0, 3).map(({ name }) => name);
  return {
    status: 'ok',
    fact: `member of ${servers.length}: ${names.join(', ')}${servers.length > 3 ? ', …' : ''}`,
  };
}

async function told(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    if ((error as { status?: number }).status === 401) {
      const fix = "copy the bot's token again from https://discord.com/developers/applications under Bot";
      return { status: 'fail', fact: 'Discord does not know the token in DISCORD_TOKEN', fix };
    }
    throw error;
  }
}
