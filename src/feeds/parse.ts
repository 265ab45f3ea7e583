// A feed document to its entries. rss-parser reads the XML and tells RSS from Atom. It is given mended text,
// in which all but the outer elements have names of their own, so that it passes them on as they are: it would
// drop attributes and bases, and fail a whole feed for one wrong date.
import Parser from 'rss-parser';
import type { Entry, FeedDocument } from '../domain.js';
import { BotError, describeError } from '../errors.js';
import { decodeDocument } from './decode.js';
import { authorOf, readEntry } from './feed-entry.js';
import { linkOf } from './feed-link.js';
import { children, type Node, wordsOf } from './feed-node.js';
import { oneLine } from './html-text.js';
import { parseJsonFeed } from './json-feed.js';
import { mendXml } from './mend-xml.js';

export interface ParseOptions {
  /** The Content-Type header that came with the bytes. */
  contentType?: string | undefined;
  /** The feed's own address: relative links start there. */
  baseUrl?: string | undefined;
}

/** A feed document with what it says about polling. */
export interface ParsedFeed extends FeedDocument {
  /** How long it wants to be left alone (`ttl`, `sy:updatePeriod`). */
  ttlMinutes?: number | undefined;
}

const PERIOD_MINUTES: Record<string, number> = {
  hourly: 60,
  daily: 1440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};
/** A feed holds 10 to 100 entries; an archive without paging holds more than anybody asks about. */
const MOST_ENTRIES = 2000;
/** The parser's fields for attributes and for all children in their order. */
const WHOLE_NODE = ['$', '$$'].map((name) => [name, name, { keepArray: true }]) as never;

const parser = new Parser<Record<string, unknown>, Record<string, unknown>>({
  xml2js: {
    explicitChildren: true,
    preserveChildrenOrder: true,
    charsAsChildren: true,
    includeWhiteChars: true,
  },
  customFields: { feed: WHOLE_NODE, item: WHOLE_NODE },
});

/**
 * At most 2,000 entries, in the order of the document. Errors: `not_a_feed`, `feed_broken`, `feed_too_deep`,
 * `feed_too_big`; the message is one line without the address.
 */
export async function parseFeed(body: Buffer, { baseUrl, contentType }: ParseOptions): Promise<ParsedFeed> {
  const { text } = decodeDocument(body, contentType);
  if (/^\s*\{/.test(text)) {
    return parseJsonFeed(text, { baseUrl, mostEntries: MOST_ENTRIES });
  }
  const feed = await parseXml(mendXml(text, baseUrl));
  const node = feed as Node;
  const items = feed.items ?? [];
  const link = linkOf(children(node, 'link'), baseUrl) ?? baseUrl;
  const author = authorOf(node);
  const [title] = ['title', 'dc:title'].flatMap((name) => children(node, name));
  return {
    title: oneLine(wordsOf(title)) || (link ?? ''),
    ...(link ? { link } : {}),
    ttlMinutes: ttlOf(node),
    entries: items.slice(0, MOST_ENTRIES).map((item) => entryOrNothing(item as Node, link, author)),
    beyondLimit: Math.max(0, items.length - MOST_ENTRIES) || undefined,
  };
}

function ttlOf(feed: Node): number | undefined {
  const text = (name: string) => wordsOf(children(feed, name)[0]);
  const ttl = Number(text('ttl') || Number.NaN);
  if (ttl > 0) {
    return ttl;
  }
  const period = PERIOD_MINUTES[text('sy:updateperiod').toLowerCase()];
  return period === undefined ? undefined : period / Math.max(1, Number(text('sy:updatefrequency')) || 1);
}

async function parseXml(text: string) {
  try {
    return await parser.parseString(text);
  } catch (error) {
    throw new BotError('feed_broken', `the feed's XML is broken: ${describeError(error)}`, { cause: error });
  }
}

/** One odd entry is empty rather than the end of the feed. */
function entryOrNothing(node: Node, base: string | undefined, author: string | undefined): Entry {
  try {
    return readEntry(node, base, author);
  } catch {
    return { title: '', text: '' };
  }
}
