// What Discord would make of a text: which links can be clicked and where they lead, whose words hide another address,
// and which pills of people, roles and channels it shows. In doubt it sees something: a masked link whose words look
// like an address is not shown as one by every client, and counts here.

import { withInner } from './components.js';
import type { JsonObject } from './json.js';

export interface LiveLink {
  url: string;
  /** What is read; for a bare address the address. */
  label: string;
  kind: 'masked' | 'bare' | 'button';
}

export interface LiveMarkdown {
  links: LiveLink[];
  /** Links whose words name another host than they lead to, or hide direction marks or nothing at all. */
  disguised: string[];
  /** "<@1>", "<@&1>", "<#1>", "</name:1>", "@everyone": shown as a pill, whether or not it rings. */
  pills: string[];
}

const ESCAPED = /^\\([^0-9A-Za-z\s])/;
const CODE = /^(`+)([\s\S]*?[^`])\1(?!`)/;
// The bracket part of simple-markdown, which Discord's parser is made from: one pair of brackets inside is allowed.
const MASKED =
  /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['"]([\s\S]*?)['"])?\s*\)/;
const BARE = /^<?(https?:\/\/[^\s<>]+[^<>.,:;"'\]\s])>?/i;
const PILL = /^(?:<@[!&]?\d+>|<#\d+>|<\/[^:>]+:\d+>|@(?:everyone|here)\b|<id:\w+>)/;
const ADDRESS = /(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?#]|\b)/i;
const HIDDEN = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

/** Of one text as it was sent. */
export function liveText(text: string, found: LiveMarkdown = empty()): LiveMarkdown {
  let rest = text;
  while (rest !== '') {
    rest = rest.slice(step(rest, found));
  }
  return found;
}

/** Of a whole message with its buttons. */
export function liveMarkdown({
  components,
  content,
}: {
  content: string;
  components: JsonObject[];
}): LiveMarkdown {
  const found = liveText(content);
  for (const component of components.flatMap(withInner)) {
    if (component['type'] === 10) {
      liveText(String(component['content']), found);
    } else if (component['type'] === 2 && typeof component['url'] === 'string') {
      add(found, { url: component['url'], label: String(component['label'] ?? ''), kind: 'button' });
    }
  }
  return found;
}

/** Reads one thing off the front; gives its length. */
function step(rest: string, found: LiveMarkdown): number {
  const quiet = ESCAPED.exec(rest) ?? CODE.exec(rest);
  if (quiet) {
    return quiet[0].length;
  }
  const masked = MASKED.exec(rest);
  if (masked) {
    const [whole, label = '', url = ''] = masked;
    if (/^https?:\/\//i.test(url)) {
      add(found, { url: url.replace(/\\(.)/g, '$1'), label, kind: 'masked' });
      // Words inside a link are read, too.
      found.pills.push(...liveText(label).pills);
      return whole.length;
    }
  }
  const [, bare] = BARE.exec(rest) ?? [];
  if (bare) {
    add(found, { url: bare, label: bare, kind: 'bare' });
    return BARE.exec(rest)?.[0].length ?? 1;
  }
  const pill = PILL.exec(rest);
  if (pill) {
    found.pills.push(pill[0]);
    return pill[0].length;
  }
  return 1;
}

function add(found: LiveMarkdown, link: LiveLink): void {
  found.links.push(link);
  const words = link.label.replace(/\\(.)/g, '$1');
  const [, named] = ADDRESS.exec(words) ?? [];
  const host = (address: string) => address.toLowerCase().replace(/^www\./, '');
  const leads = URL.canParse(link.url) ? host(new URL(link.url).hostname) : link.url;
  // The words of a button are a headline, and its address is asked about before it is opened.
  const hides = named !== undefined && host(named) !== leads && link.kind !== 'button';
  if (hides || HIDDEN.test(words) || words.trim() === '') {
    found.disguised.push(`${link.label} -> ${link.url}`);
  }
}

const empty = (): LiveMarkdown => ({ links: [], disguised: [], pills: [] });
