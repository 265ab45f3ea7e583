// Lines that belong to no answer: to one alone where only they should read it, by what they did last or by direct
// message; to everybody where that is meant.
import { Routes } from 'discord.js';
import type { Clock } from '../../domain.js';
import { describeError } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Notice, Place, Turn } from '../ports.js';
import { type Answerback, keyOf } from './answerback.js';
import type { Channels } from './channels.js';
import { type MessageBody, wordsBody } from './message-body.js';
import { needLine } from './permissions.js';
import { DIRECT, isLent } from './place.js';
import { type DiscordApi, isRefusal, REFUSALS } from './rest.js';
import { noticeTail, text } from './tail.js';

export interface TellerDeps {
  api: DiscordApi;
  answerback: Answerback;
  channels: Channels;
  log: Log;
  newsClock: Clock;
  /** What the bot lacks in a channel. */
  missingIn(guild: string, channel: string): Promise<{ channel: string; missing: string[] }>;
}

export interface Teller {
  /** One try; never fails. */
  tell(place: Place & { user: string }, notice: Notice): Promise<void>;
  /** Why an answer cannot be shown; never fails. */
  explain(turn: Turn, error: unknown): Promise<void>;
}

export function createTeller({ answerback, api, channels, log, missingIn, newsClock }: TellerDeps): Teller {
  /** Tells whoever asked why nothing can be shown; where that cannot be either, the log has it. */
  async function explain(turn: Turn, error: unknown): Promise<void> {
    const isForbidden = isRefusal(error, REFUSALS.missingAccess, REFUSALS.missingPermissions);
    const missing =
      isForbidden && turn.tenant !== DIRECT ? await missingIn(turn.tenant, turn.channel) : undefined;
    if (missing) {
      const line = needLine(missing);
      await tell(turn, { code: 'channel_forbidden', text: line, citations: [], isPrivate: true });
    }
  }

  async function tell(place: Place & { user: string }, notice: Notice): Promise<void> {
    try {
      await say(place, notice);
    } catch (error) {
      log.warn({ code: notice.code, why: describeError(error) }, 'discord notice not shown');
    }
  }

  async function say(
    { channel, tenant, thread, user }: Place & { user: string },
    notice: Notice,
  ): Promise<void> {
    const below = noticeTail(notice, newsClock());
    const body = wordsBody(notice.text, below);
    const handle = answerback.of(keyOf(thread, user));
    if (handle) {
      await (notice.isPrivate ? answerback.privately(handle, body) : answerback.openly(handle, body));
      return;
    }
    if (isLent(thread)) {
      return;
    }
    const link = `https://discord.com/channels/${tenant}/${channel}/${thread}`;
    if (
      notice.isPrivate &&
      tenant !== DIRECT &&
      (await whisper(user, wordsBody(notice.text, [text(link), ...below])))
    ) {
      return;
    }
    const isThere = channels.isThread(thread) || tenant === DIRECT;
    await api.surely('POST', Routes.channelMessages(isThere ? thread : channel), { body });
  }

  /** By direct message; false = they take none. */
  async function whisper(user: string, body: MessageBody): Promise<boolean> {
    try {
      const { id } = await api.surely<{ id: string }>('POST', Routes.userChannels(), {
        body: { recipient_id: user },
      });
      await api.surely('POST', Routes.channelMessages(id), { body });
      return true;
    } catch (error) {
      if (isRefusal(error)) {
        return false;
      }
      throw error;
    }
  }

  return { tell, explain };
}
