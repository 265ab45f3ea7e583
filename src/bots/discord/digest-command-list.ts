// The commands about digests, as Discord knows them. For channels Discord shows them to those who may manage the server;
// in direct messages everybody has their own.
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';

const managed = {
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
};
const string = ApplicationCommandOptionType.String as const;
const subcommand = ApplicationCommandOptionType.Subcommand as const;
const name = {
  type: string,
  name: 'name',
  description: 'A team, league or format; women, men or under-19; several with commas between',
  required: true,
  max_length: 300,
  autocomplete: true as const,
};

export const DIGEST_COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [
  {
    ...managed,
    name: 'digest',
    description: 'The daily digest of this channel',
    options: [
      {
        type: subcommand,
        name: 'here',
        description: 'Switches it on in this channel, or changes it',
        options: [
          { type: string, name: 'time', description: 'When, for example 08:00', max_length: 10 },
          {
            type: string,
            name: 'zone',
            description: 'By the clock of which place, for example Europe/London',
            max_length: 64,
            autocomplete: true,
          },
          { type: string, name: 'days', description: 'For example mon-fri, weekends, daily', max_length: 60 },
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'length',
            description: 'Stories at most',
            min_value: 1,
            max_value: 30,
          },
          {
            type: string,
            name: 'results',
            description: 'Whether results stand behind a spoiler',
            choices: [
              { name: 'shown', value: 'show' },
              { name: 'hidden', value: 'hide' },
            ],
          },
          {
            type: string,
            name: 'quiet',
            description: 'What a day without news gets',
            choices: [
              { name: 'one line', value: 'line' },
              { name: 'nothing', value: 'silent' },
            ],
          },
          {
            type: string,
            name: 'breaking',
            description:
              'Whether a story that several publishers break is told at once: on, off, or how many a day',
            max_length: 3,
          },
          {
            type: string,
            name: 'language',
            description: 'What a model writes in: en, fr, it, de or es',
            max_length: 2,
          },
        ],
      },
      { type: subcommand, name: 'show', description: 'What this channel gets and when' },
      { type: subcommand, name: 'preview', description: 'Shows you alone what would be sent now' },
      { type: subcommand, name: 'pause', description: 'Sends none until it is resumed' },
      { type: subcommand, name: 'resume', description: 'Sends it again' },
      { type: subcommand, name: 'remove', description: 'Switches it off in this channel' },
    ],
  },
  {
    ...managed,
    name: 'follow',
    description: 'Adds to what the digest of this channel follows',
    options: [name],
  },
  {
    ...managed,
    name: 'unfollow',
    description: 'Takes out of what the digest of this channel follows',
    options: [name],
  },
];
