// One page in one tab of its own: its document as it was fetched, its files from `answer`, its scripts run until
// they ask for nothing more, and then its HTML. Nothing else is let in, and no second page.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser as Chromium, Page, Request, Route } from 'playwright-core';
import { BotError } from '../errors.js';
import type { AnswerPart } from './page-parts.js';

export interface TabPage {
  /** Its final address, after redirects. */
  url: string;
  body: Buffer;
  contentType?: string | undefined;
  answer: AnswerPart;
  /** Characters of HTML that are worth reading. */
  maxLength: number;
}

export interface TabOptions {
  userAgent: string;
  /** Milliseconds for the page's scripts and their files. */
  settleMs: number;
}

/** Milliseconds without a request after which a page counts as finished. */
const QUIET_MS = 600;
const STEP_MS = 50;

/** The page's HTML after its scripts have run. Errors: `page_too_big`, `page_unreadable`, and Playwright's own. */
export async function showPage(
  chromium: Chromium,
  page: TabPage,
  { settleMs, userAgent }: TabOptions,
  signal: AbortSignal,
): Promise<string> {
  const context = await chromium.newContext({
    userAgent,
    serviceWorkers: 'block',
    acceptDownloads: false,
    permissions: [],
  });
  const end = () => void context.close().catch(() => {});
  signal.addEventListener('abort', end, { once: true });
  try {
    signal.throwIfAborted();
    const traffic = { open: 0, lastAt: performance.now() };
    let isServed = false;
    await context.route('**/*', async (route, request) => {
      if (isOwnDocument(request) && !isServed) {
        isServed = true;
        const { body, contentType = 'text/html' } = page;
        await route.fulfill({ status: 200, contentType, body });
        return;
      }
      traffic.open += 1;
      await answerPart(route, request, page.answer, signal);
      traffic.open -= 1;
      traffic.lastAt = performance.now();
    });
    const tab = await context.newPage();
    const gone = new Promise<never>((_, reject) => {
      const fail = () => reject(new BotError('page_unreadable', `${page.url} broke the browser's tab`));
      tab.once('crash', fail);
      tab.once('close', fail);
    });
    gone.catch(() => {});
    context.on('page', (other) => void (other === tab || other.close().catch(() => {})));
    const settled = settle(tab, page.url, traffic, settleMs);
    await Promise.race([settled, gone]);
    return await Promise.race([takeHtml(tab, page), gone]);
  } finally {
    signal.removeEventListener('abort', end);
    await context.close();
  }
}

/** The first document of the tab itself; frames and places that it goes on to are not loaded. */
function isOwnDocument(request: Request): boolean {
  return request.isNavigationRequest() && request.frame().parentFrame() === null;
}

/** Hands a part to the page. Browsers hide other sites' data from pages; this page has no user to protect. */
async function answerPart(route: Route, request: Request, answer: AnswerPart, signal: AbortSignal) {
  const kind = request.resourceType();
  const part = await answer({ method: request.method(), url: request.url(), kind }, signal);
  const { origin = '*' } = request.headers();
  const done = part
    ? route.fulfill({
        status: part.status,
        body: part.body,
        headers: {
          'content-type': part.contentType ?? 'text/plain',
          'access-control-allow-origin': origin,
          'access-control-allow-credentials': 'true',
        },
      })
    : route.abort('blockedbyclient');
  // The page may be gone by now.
  await done.catch(() => {});
}

async function settle(tab: Page, url: string, traffic: { open: number; lastAt: number }, settleMs: number) {
  const end = performance.now() + settleMs;
  await tab.goto(url, { waitUntil: 'domcontentloaded', timeout: settleMs }).catch(() => undefined);
  traffic.lastAt = Math.max(traffic.lastAt, performance.now());
  while (performance.now() < end && (traffic.open > 0 || performance.now() - traffic.lastAt < QUIET_MS)) {
    await sleep(STEP_MS);
  }
}

/** Asked in a world of its own, where the page's scripts have changed nothing. */
async function takeHtml(tab: Page, { maxLength, url }: TabPage): Promise<string> {
  const session = await tab.context().newCDPSession(tab);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  const { result } = await session.send('Runtime.evaluate', {
    contextId,
    expression: `document.documentElement.outerHTML.slice(0, ${maxLength + 1})`,
    returnByValue: true,
  });
  const html: unknown = result.value;
  if (typeof html !== 'string') {
    throw new BotError('page_unreadable', `${url} holds no HTML after its scripts have run`);
  }
  if (html.length > maxLength) {
    throw new BotError('page_too_big', `${url} grew larger than ${maxLength / 1e6} MB and was given up`);
  }
  return html;
}
