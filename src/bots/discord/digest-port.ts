// How Discord takes a digest: posted with a nonce, which keeps a post that is sent again within minutes from being two,
// and looked for by its mark in the channel's messages. Nothing here is tried twice by itself.
import { DiscordAPIError, HTTPError, RateLimitError, Routes, SnowflakeUtil } from 'discord.js';
import type { DigestPlatform, DigestPost, FindOutcome, PostOutcome } from '../../digests/platform.js';
import { describeError } from '../../errors.js';
import { findParts, last, partKey, postParts } from '../post-parts.js';
import { digestBodies, hasMark, withMark } from './digest-components.js';
import type { MessageBody } from './message-body.js';
import { DIRECT } from './place.js';
import type { DiscordApi } from './rest.js';

export interface DigestPortDeps {
  api: DiscordApi;
  /** Whether the bot may read what was written in a channel; undefined = nobody knows yet. */
  mayLook(guild: string, channel: string): Promise<boolean | undefined>;
  botId(): string;
}

/** Of the 45 calls a second; a digest takes two messages at most as a rule, and answers go first. */
const POSTS_A_SECOND = 12;
/** Between our clock and Discord's. */
const SKEW_MS = 5 * 60_000;
const PAGE = 100;
const MOST_PAGES = 50;

interface Seen {
  id: string;
  author: { id: string };
  components?: { id?: number }[];
}

export function createDiscordDigests({ api, botId, mayLook }: DigestPortDeps): DigestPlatform {
  const sender =
    ({ channel, key }: DigestPost, bodies: MessageBody[], signal: AbortSignal) =>
    async (part: number): Promise<PostOutcome> => {
      const nonce = partKey(key, part);
      const body = { ...withMark(bodies[part] as MessageBody, nonce), nonce, enforce_nonce: true };
      try {
        const path = Routes.channelMessages(channel);
        const { id } = await api.once<{ id: string }>('POST', path, { body, signal, isImpatient: true });
        return { kind: 'posted', message: id };
      } catch (error) {
        signal.throwIfAborted();
        return outcomeOf(error);
      }
    };

  /** Ids by part, of all that is there since the digest was due; undefined = there is too much to look through. */
  async function lookFor(
    { channel, dueAt, key }: DigestPost,
    count: number,
    signal: AbortSignal,
  ): Promise<Map<number, string> | undefined> {
    const seen = new Map<number, string>();
    let after = String(SnowflakeUtil.generate({ timestamp: Date.parse(dueAt) - SKEW_MS }));
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { after, limit: String(PAGE) };
      const options = { query, signal, isImpatient: true };
      const messages = await api.once<Seen[]>('GET', Routes.channelMessages(channel), options);
      for (const { author, components = [], id } of messages) {
        const part = Array.from({ length: count }, (_, at) => at).find((at) =>
          hasMark(components, partKey(key, at)),
        );
        if (author.id === botId() && part !== undefined) {
          seen.set(part, id);
        }
      }
      // The latest stands first.
      after = messages[0]?.id ?? after;
      if (messages.length < PAGE || seen.size === count) {
        return seen;
      }
    }
    return undefined;
  }

  return {
    name: 'discord',
    rate: { perSecond: POSTS_A_SECOND, of: 'all' },
    render: (letter) => JSON.stringify(digestBodies(letter)),

    post(post, signal) {
      const bodies = JSON.parse(post.payload) as MessageBody[];
      // The buttons stand below the last, so it is the one that a thread is opened from.
      return postParts(bodies.length, sender(post, bodies, signal), last);
    },

    async find(post, signal) {
      // Where it may not read, Discord shows it an empty channel.
      const isOpen = post.tenant === DIRECT || (await mayLook(post.tenant, post.channel));
      if (!isOpen) {
        return isOpen === undefined
          ? { kind: 'later', why: 'the permissions in the channel are not known yet' }
          : { kind: 'never', why: 'the bot may not read the message history of the channel' };
      }
      const bodies = JSON.parse(post.payload) as MessageBody[];
      try {
        const seen = await lookFor(post, bodies.length, signal);
        return seen
          ? await findParts(bodies.length, seen, sender(post, bodies, signal), last)
          : { kind: 'later', why: `more than ${MOST_PAGES * PAGE} messages since it was due` };
      } catch (error) {
        signal.throwIfAborted();
        return notSeen(error);
      }
    },
  };
}

function outcomeOf(error: unknown): PostOutcome {
  const why = describeError(error);
  if (error instanceof RateLimitError) {
    return { kind: 'limited', retryAfterMs: error.retryAfter, ofChannelAlone: !error.global };
  }
  if (error instanceof DiscordAPIError) {
    // A token that is refused is mended by whoever runs the bot; what Discord does not take it never will.
    return { kind: error.status === 401 ? 'failed' : 'refused', why };
  }
  if (error instanceof HTTPError && error.status < 500) {
    return { kind: 'failed', why };
  }
  return { kind: 'unknown', why };
}

function notSeen(error: unknown): FindOutcome {
  const why = describeError(error);
  if (error instanceof RateLimitError) {
    return { kind: 'later', why, retryAfterMs: error.retryAfter };
  }
  return error instanceof DiscordAPIError && error.status !== 401
    ? { kind: 'never', why }
    : { kind: 'later', why };
}
