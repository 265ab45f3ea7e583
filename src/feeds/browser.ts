// One Chromium for all pages that need JavaScript: started on first need, with few tabs, a deadline for each
// page, and ended when nobody has needed it for a while.

import { BotError, describeError, isBotError } from '../errors.js';
import type { Log } from '../log.js';
import { type BrowserProcess, startBrowser } from './browser-process.js';
import { showPage, type TabPage } from './browser-tab.js';
import { createSlots } from './slots.js';

export interface BrowserOptions {
  executablePath: string;
  /** The fetcher's own: a page is told who reads it. */
  userAgent: string;
  mostTabs: number;
  /** Milliseconds for a page's scripts and their files; a page in all may take a little more. */
  settleMs: number;
  /** Milliseconds without a page after which the browser ends. */
  idleMs: number;
  /** Bytes of memory of one page's process; more ends the page. */
  mostPageMemory: number;
}

export interface Browser {
  /**
   * The page's HTML after its scripts have run. Errors: `browser_failed` (it does not start), `page_timeout`,
   * `page_too_big`, `page_unreadable`.
   */
  render(page: TabPage, signal: AbortSignal): Promise<string>;
  /** Ends the browser and every page in it. */
  close(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
/** What reading the HTML and closing the tab may take on top. */
const GRACE_MS = 5000;

export function createBrowser({ log }: { log: Log }, options: BrowserOptions): Browser {
  const { executablePath, idleMs, mostPageMemory, settleMs, userAgent } = options;
  const slots = createSlots(options.mostTabs);
  let running: Promise<BrowserProcess> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let tabs = 0;

  function browser(): Promise<BrowserProcess> {
    const known = running;
    if (known) {
      return known;
    }
    const started = startBrowser({ executablePath, startTimeoutMs: START_TIMEOUT_MS, mostPageMemory }, log);
    const forget = () => {
      running = running === started ? undefined : running;
    };
    running = started;
    started.then((process) => {
      process.chromium.once('disconnected', () => {
        forget();
        void process.end();
      });
    }, forget);
    return started;
  }

  async function end() {
    const ending = running;
    running = undefined;
    clearTimeout(idle);
    await ending?.then((process) => process.end()).catch(() => {});
  }

  async function inTab(page: TabPage, signal: AbortSignal): Promise<string> {
    const { chromium } = await browser();
    const late = new AbortController();
    const stop = () => late.abort();
    signal.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(stop, settleMs + GRACE_MS);
    const force = setTimeout(() => void end(), settleMs + 2 * GRACE_MS);
    try {
      return await showPage(chromium, page, { userAgent, settleMs }, late.signal);
    } catch (error) {
      signal.throwIfAborted();
      throw asPageError(page.url, error, late.signal.aborted, settleMs);
    } finally {
      clearTimeout(timer);
      clearTimeout(force);
      signal.removeEventListener('abort', stop);
    }
  }

  return {
    render: (page, signal) =>
      slots.run(async () => {
        signal.throwIfAborted();
        clearTimeout(idle);
        tabs += 1;
        try {
          return await inTab(page, signal);
        } finally {
          tabs -= 1;
          if (tabs === 0) {
            idle = setTimeout(() => void end(), idleMs);
            idle.unref();
          }
        }
      }),
    close: end,
  };
}

function asPageError(url: string, error: unknown, isLate: boolean, settleMs: number): BotError {
  if (isLate) {
    return new BotError('page_timeout', `${url}: its scripts took more than ${settleMs / 1000} s`);
  }
  return isBotError(error)
    ? error
    : new BotError('page_unreadable', `${url}: ${describeError(error)}`, { cause: error });
}
