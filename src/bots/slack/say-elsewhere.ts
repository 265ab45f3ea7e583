// A channel that is closed to us: whoever asked by a command or a shortcut can still be told, by the address that
// Slack gave with it for half an hour.
import type { RespondFn } from '@slack/bolt';

export interface Answerback {
  /** Keeps the way back to whoever sent this message. */
  remember(message: string, respond: RespondFn): void;
  /** False = there is no way back. */
  say(message: string, code: string): Promise<boolean>;
  /** What to tell people about one of Slack's refusals. */
  lineFor(code: string, channelName?: string): string;
}

const MOST_KEPT = 1_000;

export function createAnswerback(): Answerback {
  const kept = new Map<string, RespondFn>();

  function lineFor(code: string, channelName?: string): string {
    const place = channelName && channelName !== 'directmessage' ? `#${channelName}` : 'this channel';
    if (code === 'not_in_channel' || code === 'channel_not_found') {
      return `I can't post in ${place} yet: invite me with /invite @third-umpire.`;
    }
    if (code === 'is_archived' || code.startsWith('restricted_action') || code.includes('locked')) {
      return `Nobody may post here at the moment, so I cannot answer in ${place}. Ask me in another channel or directly.`;
    }
    return 'Slack did not take my message. Ask again in a minute.';
  }

  return {
    lineFor,
    remember(message, respond) {
      kept.set(message, respond);
      for (const oldest of kept.size > MOST_KEPT ? kept.keys() : []) {
        kept.delete(oldest);
        break;
      }
    },
    async say(message, code) {
      const respond = kept.get(message);
      kept.delete(message);
      await respond?.({ response_type: 'ephemeral', text: lineFor(code) });
      return respond !== undefined;
    },
  };
}
