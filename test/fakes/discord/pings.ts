// Whose bell a message would ring (discord.com/developers/docs/resources/message, "Allowed mentions object"): what its
// text names, as far as `allowed_mentions` lets it. A backslash before it does not matter, code neither: the text is
// read as it is.
import type { z } from 'zod';
import { withInner } from './components.js';
import type { Json, JsonObject } from './json.js';
import type { allowedMentions } from './message-body.js';
import { invalidBody } from './refusal.js';

type AllowedMentions = z.infer<typeof allowedMentions>;

export interface Pinging {
  content: string;
  components: JsonObject[];
  /** Who wrote the message that it replies to. */
  repliedTo?: string | undefined;
  mayMentionEveryone: boolean;
}

/** User and role ids, "everyone", "here", each once. Error: 50035. */
export function pingsOf(message: Pinging, allowed: AllowedMentions | null | undefined): string[] {
  for (const kind of ['users', 'roles'] as const) {
    if (allowed?.parse?.includes(kind) && allowed[kind]) {
      throw invalidBody(
        ['allowed_mentions', kind],
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
  const text = textOf(message);
  const mayPing = (kind: 'users' | 'roles', id: string) =>
    !allowed || allowed.parse?.includes(kind) || allowed[kind]?.includes(id);
  const pings = new Set<string>();
  for (const [, sign, id = ''] of text.matchAll(/<@([!&]?)(\d+)>/g)) {
    if (mayPing(sign === '&' ? 'roles' : 'users', id)) {
      pings.add(id);
    }
  }
  if (message.mayMentionEveryone && (!allowed || allowed.parse?.includes('everyone'))) {
    for (const [, name = ''] of text.matchAll(/@(everyone|here)\b/g)) {
      pings.add(name);
    }
  }
  if (message.repliedTo && (!allowed || allowed.replied_user)) {
    pings.add(message.repliedTo);
  }
  return [...pings];
}

/** Users that a text names, whether or not they are rung. */
export function namedUsers(text: string): string[] {
  return [...new Set([...text.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id))];
}

/** The content, or the text of the components, as it was sent. */
export function textOf({ components, content }: { content: string; components: JsonObject[] }): string {
  const texts = components
    .flatMap(withInner)
    .filter(({ type }) => type === 10)
    .map((component): Json | undefined => component['content']);
  return [content, ...texts].filter(Boolean).join('\n');
}
