// Lists of feeds as other readers exchange them (OPML 2.0, opml.org/spec2.opml). What OPML has no word for, how
// the feed's pages are treated, stands in attributes of our own, so that a list comes back as it went.
import { Parser } from 'htmlparser2';
import type { Feed } from '../domain.js';
import { BotError } from '../errors.js';
import { decodeDocument } from './decode.js';
import { resolveUrl } from './feed-node.js';
import { oneLine, tidy } from './html-text.js';
import { createXmlWriter } from './xml-writer.js';

/** A feed of a list. */
export interface ListedFeed extends Feed {
  /** The list says how its pages are treated; lists of other readers do not, and `pages` is then a guess. */
  saysPages: boolean;
}

const MOST_FEEDS = 5000;
/** Folders in folders; the parser needs minutes for a million that are never closed. */
const DEEPEST = 256;
const STEP = 65_536;
const OWN_NAMESPACE = 'https://github.com/third-umpire/third-umpire';

/**
 * The feeds of a list, each address once, in its order; outlines without a feed's address are left out, and so is
 * what goes beyond 5,000. Errors: `not_opml`, `opml_too_deep`.
 */
export function parseOpml(bytes: Uint8Array): ListedFeed[] {
  const feeds = new Map<string, ListedFeed>();
  let isOpml = false;
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        isOpml ||= name.toLowerCase() === 'opml';
        const feed = name.toLowerCase() === 'outline' ? feedOf(attributes) : undefined;
        if (isOpml && feed && !feeds.has(feed.url) && feeds.size < MOST_FEEDS) {
          feeds.set(feed.url, feed);
        }
      },
      onclosetag() {
        depth -= 1;
      },
    },
    { xmlMode: true },
  );
  const { text } = decodeDocument(bytes);
  for (let at = 0; at < text.length; at += STEP) {
    parser.write(text.slice(at, at + STEP));
    if (depth > DEEPEST) {
      throw new BotError('opml_too_deep', `the list nests more than ${DEEPEST} folders and was refused`);
    }
  }
  parser.end();
  if (!isOpml) {
    throw new BotError('not_opml', 'this is no OPML file; export one from your feed reader and give that');
  }
  return [...feeds.values()];
}

/** The list as a document; the feeds' publishers are the names of its lines. */
export function renderOpml(feeds: Feed[]): string {
  const writer = createXmlWriter();
  writer.begin('opml', { version: '2.0', 'xmlns:umpire': OWN_NAMESPACE });
  const head = writer.begin('head');
  writer.begin('title');
  writer.text('Third Umpire: cricket feeds');
  writer.endAt(head);
  writer.begin('body');
  for (const { pages, publisher, skipPaths = [], url } of feeds) {
    const outline = writer.begin('outline', {
      type: 'rss',
      text: publisher ?? url,
      title: publisher,
      xmlUrl: url,
      'umpire:pages': pages,
      'umpire:skip-paths': skipPaths.length > 0 ? skipPaths.join(' ') : undefined,
    });
    writer.endAt(outline);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writer.finish()}\n`;
}

function feedOf(given: Record<string, string>): ListedFeed | undefined {
  const attributes = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), value.trim()]),
  );
  const url = feedAddress(attributes['xmlurl']);
  const publisher = oneLine(tidy(attributes['title'] || attributes['text'] || ''));
  const skipPaths = (attributes['umpire:skip-paths'] ?? '').split(/\s+/).filter(Boolean);
  return url
    ? {
        url,
        pages: attributes['umpire:pages'] === 'feed-only' ? 'feed-only' : 'follow',
        saysPages: attributes['umpire:pages'] !== undefined,
        ...(publisher && publisher !== url ? { publisher } : {}),
        ...(skipPaths.length > 0 ? { skipPaths } : {}),
      }
    : undefined;
}

/** One with a password in it would never be fetched, and would be shown to everybody. */
function feedAddress(text: string | undefined): string | undefined {
  const url = new URL(resolveUrl(text, undefined) ?? 'about:blank');
  url.hash = '';
  return url.username || url.password || url.protocol === 'about:' ? undefined : url.href;
}
