// Tokens of interactions, as long as they last: by them somebody is answered whom nobody else sees, or where the bot
// itself may not write.
import type { APIInteraction } from 'discord.js';
import type { Clock } from '../../domain.js';
import { createRecent } from './recent.js';
import { type DiscordApi, isRefusal, REFUSALS } from './rest.js';

export interface Handle {
  application: string;
  token: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Whether only the one who acted sees its answer. */
  isPrivate: boolean;
  /** Something was said by it. */
  isUsed: boolean;
}

export interface Answerback {
  /** `key` = what is answered: a thread and a user, or an interaction's id. */
  keep(key: string, handle: Omit<Handle, 'at' | 'isUsed'>): Handle;
  of(key: string): Handle | undefined;
  /** Says it to the one who acted alone, in place of the message that everybody sees. */
  privately(handle: Handle, body: object): Promise<void>;
  /** Puts it in the place of the first answer. */
  openly(handle: Handle, body: object): Promise<void>;
}

/** Discord lets a token live 15 minutes. */
const LIFE_MS = 14.5 * 60_000;
const MOST = 5_000;
const EPHEMERAL = 1 << 6;

/** The handle of an interaction that only the one who acted sees the answer to. */
export function keepHandle(
  answerback: Answerback,
  { application_id: application, id, token }: APIInteraction,
): Handle {
  return answerback.keep(id, { application, token, isPrivate: true });
}

export const keyOf = (thread: string, user: string) => `${thread} ${user}`;

export function createAnswerback(api: DiscordApi, clock: Clock): Answerback {
  const handles = createRecent<Handle>(MOST);
  const original = ({ application, token }: Handle) => `/webhooks/${application}/${token}/messages/@original`;

  async function openly(handle: Handle, body: object): Promise<void> {
    handle.isUsed = true;
    await api.surely('PATCH', original(handle), { body, isOpen: true });
  }

  return {
    keep(key, parts) {
      const handle = { ...parts, at: clock().getTime(), isUsed: false };
      handles.set(key, handle);
      return handle;
    },
    of(key) {
      const handle = handles.get(key);
      return handle && clock().getTime() - handle.at < LIFE_MS ? handle : undefined;
    },
    openly,
    async privately(handle, body) {
      if (handle.isPrivate && !handle.isUsed) {
        await openly(handle, body);
        return;
      }
      // An answer that everybody sees cannot be made private: it goes, and another one comes.
      if (!handle.isPrivate) {
        await api.surely('DELETE', original(handle), { isOpen: true }).catch((error: unknown) => {
          if (!isRefusal(error, REFUSALS.unknownMessage)) {
            throw error;
          }
        });
      }
      handle.isUsed = true;
      const { flags = 0 } = body as { flags?: number };
      const path = `/webhooks/${handle.application}/${handle.token}`;
      await api.once('POST', path, { body: { ...body, flags: flags | EPHEMERAL }, isOpen: true });
    },
  };
}
