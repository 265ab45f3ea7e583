// Turns almost-XML into the plain XML that a strict parser reads. A lenient streaming parser goes over the
// document once and writes it anew: junk around the feed, bare ampersands, HTML entities, control characters,
// unclosed elements and odd prefixes are gone, the bases of addresses are worked out, and what would block the
// strict parser is refused before it gets there.
import { decodeHTMLStrict } from 'entities';
import { Parser } from 'htmlparser2';
import { BotError } from '../errors.js';
import { type Prefixes, prefixesInside, usualName } from './feed-names.js';
import { resolveUrl } from './feed-node.js';
import { createXmlWriter } from './xml-writer.js';

/** A million nested tags block the strict parser for 8 s. */
const DEEPEST = 256;
const MOST_ELEMENTS = 100_000;
/** Bytes of text between two looks at the limits. */
const STEP = 65_536;
const RSS_ROOTS = new Set(['rss', 'rdf', 'rdf:rdf']);
const ENTRIES = new Set(['item', 'entry']);
/** Elements whose inside is a text of its own, where an `item` is no entry. */
const TEXTS = new Set(['f:title', 'f:summary', 'f:description', 'f:content', 'f:content:encoded']);
/** What stands beside a title and never in one: where it begins, a title that was not closed is over. */
const AFTER_TITLE = new Set([
  'item',
  'entry',
  'link',
  'description',
  'guid',
  'pubdate',
  'summary',
  'content',
]);
/** Attributes that the reading of a feed depends on; the others are left out. */
const KEPT = new Set(['href', 'rel', 'type', 'mode', 'ispermalink', 'about', 'url']);

/** An element of the source. */
interface Frame {
  /** Its depth in what is written; absent = it is not written. */
  depth?: number;
  prefixes: Prefixes;
  /** The `xml:base` in force, absolute. */
  base: string | undefined;
}

/**
 * The feed as well-formed XML: `rss`, `channel` and `item` (RSS 0.9 to 2.0 and RDF) or `feed` and `entry` (Atom)
 * under these names, all other elements lower-case with the prefix "f:"; entries and links carry the `xml:base` in
 * force. Errors: `not_a_feed` (nothing, a web page, other XML), `feed_broken`, `feed_too_deep`, `feed_too_big`.
 */
export function mendXml(text: string, documentUrl: string | undefined): string {
  const writer = createXmlWriter();
  const frames: Frame[] = [];
  const seen = { first: '', root: '', elements: 0, entries: 0, isUnclosed: false };
  let isLiteral = false;
  let isJustOpened = false;
  let pending = '';

  function flush() {
    writer.text(isLiteral ? pending : decodeHTMLStrict(pending));
    pending = '';
  }

  function beginRoot(name: string): number | undefined {
    const root = RSS_ROOTS.has(name) ? 'rss' : name === 'feed' ? 'feed' : undefined;
    if (!root || seen.root) {
      return undefined;
    }
    seen.root = root;
    const depth = writer.begin(root, { version: '2.0' });
    if (root === 'rss') {
      // Entries also stand beside the channel, or without any: all go into this one.
      writer.begin('channel');
    }
    return depth;
  }

  function beginInside(name: string, frame: Frame, attributes: Record<string, string>): number | undefined {
    const text = writer.open.findIndex((open) => TEXTS.has(open));
    const isTitleOver = writer.open[text] === 'f:title' && AFTER_TITLE.has(name);
    if (isTitleOver) {
      writer.endAt(text);
    }
    const isText = text >= 0 && !isTitleOver;
    if (!isText && name === 'channel') {
      return undefined;
    }
    if (isText || !ENTRIES.has(name)) {
      const base = name === 'link' ? frame.base : undefined;
      return writer.begin(`f:${name}`, { ...keptAttributes(attributes), 'xml:base': base });
    }
    const forgotten = writer.open.findIndex((open) => ENTRIES.has(open));
    if (forgotten > 0) {
      writer.endAt(forgotten);
    }
    seen.entries += 1;
    const about = keptAttributes(attributes);
    return writer.begin(seen.root === 'rss' ? 'item' : 'entry', { ...about, 'xml:base': frame.base });
  }

  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        flush();
        const outer = frames.at(-1);
        const prefixes = prefixesInside(attributes, outer?.prefixes ?? {});
        const own = decodeHTMLStrict(attributes['xml:base'] ?? '');
        const base = own ? (resolveUrl(own, outer?.base ?? documentUrl) ?? outer?.base) : outer?.base;
        const name = usualName(tag, prefixes);
        seen.first ||= name;
        seen.elements += 1;
        const frame: Frame = { prefixes, base };
        const depth = writer.open.length === 0 ? beginRoot(name) : beginInside(name, frame, attributes);
        frames.push(depth === undefined ? frame : { ...frame, depth });
        checkSize(frames.length, seen);
        isJustOpened = true;
      },
      ontext(part) {
        isJustOpened = false;
        pending += part;
      },
      oncdatastart() {
        flush();
        isLiteral = true;
      },
      oncdataend() {
        flush();
        isLiteral = false;
      },
      onclosetag(_, isImplied) {
        flush();
        const depth = frames.pop()?.depth;
        // An empty element (<link/>) ends by implication, too, but right where it began.
        seen.isUnclosed ||= isImplied && !isJustOpened && depth !== undefined;
        isJustOpened = false;
        if (depth !== undefined) {
          writer.endAt(depth);
        }
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  for (let at = 0; at < text.length; at += STEP) {
    parser.write(text.slice(at, at + STEP));
  }
  if (writer.open.at(-1)?.startsWith('f:')) {
    // The document was cut off in the middle of this text: half an address is worse than none.
    pending = '';
  }
  parser.end();
  checkFound(text, seen);
  return writer.finish();
}

function keptAttributes(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes)
      .map(([name, value]): [string, string] => [name.toLowerCase().replace(/^\w+:/, ''), value])
      .filter(([name]) => KEPT.has(name))
      .map(([name, value]) => [name, decodeHTMLStrict(value)]),
  );
}

function checkSize(depth: number, { elements, first }: { elements: number; first: string }) {
  if (first === 'html' && depth > DEEPEST) {
    throw aPage();
  }
  if (depth > DEEPEST) {
    throw new BotError(
      'feed_too_deep',
      `the feed nests its elements more than ${DEEPEST} deep and was refused`,
    );
  }
  if (elements > MOST_ELEMENTS) {
    throw new BotError('feed_too_big', `the feed has more than ${MOST_ELEMENTS} elements and was refused`);
  }
}

function checkFound(
  text: string,
  { entries, isUnclosed, root }: { entries: number; isUnclosed: boolean; root: string },
) {
  if (text.trim() === '') {
    throw new BotError('not_a_feed', 'the feed is empty; check the address');
  }
  if (!root) {
    throw /<!doctype\s+html|<html[\s>]/i.test(text.slice(0, 4000))
      ? aPage()
      : new BotError('not_a_feed', 'this is no RSS, Atom, RDF or JSON feed; check the address');
  }
  if (entries === 0 && isUnclosed) {
    throw new BotError('feed_broken', "the feed's XML is broken before its first entry; tell its publisher");
  }
}

function aPage(): BotError {
  return new BotError(
    'not_a_feed',
    'this is a web page, not a feed; look on it for the address of its RSS feed',
  );
}
