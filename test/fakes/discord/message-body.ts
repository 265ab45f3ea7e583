// The body of a message on its way in: Discord's fields, lengths and the rules of version 2. A field that Discord does
// not know is passed over there; here it is told, as whoever sends it believes in something.
import { z } from 'zod';
import { checkComponents, V2 } from './components.js';
import type { JsonObject } from './json.js';
import { invalidBody, Refusal } from './refusal.js';

export const EPHEMERAL = 1 << 6;
export const SUPPRESS_EMBEDS = 1 << 2;
export const SUPPRESS_NOTIFICATIONS = 1 << 12;
/** What a bot may set. */
const SETTABLE = V2 | EPHEMERAL | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS;

const snowflake = z.string().regex(/^\d{1,20}$/);
const object = z.record(z.string(), z.unknown());

export const allowedMentions = z.strictObject({
  parse: z.array(z.enum(['roles', 'users', 'everyone'])).optional(),
  roles: z.array(snowflake).max(100).optional(),
  users: z.array(snowflake).max(100).optional(),
  replied_user: z.boolean().optional(),
});

const shared = {
  content: z.string().max(2000).nullish(),
  embeds: z.array(object).max(10).nullish(),
  flags: z.int().nullish(),
  components: z.array(object).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  attachments: z.array(object).nullish(),
};

export const createBody = z.strictObject({
  ...shared,
  tts: z.boolean().optional(),
  nonce: z.union([z.string().max(25), z.int()]).optional(),
  enforce_nonce: z.boolean().optional(),
  message_reference: z
    .strictObject({
      type: z.int().optional(),
      message_id: snowflake,
      channel_id: snowflake.optional(),
      guild_id: snowflake.optional(),
      fail_if_not_exists: z.boolean().optional(),
    })
    .optional(),
  sticker_ids: z.array(snowflake).max(3).optional(),
});
export const editBody = z.strictObject(shared);
export const webhookBody = z.strictObject({
  ...shared,
  tts: z.boolean().optional(),
  thread_name: z.string().optional(),
});

export type MessageBody = z.infer<typeof createBody>;

/** Reads a body; what Discord refuses is thrown as 50035, fields it does not know are handed to `violate`. */
export function readBody<T>(
  schema: z.ZodType<T>,
  body: unknown,
  violate: (what: string) => void,
  place: string,
): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) {
    return read.data;
  }
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    violate(`${place}: unknown field ${issue.keys.join(', ')}`);
  }
  throw invalidBody((issue?.path ?? []) as (string | number)[], issue?.message ?? 'bad value');
}

/** Rules over several fields. `before` = the message that is changed. Errors: 50035, 50006. */
export function checkMessage(
  body: MessageBody,
  before?: { flags: number; content: string; components: JsonObject[] },
): void {
  const { components, content, embeds, flags } = body;
  if (flags && (flags & ~SETTABLE) !== 0) {
    throw invalidBody(['flags'], 'This flag cannot be set');
  }
  // Once a message is made of components it stays so, whatever flags a change gives.
  const isV2 = (((flags ?? 0) | (before?.flags ?? 0)) & V2) !== 0;
  if (isV2 && (content || (embeds && embeds.length > 0))) {
    throw invalidBody(
      [content ? 'content' : 'embeds'],
      'The "content" and "embeds" fields cannot be used with MessageFlags.IS_COMPONENTS_V2',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    );
  }
  if (isV2 && before && !(before.flags & V2) && before.content && content === undefined) {
    throw invalidBody(
      ['content'],
      'The "content" field cannot be used with MessageFlags.IS_COMPONENTS_V2',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    );
  }
  checkComponents((components ?? []) as JsonObject[], isV2);
  const kept = {
    content: content === undefined ? (before?.content ?? '') : (content ?? ''),
    components: components === undefined ? (before?.components ?? []) : (components ?? []),
  };
  if (kept.content.trim() === '' && kept.components.length === 0 && !(embeds && embeds.length > 0)) {
    throw new Refusal(400, 50006, 'Cannot send an empty message');
  }
}
