// How one answer is shown in Slack: a status while it works, the text as it is checked, and at the end sources, facts
// and buttons below it.
import type { Clock } from '../../domain.js';
import { BotError } from '../../errors.js';
import type { Notice, Reply, Turn } from '../ports.js';
import type { Timers } from '../timers.js';
import { createAnswerText } from './answer-text.js';
import { isFailure } from './call-failure.js';
import { createMessages } from './message.js';
import { createStatus } from './status.js';
import { offerStop } from './stop-offer.js';
import { answerTail, noticeTail } from './tail-blocks.js';
import type { SlackApi } from './web-api.js';

export interface ReplyDeps {
  api: SlackApi;
  /** Our own id in messages. */
  botId(): string;
  clock: Clock;
  /** The time of the news: ages of sources are told by it. */
  newsClock: Clock;
  timers: Timers;
  /** Says it to whoever asked by another way, when the channel is closed to us; false = there is none. */
  sayElsewhere(turn: Turn, code: string): Promise<boolean>;
}

/** No later try will help. */
const HOPELESS = new Set([
  'account_inactive',
  'cannot_reply_to_message',
  'channel_not_found',
  'ekm_access_denied',
  'invalid_auth',
  'is_archived',
  'message_limit_exceeded',
  'missing_scope',
  'not_authed',
  'not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'thread_locked',
  'token_expired',
  'token_revoked',
  'user_not_in_channel',
]);

export function createReply(deps: ReplyDeps, turn: Turn): Reply {
  const messages = createMessages(deps.api, deps.botId, turn);
  const text = createAnswerText({ ...deps, messages }, turn);
  const status = createStatus(deps.api, turn);
  const keepStop = offerStop(deps, turn);

  async function ending(work: () => Promise<void>): Promise<void> {
    keepStop();
    try {
      await work();
    } catch (error) {
      if (isFailure(error) && HOPELESS.has(error.code)) {
        const isSaid = await deps.sayElsewhere(turn, error.code).catch(() => false);
        throw new BotError('undeliverable', `${error.message}${isSaid ? '; told by another way' : ''}`, {
          cause: error,
        });
      }
      throw error;
    }
  }

  async function sayPrivately(notice: Notice): Promise<void> {
    await deps.api.surely(
      'chat.postEphemeral',
      {
        channel: turn.channel,
        user: turn.user,
        thread_ts: turn.thread,
        text: notice.text,
        blocks: noticeTail(notice, deps.newsClock()),
      },
      { signal: turn.signal },
    );
  }

  return {
    status,
    citation: text.cite,
    text: text.add,

    finish: (answer) =>
      ending(async () => {
        for (const citation of answer.citations) {
          text.cite(citation);
        }
        // What was released is never taken back; what the events did not carry, the answer does.
        const rest = answer.text.startsWith(text.text()) ? answer.text.slice(text.text().length) : '';
        text.append(rest);
        await text.end(answerTail(answer, turn, deps.newsClock()));
      }),

    fail: (notice) =>
      ending(async () => {
        if (notice.isPrivate && text.text() === '' && turn.posted.length === 0) {
          await sayPrivately(notice);
          return;
        }
        await text.end(noticeTail(notice, deps.newsClock()));
      }),
  };
}
