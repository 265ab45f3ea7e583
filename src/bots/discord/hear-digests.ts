// `/digest`, `/follow`, `/unfollow` with what is suggested while they are typed, and the buttons of digests. For channels
// only those who may manage the server, in direct messages everybody for themselves.
import {
  type APIInteraction,
  ComponentType,
  InteractionResponseType,
  InteractionType,
  type APIApplicationCommandInteractionDataOption as Option,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import type { Letter } from '../../digests/platform.js';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import {
  type DigestAction,
  type DigestCommands,
  type DigestView,
  failedLine,
  PREVIEW_LINES,
} from '../digest-commands.js';
import type { AskedPlace, DigestDesk } from '../digest-desk.js';
import type { Acknowledge } from './acknowledge.js';
import { type Answerback, type Handle, keepHandle } from './answerback.js';
import type { Channels } from './channels.js';
import { DIGEST_ACTIONS, digestBodies } from './digest-components.js';
import { openDigestThread } from './digest-thread.js';
import { viewBody } from './digest-view.js';
import { placeOf, userOf } from './interaction-place.js';
import { bodyOf, wordsBody } from './message-body.js';
import { needLine } from './permissions.js';
import { changesOf, givenOf, suggestionsFor } from './read-digest-options.js';
import type { DiscordApi } from './rest.js';
import { text } from './tail.js';

export interface DigestEars {
  api: DiscordApi;
  acknowledge: Acknowledge;
  answerback: Answerback;
  channels: Channels;
  commands: DigestCommands;
  desk: DigestDesk;
  missingIn(guild: string, channel: string): Promise<{ channel: string; missing: string[] }>;
  log: Log;
}

const COMMANDS = ['digest', 'follow', 'unfollow'];
const NOT_ALLOWED =
  'Only members who may manage the server can change the digest of a channel. In direct messages you have your own.';

/** Whether an interaction is about digests. */
export function isAboutDigests(interaction: APIInteraction): boolean {
  switch (interaction.type) {
    case InteractionType.ApplicationCommand:
    case InteractionType.ApplicationCommandAutocomplete:
      return COMMANDS.includes(interaction.data.name);
    case InteractionType.MessageComponent:
      return interaction.data.custom_id.startsWith('digest-');
    default:
      return false;
  }
}

export function hearDigests(deps: DigestEars) {
  const { acknowledge, answerback, api, channels, commands, desk, log, missingIn } = deps;
  return async function hear(interaction: APIInteraction): Promise<void> {
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
      const data = { choices: suggestionsFor(interaction.data.options, desk.suggest) };
      const body = { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data };
      const path = Routes.interactionCallback(interaction.id, interaction.token);
      // Too late or lost: the next letter asks again.
      await api.once('POST', path, { body, isOpen: true }).catch(() => {});
      return;
    }
    if ((await acknowledge.defer(interaction, true)) === undefined) {
      return;
    }
    const handle = keepHandle(answerback, interaction);
    const place = channelOf(interaction);
    if (interaction.type === InteractionType.MessageComponent) {
      await pressed(interaction, handle, place);
    } else if (interaction.type === InteractionType.ApplicationCommand) {
      await commanded(interaction.data as Data, interaction, handle, place);
    }
  };

  async function commanded(
    { name, options = [] }: Data,
    interaction: APIInteraction,
    handle: Handle,
    place: AskedPlace,
  ): Promise<void> {
    const [sub] = options;
    const given = givenOf(options);
    if (name !== 'digest') {
      const names = given.get('name') ?? '';
      await whenAllowed(interaction, handle, () => commands.follow(place, names, name === 'follow'));
      return;
    }
    if (sub?.name === 'show') {
      await answerback.openly(handle, viewBody(await commands.show(place)));
    } else if (sub?.name === 'here') {
      await subscribe(interaction, handle, place, given);
    } else {
      await act(sub?.name as DigestAction, interaction, handle, place);
    }
  }

  async function subscribe(
    interaction: APIInteraction,
    handle: Handle,
    place: AskedPlace,
    given: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { guild_id: guild } = interaction;
    const lack = guild ? await missingIn(guild, place.channel) : undefined;
    if (lack && lack.missing.length > 0) {
      await answerback.openly(handle, wordsBody(needLine(lack)));
      return;
    }
    await whenAllowed(interaction, handle, () => commands.set(place, () => changesOf(given)));
  }

  async function act(
    action: DigestAction,
    interaction: APIInteraction,
    handle: Handle,
    place: AskedPlace,
  ): Promise<void> {
    if (action !== 'preview') {
      await whenAllowed(interaction, handle, () => commands.act(place, action));
    } else if (mayManage(interaction)) {
      await sendPreview(handle, place);
    } else {
      await answerback.openly(handle, wordsBody(NOT_ALLOWED));
    }
  }

  async function whenAllowed(
    interaction: APIInteraction,
    handle: Handle,
    work: () => Promise<DigestView>,
  ): Promise<void> {
    await answerback.openly(handle, mayManage(interaction) ? viewBody(await work()) : wordsBody(NOT_ALLOWED));
  }

  async function sendPreview(handle: Handle, place: AskedPlace): Promise<void> {
    let letter: Letter | undefined;
    try {
      letter = await commands.preview(place);
    } catch (error) {
      log.warn({ why: describeError(error) }, 'a preview was not shown');
      await answerback.openly(handle, wordsBody(failedLine(error)));
      return;
    }
    if (!letter) {
      await answerback.openly(handle, wordsBody(PREVIEW_LINES.twice));
      return;
    }
    for (const { components } of digestBodies(letter)) {
      // Without its buttons: it is nobody's digest.
      const shown = components.filter(({ type }) => type !== ComponentType.ActionRow);
      await answerback.privately(handle, bodyOf(shown));
    }
  }

  async function pressed(
    interaction: Extract<APIInteraction, { type: InteractionType.MessageComponent }>,
    handle: Handle,
    place: AskedPlace,
  ): Promise<void> {
    const { custom_id: id } = interaction.data;
    if (id === DIGEST_ACTIONS.ask) {
      await answerback.openly(
        handle,
        bodyOf([text(await openDigestThread(deps, place.channel, interaction.message.id))]),
      );
    } else if (id === DIGEST_ACTIONS.settings) {
      await answerback.openly(handle, viewBody(await commands.show(place)));
    } else {
      await act(id.replace('digest-', '') as DigestAction, interaction, handle, place);
    }
  }

  function channelOf(interaction: APIInteraction): AskedPlace {
    const { channel, platform, tenant } = placeOf(interaction, '', channels.learn);
    return { platform, tenant, channel, user: userOf(interaction) };
  }
}

interface Data {
  name: string;
  options?: Option[];
}

/** Discord hides the commands from others; a server may have opened them, and buttons everybody sees. */
function mayManage({ guild_id: guild, member }: APIInteraction): boolean {
  return guild === undefined || (BigInt(member?.permissions ?? '0') & PermissionFlagsBits.ManageGuild) !== 0n;
}
