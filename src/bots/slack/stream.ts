// Slack's native streaming of one message. It lives about five minutes whatever is done with it, takes 12,000
// characters, and what is added cannot be taken back; a call whose answer was lost may have been added.
import type { types } from '@slack/bolt';
import type { Clock } from '../../domain.js';
import type { Turn } from '../ports.js';
import { isFailure } from './call-failure.js';
import type { SlackApi } from './web-api.js';

export interface Stream {
  ts: string;
  /** Too old for another word: it is to be ended before Slack does. */
  isOld(): boolean;
  /** False = nobody knows whether it was added: the message must be written anew. Refusals throw. */
  append(markdown: string): Promise<boolean>;
  /**
   * Ends it. False = it ended by itself, or nobody knows with which blocks: the message must be written anew. What is
   * given is added at the end.
   */
  stop(end: { markdown?: string; blocks?: types.KnownBlock[]; metadata: object }): Promise<boolean>;
}

/** Slack ends a stream after about five minutes and says nowhere so. */
const LIFE_MS = 4 * 60_000;

type Asked = Pick<Turn, 'channel' | 'tenant' | 'thread' | 'user' | 'signal'>;

/** Starts one with its first words. Error: SlackFailure; after an `unknown` one there may be a stream nobody knows. */
export async function startStream(
  { api, clock }: { api: SlackApi; clock: Clock },
  { channel, signal, tenant, thread, user }: Asked,
  markdown: string,
): Promise<Stream> {
  const startedAt = clock().getTime();
  const { ts } = await api.once<{ ts: string }>('chat.startStream', {
    channel,
    thread_ts: thread,
    // Required in channels.
    recipient_user_id: user,
    recipient_team_id: tenant,
    markdown_text: markdown,
  });

  return {
    ts,
    isOld: () => clock().getTime() - startedAt > LIFE_MS,

    async append(added) {
      try {
        await api.once('chat.appendStream', { channel, ts, markdown_text: added });
        return true;
      } catch (error) {
        if (
          isFailure(error) &&
          (error.kind === 'unknown' || error.code === 'message_not_in_streaming_state')
        ) {
          return false;
        }
        throw error;
      }
    },

    async stop({ blocks = [], markdown: last, metadata }) {
      return stopStream(
        api,
        { channel, ts, signal },
        {
          ...(last ? { markdown_text: last } : {}),
          ...(blocks.length > 0 ? { blocks } : {}),
          metadata,
        },
      );
    },
  };
}

/** True = this call ended it with all that it was given; false = write the message anew. */
export async function stopStream(
  api: SlackApi,
  { channel, signal, ts }: { channel: string; ts: string; signal: AbortSignal },
  end: object = {},
): Promise<boolean> {
  try {
    // After a try whose answer was lost, success means that it had no effect: a stream ends but once.
    await api.surely('chat.stopStream', { channel, ts, ...end }, { signal });
    return true;
  } catch (error) {
    // Whatever Slack refuses here is no stream; what else is wrong, the change that follows meets.
    if (isFailure(error) && error.kind === 'refused') {
      return false;
    }
    throw error;
  }
}
