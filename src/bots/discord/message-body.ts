// The body of every message that we send: components of version 2, no link unfolded, nobody rung.
import { MessageFlags } from 'discord.js';
import { escapeMarkdown } from './escape.js';
import { type Component, text } from './tail.js';

/** Discord counts the texts of all components of a message. */
export const MESSAGE_CHARACTERS = 4_000;

export interface MessageBody {
  flags: number;
  components: Component[];
  allowed_mentions: { parse: [] };
  content?: null;
}

export function bodyOf(components: Component[]): MessageBody {
  return {
    flags: MessageFlags.IsComponentsV2 | MessageFlags.SuppressEmbeds,
    components,
    allowed_mentions: { parse: [] },
  };
}

/** Words of ours or of anybody, escaped. */
export function wordsBody(words: string, more: Component[] = []): MessageBody {
  return bodyOf([text(escapeMarkdown(words).slice(0, MESSAGE_CHARACTERS - 200) || '…'), ...more]);
}
