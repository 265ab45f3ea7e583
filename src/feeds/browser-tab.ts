// One page in one tab of its own: its document as it was fetched, its files from `answer`, its scripts run until
// they ask for nothing more, and then its HTML. Nothing else is let in, and no second page.
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Browser as Chromium, Page, Request, Route } from 'playwright-core';
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

/** What a page asks for. */
interface Traffic {
  /** Requests without an answer yet. */
  open: number;
  count: number;
  lastAt: number;
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
    const traffic: Traffic = { open: 0, count: 0, lastAt: performance.now() };
    let isServed = false;
    await context.route('**/*', async (route, request) => {
      if (request.isNavigationRequest()) {
        await answerDocument(route, isServed ? undefined : page);
        isServed = true;
        return;
      }
      traffic.open += 1;
      traffic.count += 1;
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
    const session = await context.newCDPSession(tab);
    await Promise.race([settle(tab, session, page.url, traffic, settleMs), gone]);
    return await Promise.race([takeHtml(session, page), gone]);
  } finally {
    signal.removeEventListener('abort', end);
    await context.close();
  }
}

/** The page itself comes first. Its frames and the places that it goes on to are empty: it stays where it is. */
async function answerDocument(route: Route, page: TabPage | undefined) {
  const done = page
    ? route.fulfill({ status: 200, contentType: page.contentType ?? 'text/html', body: page.body })
    : route.fulfill({ status: 204 });
  await done.catch(() => {});
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

/** Until the page has asked for nothing for a while and its scripts are not at work, or the time is over. */
async function settle(tab: Page, session: CDPSession, url: string, traffic: Traffic, settleMs: number) {
  const end = performance.now() + settleMs;
  await tab.goto(url, { waitUntil: 'commit', timeout: settleMs }).catch(() => {});
  traffic.lastAt = performance.now();
  for (let now = performance.now(); now < end; now = performance.now()) {
    if (traffic.open === 0 && now - traffic.lastAt >= QUIET_MS) {
      const { count } = traffic;
      const answered = session.send('Runtime.evaluate', { expression: '0' }).catch(() => {});
      await Promise.race([answered, sleep(end - now, undefined, { ref: false })]);
      if (traffic.count === count) {
        return;
      }
    }
    await sleep(STEP_MS);
  }
}

/** Asked in a world of its own, where the page's scripts have changed nothing. */
async function takeHtml(session: CDPSession, { maxLength, url }: TabPage): Promise<string> {
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
