// The feed behind a site's address: the address itself if it is one, else what the page links as its feeds
// (RSS Advisory Board, "RSS Autodiscovery"), else the places where feeds usually lie.
import { Parser } from 'htmlparser2';
import { BotError, isBotError } from '../errors.js';
import { decodeDocument } from './decode.js';
import { resolveUrl } from './feed-node.js';
import type { Fetch, Fetched } from './fetch.js';
import { parseFeed } from './parse.js';

/** A feed that was fetched and read. */
export interface FoundFeed {
  url: string;
  title: string;
  entries: number;
}

/** Elements in elements that are read; the parser needs minutes for a million. */
const DEEPEST = 256;
const STEP = 16_384;
const FEED_TYPE =
  /^(application\/(rss\+xml|atom\+xml|rdf\+xml|feed\+json)|application\/json\+feed|text\/xml)/i;
const USUAL_PLACES = ['/feed', '/rss', '/rss.xml', '/feed.xml', '/atom.xml', '/index.xml', '/feed.json'];
/** Linked feeds that are tried; a site with more has sections, and these come first. */
const MOST_LINKS = 10;

export interface DiscoverOptions {
  maxBytes: number;
  signal: AbortSignal;
}

/**
 * The feeds found, the most likely first; at least one. Errors: those of fetch for the address itself, and
 * `no_feed`.
 */
export async function discoverFeeds(
  fetch: Fetch,
  address: string,
  options: DiscoverOptions,
): Promise<FoundFeed[]> {
  const page = await fetch(address, options);
  const itself = await readFeed(page);
  if (itself) {
    return [itself];
  }
  const links = feedLinks(decodeDocument(page.body, page.contentType).text, page.url).slice(0, MOST_LINKS);
  const linked = await readFeeds(fetch, links, options);
  if (linked.length > 0) {
    return linked;
  }
  const places = USUAL_PLACES.map((place) => new URL(place, page.url).href);
  const [guessed] = await readFeeds(fetch, places, options, 1);
  if (!guessed) {
    throw new BotError(
      'no_feed',
      `${address} links no feed, and none lies in the usual places; look on the site for "RSS" and give that address`,
    );
  }
  return [guessed];
}

/** Addresses of the feeds that a page's head links, in its order, each once. */
export function feedLinks(html: string, pageUrl: string): string[] {
  const urls = new Set<string>();
  let base = pageUrl;
  let depth = 0;
  const parser = new Parser({
    onclosetag() {
      depth -= 1;
    },
    onopentag(name, { href, rel = '', type = '' }) {
      depth += 1;
      if (name === 'base') {
        base = resolveUrl(href, pageUrl) ?? base;
      }
      const isAlternate = rel.toLowerCase().split(/\s+/).includes('alternate');
      const url = name === 'link' && isAlternate && FEED_TYPE.test(type.trim()) && resolveUrl(href, base);
      if (url) {
        urls.add(url);
      }
    },
  });
  for (let at = 0; at < html.length && depth <= DEEPEST; at += STEP) {
    parser.write(html.slice(at, at + STEP));
  }
  parser.end();
  return [...urls];
}

async function readFeeds(
  fetch: Fetch,
  urls: string[],
  options: DiscoverOptions,
  enough = urls.length,
): Promise<FoundFeed[]> {
  const found: FoundFeed[] = [];
  for (const url of urls) {
    const feed = await fetch(url, options).then(readFeed, (error: unknown) => {
      options.signal.throwIfAborted();
      if (!isBotError(error)) {
        throw error;
      }
    });
    if (feed && !found.some((other) => other.url === feed.url)) {
      found.push(feed);
    }
    if (found.length >= enough) {
      break;
    }
  }
  return found;
}

async function readFeed({ body, contentType, permanentUrl, url }: Fetched): Promise<FoundFeed | undefined> {
  try {
    const { entries, title } = await parseFeed(body, { contentType, baseUrl: url });
    return { url: permanentUrl ?? url, title, entries: entries.length };
  } catch {
    return undefined;
  }
}
