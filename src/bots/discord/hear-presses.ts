// Buttons below an answer: what people think of it, Stop, and what they meant.
import { type APIInteraction, type APIMessage, InteractionType } from 'discord.js';
import type { Bot, FeedbackKind, Place } from '../ports.js';
import type { Acknowledge } from './acknowledge.js';
import { type Answerback, keepHandle, keyOf } from './answerback.js';
import type { Channels } from './channels.js';
import { placeOf, userOf } from './interaction-place.js';
import { wordsBody } from './message-body.js';
import { isLent } from './place.js';
import { ACTIONS } from './tail.js';

export interface PressDeps {
  acknowledge: Acknowledge;
  answerback: Answerback;
  bot: Bot;
  channels: Channels;
}

export function hearPresses({ acknowledge, answerback, bot, channels }: PressDeps) {
  async function press(interaction: APIInteraction): Promise<void> {
    if (interaction.type !== InteractionType.MessageComponent) {
      return;
    }
    const [action = '', questionId = ''] = interaction.data.custom_id.split(':');
    const user = userOf(interaction);
    if (action.startsWith(ACTIONS.choice)) {
      if ((await acknowledge.quietly(interaction)) !== undefined) {
        await bot.onChoice(
          { ...pressPlace(interaction), questionId, user },
          labelOf(interaction.message, interaction.data.custom_id),
        );
      }
      return;
    }
    if ((await acknowledge.defer(interaction, true)) === undefined) {
      return;
    }
    const handle = keepHandle(answerback, interaction);
    const place = pressPlace(interaction);
    if (action === ACTIONS.stop) {
      answerback.keep(keyOf(place.thread, user), handle);
      await bot.onStop({ ...place, questionId, user });
      await (handle.isUsed ? undefined : answerback.openly(handle, wordsBody('Stopped.')));
      return;
    }
    if (action === ACTIONS.tellMe) {
      const line = isLent(place.thread)
        ? 'I cannot write here later. Ask me where I am a member, or directly.'
        : await bot.onTellMe({ ...place, questionId, user });
      await answerback.openly(handle, wordsBody(line));
      return;
    }
    const thanks = await bot.onFeedback({ ...place, questionId, user }, action as FeedbackKind);
    await answerback.openly(handle, wordsBody(thanks ?? 'That answer is no longer kept.'));
  }

  /** The thread of the answer under which it was pressed. */
  function pressPlace(interaction: APIInteraction): Place {
    const { message_reference: reference } = interaction.message ?? {};
    return placeOf(interaction, reference?.message_id ?? interaction.channel?.id ?? '', channels.learn);
  }

  return press;
}

/** The words of a button. */
function labelOf(message: APIMessage, customId: string): string {
  const found = JSON.stringify(message.components ?? []);
  const all = [...found.matchAll(/\{[^{}]*\}/g)].map(
    ([one]) => JSON.parse(one) as { custom_id?: string; label?: string },
  );
  return all.find(({ custom_id: own }) => own === customId)?.label ?? '';
}
