// Message components as Discord takes them: the old kind (rows of buttons below a content) and version 2 (flag 1<<15,
// the message is its components). Discord's published limits, told as 50035 with the path of what is wrong.
import { z } from 'zod';
import type { JsonObject } from './json.js';
import { invalidBody } from './refusal.js';

export const V2 = 1 << 15;
const MOST_V2 = 40;
const MOST_TEXT = 4000;

const id = z.int32().min(0).optional();
const emoji = z.strictObject({
  id: z.string().nullish(),
  name: z.string().nullish(),
  animated: z.boolean().optional(),
});
const url = z.url({ protocol: /^(https?|discord)$/ }).max(512);

const button = z
  .strictObject({
    type: z.literal(2),
    id,
    style: z.int().min(1).max(6),
    label: z.string().min(1).max(80).optional(),
    emoji: emoji.optional(),
    custom_id: z.string().min(1).max(100).optional(),
    url: url.optional(),
    disabled: z.boolean().optional(),
  })
  .refine(({ custom_id, style, url }) => (style === 5 ? url && !custom_id : custom_id && !url), {
    message: 'A link button has a url, any other a custom_id',
  })
  .refine(({ emoji, label }) => emoji !== undefined || label !== undefined, {
    message: 'A button must have a label or an emoji',
  });

const select = z.strictObject({
  type: z.union([z.literal(3), z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
  id,
  custom_id: z.string().min(1).max(100),
  placeholder: z.string().max(150).optional(),
  min_values: z.int().min(0).max(25).optional(),
  max_values: z.int().min(1).max(25).optional(),
  disabled: z.boolean().optional(),
  channel_types: z.array(z.int()).optional(),
  default_values: z
    .array(z.strictObject({ id: z.string(), type: z.enum(['user', 'role', 'channel']) }))
    .max(25)
    .optional(),
  options: z
    .array(
      z.strictObject({
        label: z.string().min(1).max(100),
        value: z.string().min(1).max(100),
        description: z.string().max(100).optional(),
        default: z.boolean().optional(),
        emoji: emoji.optional(),
      }),
    )
    .min(1)
    .max(25)
    .optional(),
});

const row = z.strictObject({
  type: z.literal(1),
  id,
  components: z.union([z.array(button).min(1).max(5), z.array(select).length(1)]),
});
const text = z.strictObject({ type: z.literal(10), id, content: z.string().min(1).max(MOST_TEXT) });
const media = z.strictObject({ url: z.string() });
const thumbnail = z.strictObject({
  type: z.literal(11),
  id,
  media,
  description: z.string().max(1024).nullish(),
  spoiler: z.boolean().optional(),
});
const section = z.strictObject({
  type: z.literal(9),
  id,
  components: z.array(text).min(1).max(3),
  accessory: z.union([button, thumbnail]),
});
const separator = z.strictObject({
  type: z.literal(14),
  id,
  divider: z.boolean().optional(),
  spacing: z.int().min(1).max(2).optional(),
});
const inContainer = z.union([row, text, section, separator]);
const container = z.strictObject({
  type: z.literal(17),
  id,
  accent_color: z.int().min(0).max(0xffffff).nullish(),
  spoiler: z.boolean().optional(),
  components: z.array(inContainer).min(1).max(MOST_V2),
});
const topLevel = z.union([row, text, section, separator, container]);

/** Error: 50035. */
export function checkComponents(components: JsonObject[], isV2: boolean): void {
  const kinds: z.ZodType = isV2 ? topLevel : row;
  components.forEach((component, at) => {
    const read = kinds.safeParse(component);
    if (!read.success) {
      throw invalidBody(['components', at], z.prettifyError(read.error));
    }
  });
  const all = components.flatMap(withInner);
  if (isV2 && all.length > MOST_V2) {
    throw invalidBody(
      ['components'],
      `Must be ${MOST_V2} or fewer in all, not ${all.length}`,
      'BASE_TYPE_BAD_LENGTH',
    );
  }
  if (!isV2 && components.length > 5) {
    throw invalidBody(['components'], 'Must be between 1 and 5 in length.', 'BASE_TYPE_BAD_LENGTH');
  }
  const length = all.reduce(
    (sum, { content, type }) => sum + (type === 10 ? [...String(content)].length : 0),
    0,
  );
  if (length > MOST_TEXT) {
    throw invalidBody(
      ['components'],
      `The text of all components has ${length} of ${MOST_TEXT} characters`,
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    );
  }
  const ids = all.flatMap(({ custom_id: own }) => (typeof own === 'string' ? [own] : []));
  if (new Set(ids).size < ids.length) {
    throw invalidBody(
      ['components'],
      'Component custom id cannot be duplicated',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    );
  }
}

/** A component with all inside it. */
export function withInner(component: JsonObject): JsonObject[] {
  const inner = [
    ...((component['components'] as JsonObject[] | undefined) ?? []),
    component['accessory'] as JsonObject | undefined,
  ];
  return [component, ...inner.flatMap((one) => (one ? withInner(one) : []))];
}
