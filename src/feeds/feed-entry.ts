// The fields of one entry, each from the first place that has it.
import type { Entry } from '../domain.js';
import { parseFeedDate } from './feed-dates.js';
import { linkOf } from './feed-link.js';
import { attribute, baseOf, children, type Node, resolveUrl, textOf, wordsOf } from './feed-node.js';
import { tidy } from './html-text.js';

const PUBLISHED = ['published', 'pubdate', 'issued', 'dc:date', 'dcterms:created', 'created', 'date'];
const CHANGED = ['updated', 'modified', 'dcterms:modified'];
const TEXTS = [
  'content:encoded',
  'content',
  'fullitem',
  'body',
  'xhtml:body',
  'description',
  'summary',
  'dc:description',
  'media:description',
];
const AUTHORS = ['dc:creator', 'author', 'creator', 'dc:author', 'itunes:author'];

/** Times are given as written, also those ahead of `now`; who shows them decides. */
export function readEntry(node: Node, outerBase: string | undefined, _now: Date): Entry {
  const base = baseOf(node, outerBase);
  const first = (names: string[]) =>
    names.map((name) => children(node, name)[0]).find((found) => textOf(found).trim());
  const guid = tidy(textOf(first(['guid', 'id']))) || undefined;
  const author = authorOf(first(AUTHORS));
  const publishedAt = dateOf(node, [...PUBLISHED, ...CHANGED]);
  const url = urlOf(node, base, guid);
  return {
    title: wordsOf(first(['title', 'dc:title'])),
    text: longest(TEXTS.flatMap((name) => children(node, name)).map(wordsOf)),
    ...(guid ? { guid } : {}),
    ...(url ? { url } : {}),
    ...(author ? { author } : {}),
    ...(publishedAt ? { publishedAt } : {}),
  };
}

function urlOf(node: Node, base: string | undefined, guid: string | undefined): string | undefined {
  const original = children(node, 'feedburner:origlink').map((found) => resolveUrl(textOf(found), base))[0];
  const isPermanent = attribute(children(node, 'guid')[0], 'isPermaLink')?.toLowerCase() !== 'false';
  const permalink = isPermanent && guid && /^https?:/i.test(guid) ? resolveUrl(guid, base) : undefined;
  return original ?? linkOf(children(node, 'link'), base) ?? permalink;
}

function dateOf(node: Node, names: string[]): string | undefined {
  const texts = names.flatMap((name) => children(node, name)).map(textOf);
  return texts.map(parseFeedDate).find((date) => date !== undefined);
}

/** "jane@example.org (Jane Doe)" is Jane Doe; Atom's author is a person with a name. */
function authorOf(node: Node | undefined): string | undefined {
  const [name] = children(node, 'name');
  const text = tidy(name ? textOf(name) : wordsOf(node)).replace(/\n/g, ', ');
  return /\(([^)]+)\)\s*$/.exec(text)?.[1] ?? (text || undefined);
}

function longest(texts: string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}
