// One more look at a page that was read before: live blogs grow, reports are corrected. Asked conditionally; a
// page that is gone, refused or walled meanwhile changes nothing of what is stored.
import type { Article } from '../domain.js';
import { BotError, describeError, isBotError } from '../errors.js';
import { type ArticleDeps, articleOfPage } from './article-of.js';
import { endsWork } from './ends-work.js';
import type { Fetch } from './fetch.js';
import { refusalOf } from './fetch-failure.js';
import type { ArticleSink } from './ports.js';
import { planNext, type Reread } from './reread-plan.js';

export interface RereadReport {
  articleUrl: string;
  title: string;
  hasChanged: boolean;
  /** The plan from now on; absent = the page is not read again. */
  next?: { dueAt: string; state: Reread } | undefined;
  /** One line; absent = the page was read, or has not changed. */
  error?: string | undefined;
}

/**
 * Stores what the page says now. Failures stand in the report; throws only when aborted, or with `disk_full` or
 * `claim_lost`.
 */
export async function rereadPage(
  deps: ArticleDeps & { sink: ArticleSink },
  article: Article,
  { feedUrl, state: before }: { feedUrl: string; state: Reread },
  { maxPageBytes, signal }: { maxPageBytes: number; signal: AbortSignal },
): Promise<RereadReport> {
  const report = { articleUrl: article.url, title: article.title, hasChanged: false };
  const seen: Pick<Reread, 'etag' | 'lastModified'> = {};
  try {
    const fetch = conditionally(deps.fetch, article.url, before, seen);
    const page = await articleOfPage({ ...deps, fetch }, article.url, maxPageBytes, signal);
    const hasChanged = page !== undefined && page.text !== article.text;
    const next = planNext(before, { hasChanged, ...seen }, deps.clock());
    if (hasChanged) {
      // Written with the text: a kill in between must not take the next look for one that found nothing.
      const reread = next && { ...next, feedUrl };
      await deps.sink.put({ ...article, text: page.text, origin: 'page' }, { reread });
    }
    return { ...report, hasChanged, next };
  } catch (error) {
    signal.throwIfAborted();
    if (endsWork(error)) {
      throw error;
    }
    if (isBotError(error, 'not_modified')) {
      return { ...report, next: planNext(before, { hasChanged: false }, deps.clock()) };
    }
    const status = refusalOf(error)?.status ?? 0;
    const isFinal = isBotError(error, 'refused') || [401, 403, 404, 410, 451].includes(status);
    const next = isFinal ? undefined : planNext(before, { hasChanged: false }, deps.clock());
    return { ...report, error: describeError(error), next };
  }
}

/** Asks for the article's own address with what is known of it, and notes what the answer gives. */
function conditionally(
  fetch: Fetch,
  articleUrl: string,
  before: Reread,
  seen: Pick<Reread, 'etag' | 'lastModified'>,
): Fetch {
  return async (url, options) => {
    if (url !== articleUrl) {
      return fetch(url, options);
    }
    const { etag, lastModified } = before;
    const fetched = await fetch(url, { ...options, etag, lastModified });
    if (fetched.notModified) {
      throw new BotError('not_modified', `${url} has not changed`);
    }
    Object.assign(seen, { etag: fetched.etag, lastModified: fetched.lastModified });
    return fetched;
  };
}
