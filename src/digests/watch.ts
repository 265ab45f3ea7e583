// Questions that wait for news. Whenever articles have come in, each looks through those that it has not seen yet; what
// settles it (src/rag/answer/news.ts) is laid into the outbox of digests, once.
import type { Answer, Clock } from '../domain.js';
import { describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import type { Hold } from './compose-orders.js';

/** A question that waits, in the thread that gets the news. */
export interface Watch {
  id: string;
  platform: string;
  tenant: string;
  channel: string;
  thread: string;
  question: string;
  /** Earlier questions of the thread, oldest first. */
  earlier: string[];
  /** ISO 8601. */
  since: string;
}

/** What watching needs of a store; it holds between any number of processes. */
export interface WatchStore {
  revision(): Promise<number>;
  waiting(platforms: string[], revision: number, limit: number): Promise<Watch[]>;
  newArticles(id: string, limit: number): Promise<string[]>;
  /** Nothing was found up to `revision`: what came in until then is not looked at again. */
  looked(id: string, revision: number): Promise<void>;
  /** It could not be looked at; what came in is looked at with the next news. */
  passed(id: string, revision: number): Promise<void>;
  /** False = it does not wait any more. */
  tell(id: string, told: { channel: string; payload: string; now: string }): Promise<boolean>;
  forget(now: string): Promise<void>;
}

export interface WatchingDeps {
  store: WatchStore;
  /** What settles a question, out of these articles alone; undefined = none does. */
  seekNews(
    waiting: Pick<Watch, 'question' | 'earlier' | 'since'> & { articles: string[]; isModelOut?: boolean },
    signal: AbortSignal,
  ): Promise<Answer | undefined>;
  /** Writes the news in a platform's own form, as its digest port posts it. */
  platforms: {
    name: string;
    news?: ((watch: Watch, answer: Answer) => Promise<{ channel: string; payload: string }>) | undefined;
  }[];
  hold: Hold;
  /** Whether the indexes have all that the store has: what is not found yet would never be looked for again. */
  isCurrent(): Promise<boolean>;
  /** The real time. */
  clock: Clock;
  log: Log;
}

/** Articles of one look: more than come in in a question's days. */
const MOST_ARTICLES = 5000;
/** Searched at once: what was missed during an outage must not compete for the few passages that a search gives. */
const BATCH = 50;
/** Questions looked at in one round. */
const ROUND = 200;
/** Questions in a row that a model could not judge, after which it is asked no more in this round. */
const MOST_FAILURES = 3;

/** Asks all that wait once more, if anything came in; gives how many were answered. Errors are for the log. */
export async function askAgain(deps: WatchingDeps, signal: AbortSignal): Promise<number> {
  const { clock, isCurrent, log, platforms, store } = deps;
  const telling = platforms.filter(({ news }) => news).map(({ name }) => name);
  await store.forget(clock().toISOString());
  const revision = await store.revision();
  if (!(await isCurrent())) {
    return 0;
  }
  let told = 0;
  let failures = 0;
  for (const watch of await store.waiting(telling, revision, ROUND)) {
    if (signal.aborted) {
      break;
    }
    const isModelOut = failures >= MOST_FAILURES;
    try {
      told += (await lookOnce(deps, watch, { revision, isModelOut }, signal)) ? 1 : 0;
      failures = isModelOut ? failures : 0;
    } catch (error) {
      if (isBotError(error, 'not_judged')) {
        // The model's fault and not the question's: it stays as it is, and the next round looks again.
        failures += 1;
        if (!isModelOut) {
          log.warn({ watch: watch.id, why: error.message }, 'news were not judged, and will be in a minute');
        }
      } else if (!signal.aborted) {
        log.warn(
          { watch: watch.id, why: describeError(error) },
          'a question that waits for news was not asked',
        );
        // What always fails must not stand before the others.
        await store.passed(watch.id, revision);
      }
    }
  }
  if (told > 0) {
    log.info({ told }, 'questions that waited have news');
  }
  return told;
}

async function lookOnce(
  { clock, hold, platforms, seekNews, store }: WatchingDeps,
  watch: Watch,
  { isModelOut, revision }: { revision: number; isModelOut: boolean },
  signal: AbortSignal,
): Promise<boolean> {
  const platform = platforms.find(({ name }) => name === watch.platform);
  if (!platform?.news) {
    return false;
  }
  const news = platform.news;
  const held = await hold({ subject: watch.id, job: 'look for news' }, signal, async (own) => {
    // The first to report it is told.
    const articles = (await store.newArticles(watch.id, MOST_ARTICLES)).reverse();
    for (let from = 0; from < articles.length; from += BATCH) {
      const batch = articles.slice(from, from + BATCH);
      const answer = await seekNews({ ...watch, articles: batch, isModelOut }, own);
      if (answer) {
        return store.tell(watch.id, { ...(await news(watch, answer)), now: clock().toISOString() });
      }
    }
    await store.looked(watch.id, revision);
    return false;
  });
  return held?.result === true;
}
