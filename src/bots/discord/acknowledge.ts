// The first response to an interaction, which Discord waits 3 seconds for.
import {
  type APIInteraction,
  type APIMessage,
  InteractionResponseType,
  MessageFlags,
  Routes,
} from 'discord.js';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import { pause, type Timers } from '../timers.js';
import { type DiscordApi, isRefusal, REFUSALS } from './rest.js';

export interface Acknowledge {
  /**
   * "Is thinking", to everybody or to the one alone. Gives the id of the message that answers it; undefined = another
   * process has it, or it is too late.
   */
  defer(interaction: APIInteraction, isPrivate: boolean): Promise<string | undefined>;
  /** Nothing to be seen. Undefined as with `defer`. */
  quietly(interaction: APIInteraction): Promise<string | undefined>;
}

/** Another try after a lost answer must still fit into 3 seconds. */
const FIRST_TRIES = 3;
const LONGEST_WAIT_MS = 500;

export function createAcknowledge({
  api,
  log,
  timers,
}: {
  api: DiscordApi;
  log: Log;
  timers: Timers;
}): Acknowledge {
  const underWay = new Set<Promise<string | undefined>>();

  async function acknowledge(interaction: APIInteraction, body: object): Promise<string | undefined> {
    const { application_id: application, id, token } = interaction;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const made = await api.once<{ interaction: { response_message_id?: string } }>(
          'POST',
          Routes.interactionCallback(id, token),
          {
            ...{ body, query: { with_response: 'true' }, isOpen: true },
          },
        );
        return made.interaction.response_message_id ?? '';
      } catch (error) {
        if (attempt > 1 && isRefusal(error, REFUSALS.alreadyAcknowledged)) {
          // Our first try, whose answer was lost.
          const path = Routes.webhookMessage(application, token, '@original');
          return (await api.surely<APIMessage>('GET', path, { isOpen: true })).id;
        }
        if (isRefusal(error) || attempt === FIRST_TRIES) {
          log.info({ why: describeError(error) }, 'interaction not acknowledged');
          return undefined;
        }
      }
    }
  }

  /** Then waits for the others that are under way: 3 seconds are short when many ask at once, and the rest can wait. */
  async function firstOfAll(interaction: APIInteraction, body: object): Promise<string | undefined> {
    const work = acknowledge(interaction, body);
    underWay.add(work);
    const result = await work.finally(() => underWay.delete(work));
    await Promise.race([Promise.allSettled(underWay), pause(timers, LONGEST_WAIT_MS)]);
    return result;
  }

  return {
    defer: (interaction, isPrivate) =>
      firstOfAll(interaction, {
        type: InteractionResponseType.DeferredChannelMessageWithSource,
        data: isPrivate ? { flags: MessageFlags.Ephemeral } : {},
      }),
    quietly: (interaction) =>
      firstOfAll(interaction, { type: InteractionResponseType.DeferredMessageUpdate }),
  };
}
