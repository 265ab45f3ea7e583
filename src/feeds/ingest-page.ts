// One page that somebody named, without a feed.
import { BotError, describeError } from '../errors.js';
import { type ArticleDeps, articleOfPage } from './article-of.js';
import { emptyReport, type FeedReport } from './feed-report.js';
import type { EntryDeps } from './poll-entry.js';
import { takenDown } from './takedown-rules.js';

/** One page as an article in the sink; what fails stands in the report. */
export async function ingestPage(
  deps: ArticleDeps & Pick<EntryDeps, 'sink' | 'isTakenDown'>,
  url: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FeedReport> {
  const report = { ...emptyReport(url, url), entries: 1 };
  try {
    const article = await articleOfPage(deps, url, maxBytes, signal);
    if (!article) {
      throw new BotError('no_article', `${url} holds no article that can be read`);
    }
    if (await deps.isTakenDown?.(article.canonicalUrl)) {
      throw takenDown(article.canonicalUrl);
    }
    report[await deps.sink.put(article)] += 1;
  } catch (error) {
    signal.throwIfAborted();
    report.error = describeError(error);
  }
  return report;
}
