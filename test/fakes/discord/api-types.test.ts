// The loopback Discord against two descriptions that others keep of the real one: discord-api-types (routes, numbers;
// that what it sends has those types is checked by the compiler, payloads.ts) and the builders of discord.js (limits).
import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  ComponentType,
  ContextMenuCommandBuilder,
  GatewayCloseCodes,
  GatewayOpcodes,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageType,
  RESTJSONErrorCodes,
  Routes,
  SectionBuilder,
  SlashCommandBuilder,
  SlashCommandStringOption,
  TextDisplayBuilder,
} from 'discord.js';
import { expect, it } from 'vitest';
import { isThreadType } from '#src/bots/discord/channels.js';
import { COMMANDS } from '#src/bots/discord/commands.js';
import { applicationRoutes, commandsBody } from './application-routes.js';
import { channelRoutes } from './channel-routes.js';
import { checkComponents } from './components.js';
import { interactionRoutes } from './interaction-routes.js';
import type { JsonObject } from './json.js';
import { EPHEMERAL, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS } from './message-body.js';
import { messageRoutes } from './message-routes.js';
import * as refusals from './refusal.js';

/** Every path that discord-api-types knows, each parameter as ":p". */
function knownPaths(): Set<string> {
  const found = new Set<string>();
  for (const [name, route] of Object.entries(
    Routes as unknown as Record<string, (...ids: string[]) => string>,
  )) {
    for (let count = 0; count <= 4; count += 1) {
      try {
        found.add(shapeOf(route.call(Routes, ...Array.from({ length: count }, () => ID))));
      } catch {
        throw new Error(`Routes.${name} takes no ids`);
      }
    }
  }
  return found;
}

const ID = '9'.repeat(19);
const shapeOf = (path: string) => path.replace(/:\w+|@me|9{19}/g, ':p');

it('has only routes that Discord has', () => {
  const application = { commands: [], registrations: 0, shards: 1, maxConcurrency: 16, flags: 0 };
  const routes = [
    ...applicationRoutes(application, () => 0),
    ...channelRoutes,
    ...messageRoutes,
    ...interactionRoutes,
  ];
  const known = knownPaths();

  const unknown = routes
    .map(({ name }) => name)
    .filter((name) => !known.has(shapeOf(name.split(' ')[1] ?? '')));

  expect(unknown).toEqual([]);
  expect(routes.length).toBeGreaterThan(20);
});

it.each([
  [refusals.unknownChannel(), RESTJSONErrorCodes.UnknownChannel],
  [refusals.unknownMessage(), RESTJSONErrorCodes.UnknownMessage],
  [refusals.unknownInteraction(), RESTJSONErrorCodes.UnknownInteraction],
  [refusals.unknownWebhook(), RESTJSONErrorCodes.UnknownWebhook],
  [refusals.alreadyAcknowledged(), RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged],
  [refusals.missingAccess(), RESTJSONErrorCodes.MissingAccess],
  [refusals.missingPermissions(), RESTJSONErrorCodes.MissingPermissions],
  [refusals.invalidBody(['x'], 'bad'), RESTJSONErrorCodes.InvalidFormBodyOrContentType],
])('refuses with the number that Discord gives: %s', ({ body }, code) => {
  expect(body['code']).toBe(code);
});

it('knows the numbers of flags, kinds and ways to end a connection', () => {
  expect(EPHEMERAL).toBe(MessageFlags.Ephemeral);
  expect(SUPPRESS_EMBEDS).toBe(MessageFlags.SuppressEmbeds);
  expect(SUPPRESS_NOTIFICATIONS).toBe(MessageFlags.SuppressNotifications);
  const threads = numbersOf(ChannelType).filter(isThreadType);
  expect(threads).toEqual([
    ChannelType.AnnouncementThread,
    ChannelType.PublicThread,
    ChannelType.PrivateThread,
  ]);
  expect([MessageType.Default, MessageType.Reply]).toEqual([0, 19]);
  expect(numbersOf(GatewayCloseCodes)).toEqual(expect.arrayContaining([4004, 4010, 4011, 4012, 4013, 4014]));
  expect([GatewayOpcodes.Reconnect, GatewayOpcodes.InvalidSession, GatewayOpcodes.Resume]).toEqual([7, 9, 6]);
  expect([InteractionType.ApplicationCommand, InteractionType.MessageComponent]).toEqual([2, 3]);
  expect(InteractionResponseType.DeferredChannelMessageWithSource).toBe(5);
});

const words = (length: number) => 'x'.repeat(length);
const text = (content: string) => ({ type: ComponentType.TextDisplay as const, content });
const plain = (parts: object = {}) => ({
  ...{ type: ComponentType.Button as const, style: ButtonStyle.Secondary as const, label: 'Stop' },
  ...{ custom_id: 'stop:1', ...parts },
});
const link = (parts: object = {}) => ({
  ...{ type: ComponentType.Button as const, style: ButtonStyle.Link as const, label: 'Read' },
  ...{ url: 'https://news.example/1', ...parts },
});
const row = (...buttons: object[]) => ({ type: ComponentType.ActionRow as const, components: buttons });
const section = (count: number) => ({
  ...{ type: ComponentType.Section as const, accessory: link() },
  components: Array.from({ length: count }, () => text('x')),
});
const sectionBuilder = (count: number) =>
  new SectionBuilder()
    .addTextDisplayComponents(...Array.from({ length: count }, () => new TextDisplayBuilder(text('x'))))
    .setButtonAccessory(new ButtonBuilder(link()));

