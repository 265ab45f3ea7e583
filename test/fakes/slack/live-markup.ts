// What Slack would make of a message: whom it would ping, and which links say one address and lead to another. It
// errs on the side of seeing something: a backslash saves nothing here, because Slack does not promise that it does.
import type { FakeMessage, Json, JsonObject } from './state.js';

export interface LiveMarkup {
  /** "<!channel>", "<@U…>", "<!subteam^…>", and the rich-text elements that do the same. */
  mentions: string[];
  /** Links whose words are an address of another host, or hide direction marks. */
  disguised: string[];
  /** Every link that leads somewhere else than its words say: for tests of numbered citations. */
  links: { url: string; label: string }[];
}

const MENTION = /<(?:!(?:channel|here|everyone|group)|!subteam\^[^>]*|@[UWB][^>]*)(?:\|[^>]*)?>/g;
const MRKDWN_LINK = /<((?:https?|mailto|tel|ftp):[^>|]*)\|([^>]*)>/gi;
const MARKDOWN_LINK = /\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*<?([^)\s>]+)[^)]*\)/g;
const REFERENCE = /^\s{0,3}\[([^\]]+)\]:\s*<?(\S+?)>?\s*$/gm;
const REFERENCE_USE = /\[([^\]]+)\]\[([^\]]*)\]/g;
const ANCHOR = /<a\s[^>]*href\s*=\s*["']?([^"'\s>]+)[^>]*>(.*?)<\/a>/gis;
const ADDRESS = /(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?#]|\b)/i;
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/;

export function liveMarkup(message: FakeMessage): LiveMarkup {
  const found: LiveMarkup = { mentions: [], disguised: [], links: [] };
  readMarkdown(message.markdown, found);
  if (message.blocks.length === 0) {
    readMrkdwn(message.text, found);
  } else {
    // Notifications and search read the text even where blocks are shown.
    found.mentions.push(...(message.text.match(MENTION) ?? []));
  }
  for (const block of message.blocks) {
    readBlock(block, found);
  }
  return found;
}

function readBlock(value: Json | undefined, found: LiveMarkup): void {
  if (Array.isArray(value)) {
    for (const inner of value) {
      readBlock(inner, found);
    }
    return;
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const { text, type } = value;
  if (type === 'markdown' && typeof text === 'string') {
    readMarkdown(text, found);
  } else if (type === 'mrkdwn' && typeof text === 'string') {
    readMrkdwn(text, found);
  } else if (type === 'link' && typeof value['url'] === 'string') {
    addLink(value['url'], typeof text === 'string' ? text : value['url'], found);
  } else if (type === 'user' || type === 'usergroup' || type === 'broadcast') {
    found.mentions.push(JSON.stringify(value));
  }
  for (const [key, inner] of Object.entries(value as JsonObject)) {
    if (key !== 'value' && key !== 'private_metadata') {
      readBlock(inner, found);
    }
  }
}

function readMrkdwn(text: string, found: LiveMarkup): void {
  found.mentions.push(...(text.match(MENTION) ?? []));
  for (const [, url = '', label = ''] of text.matchAll(MRKDWN_LINK)) {
    addLink(url, decoded(label), found);
  }
}

function readMarkdown(markdown: string, found: LiveMarkup): void {
  const text = markdown.replaceAll('\\', '');
  readMrkdwn(text, found);
  for (const [, label = '', url = ''] of text.matchAll(MARKDOWN_LINK)) {
    addLink(decoded(url), decoded(label), found);
  }
  const references = new Map([...text.matchAll(REFERENCE)].map(([, name = '', url = '']) => [name, url]));
  for (const [, label = '', name = ''] of text.matchAll(REFERENCE_USE)) {
    const url = references.get(name || label);
    if (url) {
      addLink(decoded(url), decoded(label), found);
    }
  }
  for (const [, url = '', label = ''] of text.matchAll(ANCHOR)) {
    addLink(url, label, found);
  }
}

function addLink(url: string, label: string, found: LiveMarkup): void {
  found.links.push({ url, label });
  const [, named] = ADDRESS.exec(label) ?? [];
  const host = URL.canParse(url) ? new URL(url).hostname : url;
  const says = named?.toLowerCase().replace(/^www\./, '');
  const leads = host.toLowerCase().replace(/^www\./, '');
  if ((says !== undefined && says !== leads) || DIRECTION.test(label)) {
    found.disguised.push(`${label} -> ${url}`);
  }
}

/** Entities are decoded after the parse, so what they stand for is never live. */
export function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
