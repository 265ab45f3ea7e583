// The limits of Block Kit (docs.slack.dev/reference/block-kit). What breaks one is refused as Slack does, and counts
// as a violation: the adapter is to know the limits, not to find them.
import { Refusal } from './method.js';
import type { Json, JsonObject } from './state.js';

const BLOCKS = 50;
/** Characters of all blocks of a message; Slack says no number, others measured about this one. */
const MESSAGE_CHARACTERS = 13_200;
const MARKDOWN_CHARACTERS = 12_000;
const KNOWN = new Set([
  'section',
  'header',
  'divider',
  'context',
  'actions',
  'context_actions',
  'markdown',
  'rich_text',
  'image',
  'input',
]);

export function checkBlocks(blocks: unknown, isView = false): JsonObject[] {
  if (!Array.isArray(blocks)) {
    throw invalid('blocks is not an array');
  }
  if (blocks.length > (isView ? 100 : BLOCKS)) {
    throw invalid(`${blocks.length} blocks`);
  }
  const ids = new Set<string>();
  let markdown = 0;
  let characters = 0;
  for (const block of blocks as JsonObject[]) {
    checkBlock(block, isView);
    const id = block['block_id'];
    if (typeof id === 'string') {
      if (ids.has(id) || id.length > 255) {
        throw invalid(`block_id ${id}`);
      }
      ids.add(id);
    }
    markdown += block['type'] === 'markdown' ? String(block['text']).length : 0;
    characters += charactersOf(block);
  }
  if (markdown > MARKDOWN_CHARACTERS) {
    throw invalid(`${markdown} characters of markdown`);
  }
  if (characters > MESSAGE_CHARACTERS) {
    throw new Refusal('msg_blocks_too_long');
  }
  return blocks as JsonObject[];
}

function checkBlock(block: JsonObject, isView: boolean): void {
  const type = String(block['type']);
  const elements = (block['elements'] ?? []) as JsonObject[];
  if (!KNOWN.has(type) || (isView && (type === 'markdown' || type === 'context_actions'))) {
    throw invalid(`no block here: ${type}`);
  }
  if (type === 'section') {
    checkText(block['text'], 3000, ['mrkdwn', 'plain_text'], 'section');
  } else if (type === 'header') {
    checkText(block['text'], 150, ['plain_text'], 'header');
  } else if (type === 'markdown') {
    if (typeof block['text'] !== 'string' || block['text'] === '') {
      throw invalid('markdown without text');
    }
  } else if (type === 'context') {
    within(elements.length, 1, 10, 'context elements');
    for (const element of elements) {
      checkText(element, 3000, ['mrkdwn', 'plain_text'], 'context');
    }
  } else if (type === 'actions') {
    within(elements.length, 1, 25, 'actions');
    elements.forEach(checkButton);
  } else if (type === 'context_actions') {
    within(elements.length, 1, 5, 'context_actions');
    elements.forEach(checkContextAction);
  } else if (type === 'rich_text') {
    within(elements.length, 1, 1000, 'rich_text elements');
    checkRichText(elements);
  }
}

function checkButton(button: JsonObject): void {
  if (button['type'] !== 'button' || typeof button['action_id'] !== 'string') {
    throw invalid('an element of actions that is no button with an action_id');
  }
  checkText(button['text'], 75, ['plain_text'], 'button');
  within(String(button['action_id']).length, 1, 255, 'action_id');
  within(String(button['value'] ?? '').length, 0, 2000, 'value');
  if (!['undefined', 'primary', 'danger'].includes(String(button['style']))) {
    throw invalid(`style ${button['style']}`);
  }
}

function checkContextAction(element: JsonObject): void {
  if (element['type'] === 'icon_button') {
    checkText(element['text'], 75, ['plain_text'], 'icon_button');
    if (element['icon'] !== 'trash') {
      throw invalid('icon_button has the icon "trash" and no other');
    }
    return;
  }
  if (element['type'] !== 'feedback_buttons' || typeof element['action_id'] !== 'string') {
    throw invalid(`an element of context_actions: ${element['type']}`);
  }
  for (const name of ['positive_button', 'negative_button']) {
    const button = element[name] as JsonObject | undefined;
    checkText(button?.['text'], 75, ['plain_text'], name);
    within(String(button?.['value'] ?? '').length, 1, 2000, `${name} value`);
  }
}

const RICH_PARENTS = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'];
const RICH_LEAVES = ['text', 'link', 'emoji', 'user', 'usergroup', 'channel', 'broadcast', 'date'];

function checkRichText(elements: JsonObject[], depth = 0): void {
  for (const element of elements) {
    const type = String(element['type']);
    const allowed = depth === 0 ? RICH_PARENTS : [...RICH_LEAVES, 'rich_text_section'];
    if (!allowed.includes(type)) {
      throw invalid(`rich text: ${type}`);
    }
    if (type === 'text' && (typeof element['text'] !== 'string' || element['text'] === '')) {
      throw invalid('an empty rich text');
    }
    if (type === 'link' && !/^(https?|mailto|tel):/.test(String(element['url']))) {
      throw invalid(`rich text link ${element['url']}`);
    }
    checkRichText((element['elements'] ?? []) as JsonObject[], depth + 1);
  }
}

function checkText(value: Json | undefined, limit: number, types: string[], place: string): void {
  const object = value as JsonObject | undefined;
  const text = object?.['text'];
  if (!types.includes(String(object?.['type'])) || typeof text !== 'string') {
    throw invalid(`${place}: no text of type ${types.join(' or ')}`);
  }
  within(text.length, 1, limit, `${place} text`);
}

function within(value: number, least: number, most: number, what: string): void {
  if (value < least || value > most) {
    throw invalid(`${what}: ${value}, allowed ${least} to ${most}`);
  }
}

function charactersOf(value: Json | undefined): number {
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, inner) => sum + charactersOf(inner), 0);
  }
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  return Object.entries(value).reduce(
    (sum, [key, inner]) =>
      sum +
      (typeof inner === 'string'
        ? key === 'text' || key === 'url'
          ? inner.length
          : 0
        : charactersOf(inner)),
    0,
  );
}

function invalid(why: string): Refusal {
  return new Refusal('invalid_blocks', { response_metadata: { messages: [`[ERROR] ${why}`] } });
}
