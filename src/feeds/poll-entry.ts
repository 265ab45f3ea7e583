// What becomes of one entry: nothing when it was seen as it is, else an article in the sink, and only then the
// memory of it. A page that fails for a passing reason is tried again by the next polls, a few times.
import type { Article, Entry } from '../domain.js';
import { isBotError } from '../errors.js';
import { type ArticleDeps, articleOf, type TitledFeed } from './article-of.js';
import { canonicalUrl, entryFingerprint } from './identify.js';
import type { ArticleSink, FeedMemory, FoundBy } from './ports.js';
import { planFirst } from './reread-plan.js';

export interface EntryDeps extends ArticleDeps {
  sink: ArticleSink;
  memory: FeedMemory;
  /** Whether an article was taken down and must not come back; absent = none was. */
  isTakenDown?: ((canonicalUrl: string) => Promise<boolean>) | undefined;
  /** Articles published before are not kept (ISO 8601); absent = all are. */
  keptFrom?: string | undefined;
}

export interface HandledEntry {
  outcome: 'new' | 'changed' | 'same' | 'skipped';
  /** It is stored from the feed's text for now; its page will be tried again. */
  isWaiting: boolean;
}

const SKIPPED: HandledEntry = { outcome: 'skipped', isWaiting: false };
/** Tries at a page, the first one included; after that the feed's text has to do. */
const MOST_TRIES = 3;
const UNFINISHED = /^try(\d):(.*)$/;

export function createEntryHandler(
  deps: EntryDeps,
  { maxPageBytes }: { maxPageBytes: number },
): (
  feed: TitledFeed,
  entry: Entry,
  poll: { signal: AbortSignal; isFirst: boolean },
) => Promise<HandledEntry> {
  const { clock, isTakenDown, keptFrom = '', memory, sink } = deps;
  return async (feed, entry, { isFirst, signal }) => {
    const canonical = canonicalUrl(entry.url ?? '');
    const isUnwanted = feed.skipPaths?.some((path) => entry.url?.includes(path));
    const isTooOld = entry.publishedAt !== undefined && entry.publishedAt < keptFrom;
    if (!canonical || isUnwanted || isTooOld || (await isTakenDown?.(canonical))) {
      return SKIPPED;
    }
    const fingerprint = entryFingerprint(entry);
    const known = await memory.entryFingerprint(feed.url, canonical);
    if (known === fingerprint) {
      return { outcome: 'same', isWaiting: false };
    }
    const { article, notThePage } = await articleOf(deps, feed, entry, canonical, maxPageBytes, signal);
    if (notThePage?.isTakenDown) {
      return SKIPPED;
    }
    const tries = triesOf(known, fingerprint) + 1;
    const isWaiting = notThePage?.isPassing === true && tries < MOST_TRIES;
    const plan = article?.origin === 'page' ? planFirst(article, clock(), false) : undefined;
    const reread = plan && { ...plan, feedUrl: feed.url };
    const outcome = article
      ? await putUnlessTakenDown(sink, article, { isHistory: isFirst, reread })
      : 'skipped';
    if (outcome === undefined) {
      return SKIPPED;
    }
    await memory.saveEntry({
      canonicalUrl: canonical,
      feedUrl: feed.url,
      entry,
      fingerprint: isWaiting ? `try${tries}:${fingerprint}` : fingerprint,
      outcome: article?.origin ?? 'skipped',
      reason: notThePage?.reason,
    });
    return { outcome, isWaiting };
  };
}

/** Undefined = the address that the page calls its own was taken down. */
async function putUnlessTakenDown(sink: ArticleSink, article: Article, found: FoundBy) {
  try {
    return await sink.put(article, found);
  } catch (error) {
    if (isBotError(error, 'taken_down')) {
      return undefined;
    }
    throw error;
  }
}

/** How often this very entry was tried; its memory carries the number until it is finished. */
function triesOf(known: string | undefined, fingerprint: string): number {
  const [, tries = '0', of] = UNFINISHED.exec(known ?? '') ?? [];
  return of === fingerprint ? Number(tries) : 0;
}
