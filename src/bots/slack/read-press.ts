// A press of one of our buttons. What a button sends is our own JSON, but it passed through Slack and people's
// clients: it is read as anything that comes from outside.
import { z } from 'zod';
import type { ChannelPlace } from '../../digests/subscription.js';
import type { FeedbackKind, Press } from '../ports.js';

const valueSchema = z.object({
  /** Question. */
  q: z.string().max(200),
  /** Kind of feedback. */
  k: z.enum(['up', 'down', 'wrong-source']).optional(),
  /** Choice. */
  c: z.string().max(2000).optional(),
});

const bodySchema = z.object({
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  container: z.object({ message_ts: z.string(), thread_ts: z.string().optional() }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
});

const digestValueSchema = z.object({
  /** Channel. */
  c: z.string().max(50).optional(),
  /** Local date; of a breaking story with its id. */
  d: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(?:\/[0-9a-f]{16})?$/)
    .optional(),
});
const digestBodySchema = z.object({
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  /** Absent = it was pressed in the Home tab. */
  channel: z.object({ id: z.string() }).optional(),
});

export interface ReadDigestPress {
  user: string;
  tenant: string;
  /** Where it was pressed; absent = in the Home tab. */
  place?: ChannelPlace | undefined;
  /** The channel that the button names: of the Home tab, where it is for the one to check. */
  named?: string | undefined;
  date?: string | undefined;
}

/** Undefined = it is none of ours. */
export function readDigestPress(body: unknown, value: unknown): ReadDigestPress | undefined {
  const sent = digestValueSchema.safeParse(parsed(value));
  const seen = digestBodySchema.safeParse(body);
  if (!sent.success || !seen.success) {
    return undefined;
  }
  const { channel, team, user } = seen.data;
  const place = channel && { platform: 'slack', tenant: team.id, channel: channel.id };
  return { user: user.id, tenant: team.id, place, named: sent.data.c, date: sent.data.d };
}

export interface ReadPress {
  press: Press;
  kind?: FeedbackKind | undefined;
  choice?: string | undefined;
}

/** Undefined = it is none of ours. */
export function readPress(body: unknown, value: unknown): ReadPress | undefined {
  const sent = valueSchema.safeParse(parsed(value));
  const seen = bodySchema.safeParse(body);
  if (!sent.success || !seen.success) {
    return undefined;
  }
  const { channel, container, message, team, user } = seen.data;
  const press = {
    platform: 'slack',
    tenant: team.id,
    channel: channel.id,
    thread: message?.thread_ts ?? container.thread_ts ?? container.message_ts,
    questionId: sent.data.q,
    user: user.id,
  };
  return { press, kind: sent.data.k, choice: sent.data.c };
}

function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
}
