// A feed document to its entries. rss-parser reads the XML and knows the formats. It is given repaired text,
// and every element but the outer ones under a prefixed name, so that it passes them on as they are: it would
// drop attributes and bases, and fail a whole feed for one wrong date.
import Parser from 'rss-parser';
import type { Clock, Entry, FeedDocument } from '../domain.js';
import { BotError, describeError, isBotError } from '../errors.js';
import { decodeDocument } from './decode.js';
import { readEntry } from './feed-entry.js';
import { linkOf } from './feed-link.js';
import { baseOf, children, type Node, wordsOf } from './feed-node.js';
import { parseJsonFeed } from './json-feed.js';
import { repairXml } from './repair-xml.js';

export interface ParseOptions {
  /** The Content-Type header that came with the bytes. */
  contentType?: string | undefined;
  /** The feed's own address: relative links start there. */
  baseUrl?: string | undefined;
  clock: Clock;
}

const MOST_ENTRIES = 2000;

/** Elements by which rss-parser recognises a format, in its own spelling. */
const OUTER: Record<string, string> = {
  rss: 'rss',
  channel: 'channel',
  item: 'item',
  feed: 'feed',
  entry: 'entry',
  'rdf:rdf': 'rdf:RDF',
};
const FEED_FIELDS = ['$', 'f:title', 'f:link'];
const ITEM_FIELDS = [
  '$',
  'f:title',
  'f:link',
  'f:guid',
  'f:id',
  'f:pubdate',
  'f:dc:date',
  'f:dcterms:created',
  'f:dcterms:modified',
  'f:published',
  'f:updated',
  'f:issued',
  'f:modified',
  'f:created',
  'f:date',
  'f:author',
  'f:dc:creator',
  'f:creator',
  'f:dc:author',
  'f:content:encoded',
  'f:description',
  'f:content',
  'f:summary',
  'f:feedburner:origlink',
  'f:dc:title',
  'f:dc:description',
  'f:itunes:author',
  'f:media:description',
  'f:fullitem',
  'f:body',
  'f:xhtml:body',
];
const asIs = (name: string): [string, string, { keepArray: boolean }] => [name, name, { keepArray: true }];

type Fields = Record<string, unknown>;
const parser = new Parser<Fields, Fields>({
  defaultRSS: 2,
  xml2js: {
    tagNameProcessors: [(name: string) => OUTER[name.toLowerCase()] ?? `f:${name.toLowerCase()}`],
    explicitChildren: true,
    preserveChildrenOrder: true,
    charsAsChildren: true,
    includeWhiteChars: true,
  },
  customFields: { feed: FEED_FIELDS.map(asIs) as never, item: ITEM_FIELDS.map(asIs) as never },
});

/** Errors: `not_a_feed`, `feed_broken`, `feed_too_deep`; the message is one line without the address. */
export async function parseFeed(body: Buffer, options: ParseOptions): Promise<FeedDocument> {
  const { text } = decodeDocument(body, options.contentType);
  if (/^\s*\{/.test(text)) {
    return parseJsonFeed(text, options);
  }
  const feed = await parseXml(repairXml(text));
  const node = feed as Node & object;
  const base = baseOf(node, options.baseUrl);
  const link = linkOf(children(node, 'link'), base);
  const now = options.clock();
  return {
    title: wordsOf(children(node, 'title')[0]),
    ...(link ? { link } : {}),
    entries: (feed.items ?? [])
      .slice(0, MOST_ENTRIES)
      .map((item) => entryOrNothing(item as Node, base ?? link, now)),
  };
}

async function parseXml(text: string) {
  try {
    return await parser.parseString(text);
  } catch (error) {
    const reason = isBotError(error) ? error.message : describeError(error);
    const isOther = /not recognized|Unable to parse/i.test(reason);
    throw new BotError(
      isOther ? 'not_a_feed' : 'feed_broken',
      isOther ? 'this is XML, but no RSS, Atom or RDF feed' : `the feed's XML is broken: ${reason}`,
      { cause: error },
    );
  }
}

/** One odd entry is empty rather than the end of the feed. */
function entryOrNothing(node: Node, base: string | undefined, now: Date): Entry {
  try {
    return readEntry(node, base, now);
  } catch {
    return { title: '', text: '' };
  }
}
