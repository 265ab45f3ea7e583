// The commands as Discord knows them, registered in one call and only when they changed.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { DIGEST_COMMANDS } from './digest-command-list.js';
import type { CallOptions, DiscordApi } from './rest.js';

export const CHECK_NEWS = 'Check against the news';

const everywhere = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

export const COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [
  {
    ...everywhere,
    name: 'ask',
    description: 'Ask about cricket; the answer comes with its sources',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'question',
        description: 'For example: who won last night?',
        required: true,
        max_length: 2000,
      },
    ],
  },
  {
    ...everywhere,
    name: 'latest',
    description: 'The latest news, of everybody or of one side',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'team',
        description: 'For example: England women',
        max_length: 100,
      },
    ],
  },
  { ...everywhere, name: 'feeds', description: 'Where the news comes from, and how each feed does' },
  { ...everywhere, name: 'help', description: 'How to ask' },
  {
    ...everywhere,
    name: 'forget',
    description: 'Take away what I keep of you: questions, answers, feedback',
  },
  {
    name: 'settings',
    description: 'Where I answer on this server',
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'here',
        description: 'Whether I answer in this channel',
        choices: [
          { name: 'answer here', value: 'on' },
          { name: 'do not answer here', value: 'off' },
        ],
      },
    ],
  },
  ...DIGEST_COMMANDS,
  { ...everywhere, type: ApplicationCommandType.Message, name: CHECK_NEWS },
];

/** Whether they were registered. */
export async function registerCommands(
  api: DiscordApi,
  application: string,
  options: Pick<CallOptions, 'signal' | 'withinMs'> = {},
): Promise<boolean> {
  const path = Routes.applicationCommands(application);
  if (await isRegistered(api, application, options)) {
    return false;
  }
  await api.surely('PUT', path, { ...options, body: COMMANDS });
  return true;
}

/** Whether Discord knows the commands as they are here. */
export async function isRegistered(
  api: DiscordApi,
  application: string,
  options: Pick<CallOptions, 'signal' | 'withinMs'> = {},
): Promise<boolean> {
  const known = await api.surely<object[]>('GET', Routes.applicationCommands(application), options);
  return fingerprint(known) === fingerprint(COMMANDS);
}

/** What we set, with Discord's defaults filled in, and nothing that Discord adds. */
function fingerprint(commands: object[]): string {
  const read = (commands as Record<string, unknown>[]).map((command) => ({
    type: command['type'] ?? 1,
    name: command['name'],
    description: command['description'] ?? '',
    options: optionsOf(command),
    permissions: command['default_member_permissions'] ?? null,
    types: command['integration_types'] ?? [0],
    contexts: command['contexts'] ?? null,
  }));
  return JSON.stringify(
    read.sort((a, b) => (`${a.type}${String(a.name)}` < `${b.type}${String(b.name)}` ? -1 : 1)),
  );
}

function optionsOf(parent: Record<string, unknown>): object[] {
  return ((parent['options'] ?? []) as Record<string, unknown>[]).map((option) => ({
    ...{ type: option['type'], name: option['name'], description: option['description'] },
    ...{
      required: option['required'] ?? false,
      max: option['max_length'],
      values: [option['min_value'], option['max_value']],
      autocomplete: option['autocomplete'] ?? false,
    },
    choices: ((option['choices'] ?? []) as { name: string; value: unknown }[]).map(({ name, value }) => [
      name,
      value,
    ]),
    options: optionsOf(option),
  }));
}
