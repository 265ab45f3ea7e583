// Commands and buttons. Each is acknowledged at once, before anything else is done; the question then goes the way of
// all questions, and is answered by the bot itself, so that the 15 minutes of an interaction's token do not matter.
import {
  type APIInteraction,
  ApplicationCommandType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord.js';
import { describeError, isBotError } from '../../errors.js';
import type { Log } from '../../log.js';
import { createDigestCommands } from '../digest-commands.js';
import type { DigestDesk } from '../digest-desk.js';
import type { Bot } from '../ports.js';
import type { Timers } from '../timers.js';
import { createAcknowledge } from './acknowledge.js';
import { type Answerback, keepHandle, keyOf } from './answerback.js';
import type { Channels } from './channels.js';
import { CHECK_NEWS } from './commands.js';
import { escapeMarkdown, plainLine } from './escape.js';
import { hearDigests, isAboutDigests } from './hear-digests.js';
import { hearPresses } from './hear-presses.js';
import { feedsText, HELP, settingsText } from './help.js';
import { isUnsure, placeOf, userOf } from './interaction-place.js';
import type { Found, Where } from './look-up.js';
import { bodyOf, wordsBody } from './message-body.js';
import { lentThread } from './place.js';
import type { FeedLine, GuildSettings } from './ports.js';
import { readMessage } from './read-message.js';
import { createRecent } from './recent.js';
import { type DiscordApi, isRefusal } from './rest.js';
import { text } from './tail.js';

export interface InteractionDeps {
  api: DiscordApi;
  answerback: Answerback;
  bot: Bot;
  channels: Channels;
  settings: GuildSettings;
  log: Log;
  timers: Timers;
  feeds(): Promise<FeedLine[]>;
  lookUp(where: Where): Promise<Found>;
  /** Whether the server lets us answer in a channel; undefined = in a thread whose channel nobody knows. */
  isOpen(guild: string, channel: string | undefined): Promise<boolean>;
  /** Absent = nobody can have a digest. */
  digests?: DigestDesk | undefined;
  /** What the bot lacks in a channel. */
  missingIn(guild: string, channel: string): Promise<{ channel: string; missing: string[] }>;
}

/** Longer than any gateway keeps events for a resume. */
const REMEMBERED = 2_000;
const QUOTE_CHARACTERS = 1_500;

export function hearInteractions(deps: InteractionDeps) {
  const { answerback, bot, channels, feeds, isOpen, log, lookUp, settings } = deps;
  const seen = createRecent<true>(REMEMBERED);
  const acknowledge = createAcknowledge(deps);
  const press = hearPresses({ acknowledge, answerback, bot, channels });
  const aboutDigests =
    deps.digests &&
    hearDigests({ ...deps, acknowledge, desk: deps.digests, commands: createDigestCommands(deps.digests) });

  /** A command that asks: the line that everybody sees says what, and the answer comes below it. */
  async function ask(
    interaction: APIInteraction,
    question: string,
    way: 'command' | 'shortcut',
  ): Promise<void> {
    const response = await acknowledge.defer(interaction, false);
    if (response === undefined) {
      return;
    }
    const { application_id: application, id, token } = interaction;
    const place = placeOf(interaction, response, channels.learn);
    const user = userOf(interaction);
    const handle = answerback.keep(id, { application, token, isPrivate: false });
    answerback.keep(keyOf(place.thread, user), handle);
    const guild = interaction.guild_id;
    if (guild && !(await isOpen(guild, isUnsure(interaction) ? undefined : place.channel))) {
      await answerback.privately(
        handle,
        wordsBody(
          'I do not answer in this channel; somebody who manages the server can change that with /settings.',
        ),
      );
      return;
    }
    const isLent = place.thread === lentThread(id);
    if (!isLent) {
      const quote = plainLine(question, QUOTE_CHARACTERS);
      await answerback.openly(handle, bodyOf([text(`> ${escapeMarkdown(quote)}`)]));
      handle.isUsed = true;
    }
    await bot.onMessage({
      ...{ ...place, deliveryId: `interaction ${id}`, message: id, user, text: question, way },
      ...{ isFromBot: false, isToSomeoneElse: false },
    });
  }

  async function command(interaction: APIInteraction): Promise<void> {
    if (interaction.type !== InteractionType.ApplicationCommand) {
      return;
    }
    const { data } = interaction;
    if (data.type === ApplicationCommandType.Message && data.name === CHECK_NEWS) {
      const message = data.resolved.messages[data.target_id];
      const guild = interaction.guild_id;
      const { roleId } = await lookUp({ guild, channel: interaction.channel.id });
      const read =
        message && readMessage({ ...message, guild_id: guild } as never, { id: '', roleId }, undefined);
      await ask(interaction, read?.text ?? '', 'shortcut');
      return;
    }
    if (data.type !== ApplicationCommandType.ChatInput) {
      return;
    }
    const options = new Map(
      (data.options ?? []).map((option) => [option.name, 'value' in option ? String(option.value) : '']),
    );
    switch (data.name) {
      case 'ask':
        return ask(interaction, options.get('question') ?? '', 'command');
      case 'latest': {
        const team = options.get('team');
        return ask(
          interaction,
          team ? `What is the latest news about ${team}?` : 'What is the latest cricket news?',
          'command',
        );
      }
      case 'feeds':
        return sayPrivately(interaction, async () => feedsText(await feeds()));
      case 'help':
        return sayPrivately(interaction, async () => HELP);
      case 'forget':
        return sayPrivately(interaction, () =>
          bot.onForget({ platform: 'discord', user: userOf(interaction) }),
        );
      case 'settings':
        return sayPrivately(interaction, () => change(interaction, options.get('here')));
      default:
        return sayPrivately(interaction, async () => HELP);
    }
  }

  async function change(interaction: APIInteraction, here: string | undefined): Promise<string> {
    const { guild_id: guild, member } = interaction;
    // Discord hides the command from others; a server may have opened it to them.
    const mayManage = (BigInt(member?.permissions ?? '0') & PermissionFlagsBits.ManageGuild) !== 0n;
    if (!guild || !mayManage) {
      return 'Only members who may manage the server can see or change my settings.';
    }
    const place = placeOf(interaction, '', channels.learn);
    if (here !== undefined) {
      await settings.setClosed(guild, place.channel, here === 'off', userOf(interaction));
    }
    return settingsText(await settings.closed(guild), place.channel);
  }

  async function sayPrivately(interaction: APIInteraction, words: () => Promise<string>): Promise<void> {
    if ((await acknowledge.defer(interaction, true)) !== undefined) {
      const handle = keepHandle(answerback, interaction);
      await answerback.openly(handle, bodyOf([text(await words())]));
    }
  }

  async function route(interaction: APIInteraction): Promise<void> {
    if (seen.get(interaction.id)) {
      return;
    }
    seen.set(interaction.id, true);
    if (aboutDigests && isAboutDigests(interaction)) {
      await aboutDigests(interaction);
      return;
    }
    await (interaction.type === InteractionType.MessageComponent ? press(interaction) : command(interaction));
  }

  return {
    /** Never fails. */
    hear: (interaction: APIInteraction) =>
      route(interaction).catch((error: unknown) => failed(interaction, error)),
  };

  async function failed(interaction: APIInteraction, error: unknown): Promise<void> {
    const about = { why: describeError(error) };
    log[isBotError(error) || isRefusal(error) ? 'warn' : 'error'](about, 'interaction not taken up');
    const handle = answerback.of(interaction.id);
    const words = isBotError(error, 'restarting')
      ? 'I am being restarted. Ask again in a minute.'
      : 'Something broke here; it was not your question. Ask again.';
    await (handle && answerback.openly(handle, wordsBody(words)).catch(() => {}));
  }
}

export type Interactions = ReturnType<typeof hearInteractions>;
