// Messages that the bot wrote, by the ids that a venue gave: changed and taken away, whether or not they are still there.
import { Routes } from 'discord.js';
import type { Answerback } from './answerback.js';
import type { MessageBody } from './message-body.js';
import { type DiscordApi, isRefusal, REFUSALS } from './rest.js';

/** False = it is gone. */
export function changeMessage(
  api: DiscordApi,
  id: string,
  body: MessageBody,
  signal: AbortSignal,
): Promise<boolean> {
  const [channel = '', message = ''] = id.split('/');
  return ifThere(api.surely('PATCH', Routes.channelMessage(channel, message), { body, signal }));
}

/** Gone already counts as removed. */
export async function removeMessage(
  { answerback, api }: { api: DiscordApi; answerback: Answerback },
  id: string,
  question: string,
): Promise<void> {
  const [channel = '', message = ''] = id.split('/');
  if (channel !== '@') {
    await ifThere(api.surely('DELETE', Routes.channelMessage(channel, message)));
    return;
  }
  const handle = answerback.of(question);
  if (handle) {
    const path = `/webhooks/${handle.application}/${handle.token}/messages/${message}`;
    await ifThere(api.surely('DELETE', path, { isOpen: true }));
  }
}

/** False = what it is about is gone. */
export async function ifThere(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (isRefusal(error, REFUSALS.unknownMessage, REFUSALS.unknownChannel)) {
      return false;
    }
    throw error;
  }
}
