// The thread below a digest, opened when somebody wants to ask about it: most days nobody does.
import { Routes } from 'discord.js';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Channels } from './channels.js';
import { type DiscordApi, isRefusal, REFUSALS } from './rest.js';

const NAME = 'About this digest';
const ARCHIVED_AFTER_MINUTES = 1440;

/** Gives the line that leads there, or says what to do instead. */
export async function openDigestThread(
  { api, channels, log }: { api: DiscordApi; channels: Channels; log: Log },
  channel: string,
  message: string,
): Promise<string> {
  try {
    const body = { name: NAME, auto_archive_duration: ARCHIVED_AFTER_MINUTES };
    await api.surely('POST', Routes.threads(channel, message), { body });
  } catch (error) {
    if (!isRefusal(error)) {
      throw error;
    }
    if (!isRefusal(error, REFUSALS.threadExists)) {
      log.info({ why: describeError(error) }, 'no thread below a digest');
      return 'I may not open a thread here. Mention me with your question instead.';
    }
  }
  channels.learn(message, channel);
  return `Ask in <#${message}>: I look into the stories of this digest first.`;
}
