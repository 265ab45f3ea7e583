// The article behind one entry: from its page where the feed's policy lets us read it and it holds one, else
// from the feed's own text. A refusal is never worked around.
import type { Article, Clock, Entry, ExtractedPage, Feed } from '../domain.js';
import { describeError } from '../errors.js';
import { standInTitle } from './feed-entry.js';
import type { Fetch } from './fetch.js';
import { articleId, canonicalUrl } from './identify.js';
import type { Extract } from './ports.js';

export interface ArticleDeps {
  fetch: Fetch;
  extract: Extract;
  clock: Clock;
}

/** A feed with the title that its document gives it; '' = none. */
export type TitledFeed = Feed & { title: string };

/** Characters under which a feed's own text says nothing that its headline does not. */
const SHORTEST_SUMMARY = 40;

/** `article` is absent when neither the page nor the feed has a text; `reason` says why not the page. */
export async function articleOf(
  deps: ArticleDeps,
  feed: TitledFeed,
  entry: Entry,
  canonical: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ article?: Article; reason?: string }> {
  const url = entry.url ?? canonical;
  let reason = feed.pages === 'feed-only' ? 'the feed is read alone (pages: feed-only)' : undefined;
  let page: ExtractedPage | undefined;
  if (!reason) {
    try {
      page = await readPage(deps, url, maxBytes, signal);
      reason = page.text ? undefined : 'the page holds no article';
    } catch (error) {
      signal.throwIfAborted();
      reason = describeError(error);
    }
  }
  // A title made from the entry's own text gives way to the page's headline.
  const isStandIn = entry.title === standInTitle(entry);
  const title = (isStandIn && page?.title) || entry.title || page?.title;
  const text = page?.text || (entry.text.length >= SHORTEST_SUMMARY ? entry.text : '');
  if (!title || !text) {
    return { reason: reason ?? 'the entry has no title' };
  }
  const article: Article = {
    id: articleId(canonical),
    canonicalUrl: canonical,
    url,
    title,
    publisher: feed.publisher || page?.publisher || nameOf(feed) || new URL(url).hostname,
    author: entry.author ?? page?.author,
    publishedAt: notAhead(entry.publishedAt ?? page?.publishedAt, deps.clock()),
    text,
    origin: page?.text ? 'page' : 'feed',
  };
  return { article, ...(reason ? { reason } : {}) };
}

/** The article of a page that no feed named. Errors: those of fetch and extract. */
export async function articleOfPage(
  deps: ArticleDeps,
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Article | undefined> {
  const page = await readPage(deps, url, maxBytes, signal);
  const canonical = canonicalUrl(page.canonicalUrl ?? url) ?? url;
  if (!page.title || !page.text) {
    return undefined;
  }
  return {
    id: articleId(canonical),
    canonicalUrl: canonical,
    url,
    title: page.title,
    publisher: page.publisher || new URL(url).hostname,
    author: page.author,
    publishedAt: notAhead(page.publishedAt, deps.clock()),
    text: page.text,
    origin: 'page',
  };
}

async function readPage({ extract, fetch }: ArticleDeps, url: string, maxBytes: number, signal: AbortSignal) {
  const {
    body,
    contentType,
    url: finalUrl,
  } = await fetch(url, { maxBytes, signal, accept: 'text/html, application/xhtml+xml;q=0.9' });
  return extract({ bytes: body, contentType, url: finalUrl }, signal);
}

/** A feed without a title is titled with its address, which is no name. */
function nameOf({ title }: TitledFeed): string | undefined {
  return URL.canParse(title) ? undefined : title;
}

/** A time ahead of the clock would make an article the newest for ever. */
function notAhead(time: string | undefined, now: Date): string {
  return time && Date.parse(time) <= now.getTime() ? time : now.toISOString();
}
