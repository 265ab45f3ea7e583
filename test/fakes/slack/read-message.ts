// The words of a message as a person reads them, for tests that compare what was said with what is shown.
import { decoded } from './live-markup.js';
import type { FakeMessage, Json, JsonObject } from './state.js';

/** Streamed markdown first, then what the blocks show; the plain text only when there is neither. */
export function visibleText(message: FakeMessage): string {
  const blocks = message.blocks.map(blockText).filter(Boolean);
  const parts = [plainMarkdown(message.markdown), ...blocks].filter(Boolean);
  return parts.length > 0 ? parts.join('\n') : plainMrkdwn(message.text);
}

/** The part of it that is markdown: the answer's own words, without sources and buttons. */
export function answerText(message: FakeMessage): string {
  const blocks = message.blocks.filter(({ type }) => type === 'markdown').map(({ text }) => String(text));
  return plainMarkdown([message.markdown, ...blocks].filter(Boolean).join('\n'));
}

/** Every button of a message: what it says and what it sends. */
export function buttonsOf(message: Pick<FakeMessage, 'blocks'>): JsonObject[] {
  const found: JsonObject[] = [];
  const walk = (value: Json | undefined): void => {
    if (Array.isArray(value)) {
      value.forEach(walk);
    } else if (typeof value === 'object' && value !== null) {
      if (['button', 'feedback_buttons', 'icon_button'].includes(String(value['type']))) {
        found.push(value as JsonObject);
      }
      Object.values(value).forEach(walk);
    }
  };
  walk(message.blocks);
  return found;
}

function blockText(block: JsonObject): string {
  if (block['type'] === 'markdown') {
    return plainMarkdown(String(block['text']));
  }
  const parts: string[] = [];
  const walk = (value: Json | undefined): void => {
    if (Array.isArray(value)) {
      value.forEach(walk);
    } else if (typeof value === 'object' && value !== null) {
      const { text, type } = value;
      if (typeof text === 'string') {
        parts.push(type === 'mrkdwn' ? plainMrkdwn(text) : text);
      }
      for (const key of ['text', 'elements', 'fields']) {
        if (typeof value[key] === 'object') {
          walk(value[key]);
        }
      }
    }
  };
  walk(block);
  return parts.join('');
}

function plainMarkdown(text: string): string {
  return decoded(text.replace(/\[((?:\\?\[)?[^[\]]*(?:\\?\])?)\]\(([^)\s]+)\)/g, '$1')).replaceAll(
    '\u2060',
    '',
  );
}

function plainMrkdwn(text: string): string {
  return decoded(text.replace(/<[^>|]+\|([^>]*)>/g, '$1').replace(/<([^>]+)>/g, '$1')).replaceAll(
    '\u2060',
    '',
  );
}
