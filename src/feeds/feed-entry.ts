// The fields of one entry, each from the first place that has it.
import type { Entry } from '../domain.js';
import { parseFeedDate } from './feed-dates.js';
import { linkOf } from './feed-link.js';
import { attribute, children, type Node, resolveUrl, textOf, wordsOf } from './feed-node.js';
import { oneLine, tidy } from './html-text.js';

const DATES = [
  'published',
  'pubdate',
  'issued',
  'dcterms:issued',
  'dc:date',
  'dcterms:created',
  'created',
  'date',
  'updated',
  'modified',
  'dcterms:modified',
];
const TEXTS = [
  'content:encoded',
  'content',
  'fullitem',
  'body',
  'description',
  'summary',
  'dc:description',
  'media:description',
];
const AUTHORS = ['dc:creator', 'author', 'creator', 'dc:author', 'itunes:author'];
/** Characters of an entry's text that stand in for a missing title. */
const TITLE_LENGTH = 100;

/** Times are given as written, also those ahead of now; who shows them decides. */
export function readEntry(node: Node, feedBase: string | undefined, feedAuthor: string | undefined): Entry {
  const base = attribute(node, 'xml:base') ?? feedBase;
  const first = (names: string[]) =>
    names.flatMap((name) => children(node, name)).find((found) => textOf(found).trim());
  const about = attribute(node, 'about');
  const guid = tidy(textOf(first(['guid', 'id']))) || about;
  const url = urlOf(node, base, guid);
  const publishedAt = DATES.flatMap((name) => children(node, name))
    .map((found) => parseFeedDate(textOf(found)))
    .find((date) => date !== undefined);
  const author = authorOf(node) ?? feedAuthor;
  const text = longest(TEXTS.flatMap((name) => children(node, name)).map(wordsOf));
  return {
    title: oneLine(wordsOf(first(['title', 'dc:title']))) || standInTitle({ text, url }),
    text,
    ...(guid ? { guid } : {}),
    ...(url ? { url } : {}),
    ...(author ? { author } : {}),
    ...(publishedAt ? { publishedAt } : {}),
  };
}

/** What is shown of an entry without a title: the beginning of its text, or its address. */
export function standInTitle({ text, url = '' }: Pick<Entry, 'text' | 'url'>): string {
  const [line = ''] = text.split('\n', 1);
  return line.length <= TITLE_LENGTH ? line || url : `${line.slice(0, TITLE_LENGTH).replace(/\s+\S*$/, '')}…`;
}

/** Authors of an entry or feed, by name; addresses for mail are nobody's business here. */
export function authorOf(node: Node | undefined): string | undefined {
  const found = AUTHORS.map((name) => children(node, name).map(nameOf).filter(Boolean));
  const names = found.find((some) => some.length > 0);
  return names && oneLine(names.join(', '));
}

function urlOf(node: Node, base: string | undefined, guid: string | undefined): string | undefined {
  const original = children(node, 'feedburner:origlink').map((found) => resolveUrl(textOf(found), base))[0];
  const isPermanent = attribute(children(node, 'guid')[0], 'ispermalink')?.toLowerCase() !== 'false';
  const permalink = isPermanent && /^https?:/i.test(guid ?? '') ? resolveUrl(guid, base) : undefined;
  const enclosures = children(node, 'enclosure').map((found) => resolveUrl(attribute(found, 'url'), base));
  return original ?? linkOf(children(node, 'link'), base) ?? permalink ?? enclosures.find(Boolean);
}

/** "jane@example.org (Jane Doe)" is Jane Doe; Atom's author is a person with a name. */
function nameOf(author: Node): string {
  const [name = author] = children(author, 'name');
  const text = wordsOf(name).replace(/\n/g, ', ');
  return /^\S+@\S+\s*\(([^)]+)\)$/.exec(text)?.[1] ?? text;
}

function longest(texts: string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}
