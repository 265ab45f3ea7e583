// Where an answer is written: the thread of its question, opened early from the message that asked; the channel itself
// where no thread can be; direct messages; and, where the bot is only lent to a user, the answer to the command.
import { Routes } from 'discord.js';
import type { Turn } from '../ports.js';
import type { Answerback } from './answerback.js';
import { plainLine } from './escape.js';
import { lentVenue } from './lent-venue.js';
import type { MessageBody } from './message-body.js';
import { changeMessage, removeMessage } from './own-messages.js';
import { DIRECT, isLent } from './place.js';
import { type DiscordApi, isRefusal, REFUSALS } from './rest.js';

/** Messages by ids that say their channel, too: "channel/message"; "@/message" = by the token of a command. */
export interface Venue {
  /** Opens the thread early; what goes wrong is met again by `post`. */
  open(): Promise<void>;
  /** Posts once, however often it must be tried. `nonce` at most 25 characters. */
  post(body: MessageBody, nonce: string): Promise<string>;
  /** Puts `body` in the place of all that the message shows. False = it is gone. */
  change(id: string, body: MessageBody): Promise<boolean>;
  /** Gone already counts as removed. */
  remove(id: string): Promise<void>;
  /** Our messages with this question's id in a button, in order. */
  find(): Promise<string[]>;
}

export interface VenueDeps {
  api: DiscordApi;
  answerback: Answerback;
  botId: string;
  isThread(channel: string): boolean;
}

export type Asked = Pick<
  Turn,
  'tenant' | 'channel' | 'thread' | 'message' | 'way' | 'text' | 'questionId' | 'signal'
>;

const NAME_CHARACTERS = 90;
const ARCHIVED_AFTER_MINUTES = 1440;
const NO_THREADS = [
  REFUSALS.wrongChannelType,
  REFUSALS.missingAccess,
  REFUSALS.missingPermissions,
  REFUSALS.unknownChannel,
  REFUSALS.tooManyThreads,
];

export function openVenue(deps: VenueDeps, turn: Asked): Venue {
  return isLent(turn.thread) ? lentVenue(deps, turn) : channelVenue(deps, turn);
}

function channelVenue({ answerback, api, botId, isThread }: VenueDeps, turn: Asked): Venue {
  const { channel, message, questionId, signal, tenant, text, thread, way } = turn;
  const isCommand = way === 'command' || way === 'shortcut';
  let place: Promise<string> | undefined;

  /** The channel or thread to write in. */
  async function open(): Promise<string> {
    if (tenant === DIRECT) {
      return channel;
    }
    if (isThread(thread) || (thread !== message && !isCommand)) {
      return thread;
    }
    try {
      const name = plainLine(text, NAME_CHARACTERS) || 'A question';
      const body = { name, auto_archive_duration: ARCHIVED_AFTER_MINUTES };
      await api.surely('POST', Routes.threads(channel, thread), { body, signal });
      return thread;
    } catch (error) {
      // It is there already; or it is no message's, but a thread that a command was used in.
      if (isRefusal(error, REFUSALS.threadExists, REFUSALS.unknownMessage)) {
        return thread;
      }
      if (isRefusal(error, ...NO_THREADS)) {
        return channel;
      }
      throw error;
    }
  }

  function opened(): Promise<string> {
    place ??= open().catch((error: unknown) => {
      place = undefined;
      throw error;
    });
    return place;
  }

  async function postTo(target: string, body: MessageBody, nonce: string): Promise<string> {
    // In its own thread the first message answers what opened it; anywhere else it says what it answers.
    const replyTo =
      target === thread && target !== channel && (thread === message || isCommand)
        ? undefined
        : isCommand
          ? thread
          : message;
    const isId = /^\d+$/.test(replyTo ?? '');
    const reference = isId ? { message_reference: { message_id: replyTo, fail_if_not_exists: false } } : {};
    const call = { ...body, ...reference, nonce, enforce_nonce: true };
    const { id } = await api.surely<{ id: string }>('POST', Routes.channelMessages(target), {
      body: call,
      signal,
    });
    return `${target}/${id}`;
  }

  return {
    open: () =>
      opened().then(
        () => {},
        () => {},
      ),
    async post(body, nonce) {
      const target = await opened();
      try {
        return await postTo(target, body, nonce);
      } catch (error) {
        const hasNoThread =
          target !== channel && isRefusal(error, REFUSALS.unknownChannel, REFUSALS.threadLocked);
        if (!hasNoThread) {
          throw error;
        }
        place = Promise.resolve(channel);
        return postTo(channel, body, nonce);
      }
    },
    change: (id, body) => changeMessage(api, id, body, signal),
    remove: (id) => removeMessage({ api, answerback }, id, message),
    async find() {
      const after = /^\d+$/.test(message) ? message : thread;
      const found: string[] = [];
      for (const target of new Set([thread, channel])) {
        const page = await api
          .surely<Found[]>('GET', Routes.channelMessages(target), { query: { after, limit: '100' }, signal })
          .catch((error: unknown) => {
            if (isRefusal(error)) {
              return [];
            }
            throw error;
          });
        const ours = page.filter(
          ({ author, components }) =>
            author.id === botId && JSON.stringify(components).includes(`:${questionId}"`),
        );
        found.push(...ours.map(({ id }) => `${target}/${id}`).reverse());
      }
      return found;
    },
  };
}

interface Found {
  id: string;
  author: { id: string };
  components: unknown[];
}
