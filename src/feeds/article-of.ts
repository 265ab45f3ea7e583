// The article behind one entry: from its page where the feed's policy and the publisher let us read it and it
// holds one, else from the feed's own text. A refusal is never worked around.
import type { Article, Clock, Entry, ExtractedPage, Feed } from '../domain.js';
import { BotError, describeError, isBotError } from '../errors.js';
import { standInTitle } from './feed-entry.js';
import type { Fetch } from './fetch.js';
import { refusalOf } from './fetch-failure.js';
import { articleId, withoutTracking } from './identify.js';
import { ownAddress } from './own-address.js';
import { pageRefusal } from './page-wishes.js';
import type { Extract } from './ports.js';
import type { ReadScripted } from './scripted-pages.js';
import type { FindRefusal } from './site-rules.js';

export interface ArticleDeps {
  fetch: Fetch;
  extract: Extract;
  findRefusal: FindRefusal;
  /** For pages that hold no article until their scripts have run; absent = such pages hold none. */
  readScripted?: ReadScripted | undefined;
  clock: Clock;
}

/** A feed with the title that its document gives it; '' = none. */
export type TitledFeed = Feed & { title: string };

/** Why an article is not made of its page. */
export interface NotThePage {
  reason: string;
  /** The same page may be readable in an hour. */
  isPassing: boolean;
  /** The link leads to what was taken down here: not even the feed's text is kept. */
  isTakenDown?: boolean | undefined;
}

type ReadPage = ExtractedPage & { canonicalUrl: string };

/** Characters under which a feed's own text says nothing that its headline does not. */
const SHORTEST_SUMMARY = 40;
const PASSING = new Set(['timeout', 'network', 'host_paused', 'rules_unknown']);

/** `article` is absent when neither the page nor the feed has a text; `notThePage` says why not the page. */
export async function articleOf(
  deps: ArticleDeps,
  feed: TitledFeed,
  entry: Entry,
  entryCanonical: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ article?: Article; notThePage?: NotThePage }> {
  const url = entry.url ?? entryCanonical;
  const found = await pageOrReason(deps, feed, url, maxBytes, signal);
  const page = 'page' in found ? found.page : undefined;
  const rest = 'page' in found ? {} : { notThePage: found };
  // A title made from the entry's own text gives way to the page's headline.
  const isStandIn = entry.title === standInTitle(entry);
  const title = (isStandIn && page?.title) || entry.title || page?.title;
  const text = page?.text || (entry.text.length >= SHORTEST_SUMMARY ? entry.text : '');
  if (!title || !text) {
    return { notThePage: { reason: 'the entry has neither title nor text', isPassing: false }, ...rest };
  }
  const canonical = page?.canonicalUrl ?? entryCanonical;
  const article: Article = {
    id: articleId(canonical),
    canonicalUrl: canonical,
    url: withoutTracking(url),
    title,
    publisher: feed.publisher || page?.publisher || nameOf(feed) || new URL(url).hostname,
    author: entry.author ?? page?.author,
    publishedAt: publishedBy(deps.clock(), entry.publishedAt, page?.publishedAt),
    text,
    origin: page ? 'page' : 'feed',
  };
  return { article, ...rest };
}

/** The article of a page that no feed named. Errors: those of fetch and extract, `refused`, `not_a_page`. */
export async function articleOfPage(
  deps: ArticleDeps,
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Article | undefined> {
  const page = await readPage(deps, url, maxBytes, signal);
  if (!page.title || !page.text) {
    return undefined;
  }
  return {
    id: articleId(page.canonicalUrl),
    canonicalUrl: page.canonicalUrl,
    url: withoutTracking(url),
    title: page.title,
    publisher: page.publisher || new URL(url).hostname,
    author: page.author,
    publishedAt: publishedBy(deps.clock(), page.publishedAt),
    text: page.text,
    origin: 'page',
  };
}

async function pageOrReason(
  deps: ArticleDeps,
  feed: TitledFeed,
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ page: ReadPage } | NotThePage> {
  if (feed.pages === 'feed-only') {
    return { reason: 'the feed is read alone (pages: feed-only)', isPassing: false };
  }
  try {
    const page = await readPage(deps, url, maxBytes, signal);
    return page.text ? { page } : { reason: 'the page holds no article', isPassing: false };
  } catch (error) {
    signal.throwIfAborted();
    const isTakenDown = isBotError(error, 'taken_down');
    return { reason: describeError(error), isPassing: isPassing(error), isTakenDown };
  }
}

/** The page, `canonicalUrl` judged. */
async function readPage(
  deps: ArticleDeps,
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<ReadPage> {
  const fetched = await deps.fetch(url, {
    maxBytes,
    signal,
    accept: 'text/html, application/xhtml+xml;q=0.9',
    async beforeHop(target) {
      const refusal = await deps.findRefusal(target, signal);
      if (refusal) {
        throw refused(target, refusal);
      }
    },
  });
  const { body, contentType, url: finalUrl } = fetched;
  if (contentType && !/html/i.test(contentType)) {
    throw new BotError('not_a_page', `${url} is no web page (${contentType.slice(0, 80)})`);
  }
  const refusal = pageRefusal(fetched);
  if (refusal) {
    throw refused(url, refusal);
  }
  const plain = await deps.extract({ bytes: body, contentType, url: finalUrl }, signal);
  const page = plain.text ? plain : ((await deps.readScripted?.(fetched, maxBytes, signal)) ?? plain);
  return { ...page, canonicalUrl: ownAddress(page.canonicalUrl, finalUrl) };
}

function refused(url: string, reason: string): BotError {
  return new BotError('refused', `${url} is not read: ${reason}`);
}

function isPassing(error: unknown): boolean {
  const status = refusalOf(error)?.status ?? 0;
  const isBusy = status === 408 || status === 425 || status === 429 || status >= 500;
  return isBusy || (isBotError(error) && PASSING.has(error.code));
}

/** A feed without a title is titled with its address, which is no name. */
function nameOf({ title }: TitledFeed): string | undefined {
  return URL.canParse(title) ? undefined : title;
}

/** In UTC: the first of the times that is not ahead of `now` and so the newest for ever; without one, `now`. */
function publishedBy(now: Date, ...times: (string | undefined)[]): string {
  const time = times.find((given) => given && Date.parse(given) <= now.getTime());
  return new Date(time ?? now).toISOString();
}
