// Readable text of a page, taken in worker threads: parsing blocks, and a hostile page can block for
// minutes. A page that overruns its deadline is given up and its thread replaced.
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { ExtractedPage } from '../domain.js';
import { BotError, describeError } from '../errors.js';

export interface Extractor {
  /**
   * `text` is '' for a page without an article. Errors: `page_timeout`, `page_too_deep`, `page_too_big`,
   * `page_unreadable`.
   */
  extract(
    page: { bytes: Uint8Array; contentType?: string | undefined; url: string },
    signal?: AbortSignal,
  ): Promise<ExtractedPage>;
  close(): Promise<void>;
}

export function createExtractor(options: { workers: number; deadlineMs: number }): Extractor {
  let pool: Piscina | undefined;
  return {
    async extract(page, signal) {
      signal?.throwIfAborted();
      // Made at the first page: Node 20 falls over a thread that is ended while it loads, as one of a process that ends at once is.
      pool ??= makePool(options.workers);
      return extractIn(pool, page, options.deadlineMs, signal);
    },
    close: async () => {
      await pool?.destroy();
    },
  };
}

function makePool(workers: number): Piscina {
  const pool = new Piscina({
    filename: new URL('./extract-worker.js', import.meta.url).href,
    minThreads: workers, // a killed thread is replaced at once; with 0 a task that waits would wait for ever
    maxThreads: workers,
    idleTimeout: 10_000,
    // A page of 3 MB needs some 100 MB; one that needs more must not take the process with it.
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  // A thread's last answer may cross with its end when the work is broken off; nobody waits for it any more.
  pool.on('error', () => {});
  return pool;
}

async function extractIn(
  pool: Piscina,
  page: Parameters<Extractor['extract']>[0],
  deadlineMs: number,
  signal: AbortSignal | undefined,
): Promise<ExtractedPage> {
  const deadline = new AbortController();
  const abort = () => deadline.abort();
  signal?.addEventListener('abort', abort, { once: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    // The clock starts when a thread takes the page, not while it waits in the queue.
    const started = () => {
      timer ??= setTimeout(abort, deadlineMs);
    };
    return await runWithStart(pool, page, deadline.signal, started);
  } catch (error) {
    signal?.throwIfAborted();
    throw asBotError(page.url || 'the page', error, deadline.signal.aborted, deadlineMs);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

async function runWithStart(
  pool: Piscina,
  page: object,
  signal: AbortSignal,
  started: () => void,
): Promise<ExtractedPage> {
  const { port1, port2 } = new MessageChannel();
  port1.once('message', started);
  port1.unref();
  try {
    return (await pool.run(
      { ...page, startedPort: port2 },
      { name: 'extractPage', signal, transferList: [port2] },
    )) as ExtractedPage;
  } finally {
    port1.close();
  }
}

function asBotError(url: string, error: unknown, isLate: boolean, deadlineMs: number): BotError {
  if (isLate) {
    return new BotError(
      'page_timeout',
      `${url}: reading the page took more than ${deadlineMs / 1000} s and was given up`,
    );
  }
  const text = describeError(error);
  const [, code = 'page_unreadable', rest = text] = /^(page_\w+): (.*)$/.exec(text) ?? [];
  return new BotError(code, `${url}: ${rest}`, { cause: error });
}