it.each<[string, () => unknown, object]>([
  ['a label of 80', () => new ButtonBuilder().setLabel(words(80)), row(plain({ label: words(80) }))],
  ['a label of 81', () => new ButtonBuilder().setLabel(words(81)), row(plain({ label: words(81) }))],
  ['an id of 100', () => new ButtonBuilder().setCustomId(words(100)), row(plain({ custom_id: words(100) }))],
  ['an id of 101', () => new ButtonBuilder().setCustomId(words(101)), row(plain({ custom_id: words(101) }))],
  [
    'a link to the web',
    () => new ButtonBuilder().setURL('https://a.example'),
    row(link({ url: 'https://a.example' })),
  ],
  [
    'a link to a file',
    () => new ButtonBuilder().setURL('ftp://a.example'),
    row(link({ url: 'ftp://a.example' })),
  ],
  [
    'a link that is also a button',
    () => new ButtonBuilder(link({ custom_id: 'x' }) as never).toJSON(),
    row(link({ custom_id: 'x' })),
  ],
  [
    'a button without a label',
    () => new ButtonBuilder({ style: ButtonStyle.Primary, customId: 'x' }).toJSON(),
    row({ type: ComponentType.Button, style: ButtonStyle.Primary, custom_id: 'x' }),
  ],
  [
    'a row of buttons',
    () => new ActionRowBuilder().addComponents(new ButtonBuilder(plain())).toJSON(),
    row(plain()),
  ],
  ['a text of 4,000', () => new TextDisplayBuilder().setContent(words(4000)).toJSON(), text(words(4000))],
  ['a text of 4,001', () => new TextDisplayBuilder().setContent(words(4001)).toJSON(), text(words(4001))],
  ['an empty text', () => new TextDisplayBuilder().setContent('').toJSON(), text('')],
  ['a section of three', () => sectionBuilder(3).toJSON(), section(3)],
  ['a section of four', () => sectionBuilder(4).toJSON(), section(4)],
  [
    'a section without a button',
    () => new SectionBuilder().addTextDisplayComponents(new TextDisplayBuilder(text('x'))).toJSON(),
    { type: ComponentType.Section, components: [text('x')] },
  ],
])('takes %s where the builders of discord.js do, and not where they do not', (_, build, component) => {
  expect(passes(() => checkComponents([component as JsonObject], true))).toBe(passes(build));
});

const slash = (name: string, description = 'x') =>
  new SlashCommandBuilder().setName(name).setDescription(description);
const optionOf = (parts: object) => ({
  ...{ name: 'ask', description: 'x' },
  options: [{ type: ApplicationCommandOptionType.String, name: 'o', description: 'x', ...parts }],
});
const choices = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `n${n}`, value: `v${n}` }));
const option = () => new SlashCommandStringOption().setName('o').setDescription('x');

it.each<[string, () => unknown, object]>([
  ['a name of 32', () => slash(words(32)).toJSON(), { name: words(32), description: 'x' }],
  ['a name of 33', () => slash(words(33)).toJSON(), { name: words(33), description: 'x' }],
  ['a name in capitals', () => slash('Ask').toJSON(), { name: 'Ask', description: 'x' }],
  ['a name with a blank', () => slash('ask me').toJSON(), { name: 'ask me', description: 'x' }],
  ['a description of 100', () => slash('a', words(100)).toJSON(), { name: 'a', description: words(100) }],
  ['a description of 101', () => slash('a', words(101)).toJSON(), { name: 'a', description: words(101) }],
  [
    '25 choices',
    () =>
      option()
        .addChoices(...choices(25))
        .toJSON(),
    optionOf({ choices: choices(25) }),
  ],
  [
    '26 choices',
    () =>
      option()
        .addChoices(...choices(26))
        .toJSON(),
    optionOf({ choices: choices(26) }),
  ],
  ['answers of 6,000', () => option().setMaxLength(6000).toJSON(), optionOf({ max_length: 6000 })],
  ['answers of 6,001', () => option().setMaxLength(6001).toJSON(), optionOf({ max_length: 6001 })],
  [
    'a menu command of 32',
    () => new ContextMenuCommandBuilder().setType(3).setName(words(32)).toJSON(),
    { type: 3, name: words(32) },
  ],
  [
    'a menu command of 33',
    () => new ContextMenuCommandBuilder().setType(3).setName(words(33)).toJSON(),
    { type: 3, name: words(33) },
  ],
])('takes a command with %s where the builders do, and not where they do not', (_, build, command) => {
  expect(commandsBody.safeParse([command]).success).toBe(passes(build));
});

it('would take our commands by the builders, too', () => {
  for (const command of COMMANDS) {
    if (command.type === undefined && 'description' in command) {
      const built = slash(command.name, command.description);
      for (const { description, name } of command.options ?? []) {
        built.addStringOption(option().setName(name).setDescription(description));
      }
      expect(built.toJSON().options).toHaveLength(command.options?.length ?? 0);
    } else {
      expect(new ContextMenuCommandBuilder().setType(3).setName(command.name).toJSON().name).toBe(
        command.name,
      );
    }
  }
});

function passes(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

const numbersOf = (kinds: object) => [
  ...new Set(Object.values(kinds).filter((one) => typeof one === 'number')),
];
