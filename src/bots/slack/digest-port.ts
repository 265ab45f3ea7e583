// How Slack takes a digest: posted with a mark in its metadata, and looked for by that mark in the channel's history and,
// where it goes on there, in its thread. Nothing here is tried twice by itself.
import type { DigestPlatform, DigestPost, FindOutcome, PostOutcome } from '../../digests/platform.js';
import { BotError, describeError } from '../../errors.js';
import { untilAborted } from '../../until-aborted.js';
import { findParts, partKey, postParts } from '../post-parts.js';
import { isFailure, type SlackFailure } from './call-failure.js';
import { type DigestPart, digestParts } from './digest-blocks.js';
import type { Workspace, Workspaces } from './workspace.js';

/** Slack takes "several hundred" posts a minute of a workspace; answers want some of them. */
const POSTS_A_SECOND = 4;
/** Between our clock and Slack's. */
const SKEW_MS = 5 * 60_000;
const PAGE = 200;
const MOST_PAGES = 25;
const EVENT_TYPE = 'third_umpire_digest';

interface Page {
  messages: {
    ts: string;
    bot_id?: string;
    metadata?: { event_type: string; event_payload?: { key?: unknown } };
  }[];
  response_metadata?: { next_cursor?: string };
}

export function createSlackDigests(workspaces: Workspaces): DigestPlatform {
  async function workspaceOf(team: string, signal: AbortSignal): Promise<Workspace | PostOutcome> {
    try {
      return await untilAborted(workspaces.of(team), signal);
    } catch (error) {
      signal.throwIfAborted();
      const isGone = error instanceof BotError || (isFailure(error) && error.kind === 'refused');
      return { kind: isGone ? 'refused' : 'failed', why: describeError(error) };
    }
  }

  const sender =
    ({ api }: Workspace, { channel, key }: DigestPost, parts: DigestPart[], signal: AbortSignal) =>
    async (part: number, first: string | undefined): Promise<PostOutcome> => {
      const call = {
        channel,
        ...(first === undefined ? {} : { thread_ts: first }),
        ...parts[part],
        metadata: { event_type: EVENT_TYPE, event_payload: { key: partKey(key, part) } },
        unfurl_links: false,
        unfurl_media: false,
      };
      try {
        const { ts } = await untilAborted(api.once<{ ts: string }>('chat.postMessage', call), signal);
        return { kind: 'posted', message: ts };
      } catch (error) {
        signal.throwIfAborted();
        return outcomeOf(error);
      }
    };

  /** Ids by part, of all that is there since the digest was due. Error: SlackFailure, the signal's reason. */
  async function lookFor(
    { api, botId }: Workspace,
    { channel, dueAt, key }: DigestPost,
    bodies: DigestPart[],
    signal: AbortSignal,
  ): Promise<Map<number, string>> {
    const count = bodies.length;
    const parts = new Map(Array.from({ length: count }, (_, part) => [partKey(key, part), part]));
    const seen = new Map<number, string>();
    async function look(method: string, args: object, isDone: () => boolean): Promise<void> {
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const call = { ...args, include_all_metadata: true, limit: PAGE, ...(cursor ? { cursor } : {}) };
        const { messages, response_metadata: more } = await untilAborted(
          api.once<Page>(method, call),
          signal,
        );
        for (const { bot_id, metadata, ts } of messages) {
          const mark = metadata?.event_type === EVENT_TYPE ? metadata.event_payload?.key : undefined;
          const part = parts.get(String(mark));
          if (bot_id === botId && part !== undefined) {
            seen.set(part, ts);
          }
        }
        cursor = more?.next_cursor || undefined;
        if (!cursor || isDone()) {
          return;
        }
      }
      throw new Error(`more than ${MOST_PAGES * PAGE} messages since it was due`);
    }
    const oldest = ((Date.parse(dueAt) - SKEW_MS) / 1000).toFixed(6);
    const thread = bodies[0]?.thread_ts;
    if (thread !== undefined) {
      await look('conversations.replies', { channel, ts: thread, oldest }, () => seen.size === count);
      return seen;
    }
    await look('conversations.history', { channel, oldest }, () => seen.has(0));
    const first = seen.get(0);
    if (count > 1 && first !== undefined) {
      await look('conversations.replies', { channel, ts: first, oldest }, () => seen.size === count);
    }
    return seen;
  }

  return {
    name: 'slack',
    rate: { perSecond: POSTS_A_SECOND, of: 'tenant' },
    render: (letter) => JSON.stringify(digestParts(letter)),

    async post(post, signal) {
      const workspace = await workspaceOf(post.tenant, signal);
      if ('kind' in workspace) {
        return workspace;
      }
      const parts = JSON.parse(post.payload) as DigestPart[];
      return postParts(parts.length, sender(workspace, post, parts, signal));
    },

    async find(post, signal) {
      const workspace = await workspaceOf(post.tenant, signal);
      if ('kind' in workspace) {
        return workspace.kind === 'refused'
          ? { kind: 'never', why: workspace.why }
          : { kind: 'later', why: 'Slack cannot be reached' };
      }
      const parts = JSON.parse(post.payload) as DigestPart[];
      let seen: Map<number, string>;
      try {
        seen = await lookFor(workspace, post, parts, signal);
      } catch (error) {
        signal.throwIfAborted();
        return notSeen(error);
      }
      return findParts(parts.length, seen, sender(workspace, post, parts, signal));
    },
  };
}

function outcomeOf(error: unknown): PostOutcome {
  if (!isFailure(error)) {
    return { kind: 'unknown', why: describeError(error) };
  }
  const why = error.message;
  return error.kind === 'limited'
    ? { kind: 'limited', retryAfterMs: error.waitMs, ofChannelAlone: false }
    : { kind: error.kind, why };
}

function notSeen(error: unknown): FindOutcome {
  const failure: SlackFailure | undefined = isFailure(error) ? error : undefined;
  const why = describeError(error);
  return failure?.kind === 'refused'
    ? { kind: 'never', why }
    : { kind: 'later', why, ...(failure?.kind === 'limited' ? { retryAfterMs: failure.waitMs } : {}) };
}
