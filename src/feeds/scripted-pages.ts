// The article of a page that shows nothing until its scripts have run. Only such a page gets to the browser, and
// only after it was fetched like any other: what refused that fetch is never asked this way.
import type { ExtractedPage } from '../domain.js';
import { BotError } from '../errors.js';
import type { Log } from '../log.js';
import { type Browser, createBrowser } from './browser.js';
import { decodeDocument } from './decode.js';
import type { Fetched } from './fetch.js';
import { findBrowser } from './find-browser.js';
import { needsScript } from './needs-script.js';
import { createPageParts, type PartsDeps } from './page-parts.js';
import { pageRefusal } from './page-wishes.js';
import type { Extract } from './ports.js';

/**
 * Reads a page that was fetched and holds no article; undefined = scripts would not change that. Errors:
 * `needs_browser`, `refused`, those of `Browser.render` and of extract.
 */
export type ReadScripted = (
  page: Fetched,
  maxBytes: number,
  signal: AbortSignal,
) => Promise<ExtractedPage | undefined>;

export interface ScriptedPages {
  read: ReadScripted;
  /** One line once a page could not be read for want of a browser. */
  notice(): string | undefined;
  close(): Promise<void>;
}

const MOST_TABS = 2;
const SETTLE_MS = 20_000;
const IDLE_MS = 30_000;
const MOST_PAGE_MEMORY = 800e6;
/** Pages of a site in a row that stayed empty; the rest of the site is spared the effort. */
const MOST_IN_VAIN = 3;

/** Starts nothing: the browser comes with the first page that needs it. `browser` is `pages.browser`. */
export function openScriptedPages(
  deps: PartsDeps & { extract: Extract; log: Log },
  settings: { browser: string; userAgent: string },
): ScriptedPages {
  const { extract, log } = deps;
  const choice = findBrowser(settings.browser);
  const parts = createPageParts(deps);
  const inVain = new Map<string, number>();
  const browser =
    choice.path === undefined
      ? undefined
      : createBrowser(
          { log },
          {
            executablePath: choice.path,
            userAgent: settings.userAgent,
            mostTabs: MOST_TABS,
            settleMs: SETTLE_MS,
            idleMs: IDLE_MS,
            mostPageMemory: MOST_PAGE_MEMORY,
          },
        );
  let notice: string | undefined;

  function missing(url: string): BotError {
    const reason = choice.path === undefined ? choice.reason : '';
    const error = new BotError('needs_browser', `${url} needs JavaScript; ${reason}`);
    if (choice.path === undefined && choice.isWanted && !notice) {
      notice = error.message;
      log.warn({ pageUrl: url, reason }, 'page needs JavaScript and there is no browser');
    }
    return error;
  }

  /** Errors: `refused`, and those of rendering and extraction. */
  async function readRendered(shown: Browser, page: Fetched, maxBytes: number, signal: AbortSignal) {
    const { body, contentType, url } = page;
    const answer = parts.forPage(url);
    const html = await shown.render({ url, body, contentType, answer, maxLength: maxBytes }, signal);
    const bytes = Buffer.from(html);
    const refusal = pageRefusal({ ...page, body: bytes });
    if (refusal) {
      throw new BotError('refused', `${url} is not read: ${refusal}`);
    }
    return extract({ bytes, contentType: 'text/html; charset=utf-8', url }, signal);
  }

  return {
    async read(page, maxBytes, signal) {
      const { origin } = new URL(page.url);
      const failures = inVain.get(origin) ?? 0;
      if (failures >= MOST_IN_VAIN || !needsScript(decodeDocument(page.body, page.contentType).text)) {
        return undefined;
      }
      if (!browser) {
        throw missing(page.url);
      }
      let hasText = false;
      try {
        const found = await readRendered(browser, page, maxBytes, signal);
        hasText = found.text !== '';
        return found;
      } finally {
        inVain.set(origin, hasText ? 0 : (inVain.get(origin) ?? 0) + 1);
      }
    },
    notice: () => notice,
    close: async () => browser?.close(),
  };
}
