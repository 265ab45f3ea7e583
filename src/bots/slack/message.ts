// One message of ours in a thread: posted once, changed, streamed into, taken away. Slack has no way to say "this is
// the same call again", so a post whose answer was lost is looked for by the mark that it carries.
import type { types } from '@slack/bolt';
import type { Turn } from '../ports.js';
import { isFailure } from './call-failure.js';
import { renderPreview } from './render-text.js';
import type { SlackApi } from './web-api.js';

export interface Content {
  /** As people read it, for notifications. */
  preview: string;
  /** Standard markdown, escaped; '' = blocks alone. */
  markdown: string;
  tail: types.KnownBlock[];
}

export interface Messages {
  /** Posts once, however often it must be tried, and gives the message's id. */
  post(content: Content, part: number): Promise<string>;
  /** Puts `content` in the place of all that the message shows. Error: SlackFailure `message_not_found` and others. */
  update(ts: string, content: Content, part: number): Promise<void>;
  /** One try, for what is shown again soon. */
  tryUpdate(ts: string, content: Content, part: number): Promise<void>;
  /** Gone already counts as removed. */
  remove(ts: string): Promise<void>;
  /** Our messages of this question, in order: by their mark, and streams that lost theirs with their process. */
  find(): Promise<string[]>;
  metadata(part: number): object;
}

type Asked = Pick<Turn, 'channel' | 'thread' | 'message' | 'questionId' | 'signal'>;

interface OwnReply {
  ts: string;
  bot_id?: string;
  metadata?: { event_type: string; event_payload?: { question?: string; part?: number } };
}

export const EVENT_TYPE = 'third_umpire_answer';
/** `text` of chat.update may have 4,000 bytes (measured by others, undocumented); a preview is far below. */
const PREVIEW_CHARACTERS = 600;

export function createMessages(
  api: SlackApi,
  botId: () => string,
  { channel, message, questionId, signal, thread }: Asked,
): Messages {
  const metadata = (part: number) => ({
    event_type: EVENT_TYPE,
    event_payload: { question: questionId, part },
  });

  function args({ markdown, preview, tail }: Content, part: number): object {
    const body: types.KnownBlock[] = markdown ? [{ type: 'markdown', text: markdown }] : [];
    return {
      channel,
      text: renderPreview(preview, PREVIEW_CHARACTERS) || ' ',
      blocks: [...body, ...tail],
      metadata: metadata(part),
    };
  }

  /** Replies since the question, ours alone. */
  async function replies(): Promise<OwnReply[]> {
    const found: OwnReply[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.surely<{ messages: OwnReply[]; response_metadata?: { next_cursor?: string } }>(
        'conversations.replies',
        {
          channel,
          ts: thread,
          // The id of a command is no message's; its thread begins with our own line.
          oldest: /^\d+\.\d+$/.test(message) ? message : thread,
          include_all_metadata: true,
          limit: 200,
          ...(cursor ? { cursor } : {}),
        },
        { signal },
      );
      found.push(...page.messages.filter(({ bot_id, ts }) => bot_id === botId() && ts !== thread));
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
    return found;
  }

  const isOfPart = (part: number) => (reply: OwnReply) => {
    const payload = reply.metadata?.event_payload;
    return payload?.question === questionId && payload.part === part;
  };

  return {
    metadata,

    async post(content, part) {
      const call = {
        ...args(content, part),
        thread_ts: thread,
        unfurl_links: false,
        unfurl_media: false,
      };
      const { ts } = await api.surely<{ ts: string }>('chat.postMessage', call, {
        signal,
        recover: async () => (await replies()).find(isOfPart(part)),
      });
      return ts;
    },

    async update(ts, content, part) {
      await api.surely('chat.update', { ts, ...args(content, part) }, { signal });
    },

    async tryUpdate(ts, content, part) {
      await api.once('chat.update', { ts, ...args(content, part) });
    },

    async remove(ts) {
      try {
        await api.surely('chat.delete', { channel, ts }, { signal });
      } catch (error) {
        if (!isFailure(error, 'message_not_found')) {
          throw error;
        }
      }
    },

    async find() {
      const ours = await replies();
      const isOurs = ({ metadata: mark }: OwnReply) =>
        mark === undefined || (mark.event_type === EVENT_TYPE && mark.event_payload?.question === questionId);
      return ours.filter(isOurs).map(({ ts }) => ts);
    },
  };
}
