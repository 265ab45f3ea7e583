// The console in a real Chromium: its server on loopback with bots over a real store and a scripted core.
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { ConsoleDesk } from '#src/bots/web/ports.js';
import { openTestStore, testBots } from './bots.js';
import { chromiumPath } from './chromium.js';
import { type AskScript, scriptedAsk } from './scripted-ask.js';
import { webAdapter } from './web-bot.js';

export interface ConsoleUnderTest {
  url: string;
  /** A page of a browser that nobody has used. */
  open(path: string, options?: { colorScheme?: 'light' | 'dark'; width?: number }): Promise<Page>;
  /** What any page asked of others than the console, and what its policy refused. */
  strange: string[];
}

export async function openConsole(
  script: AskScript = {},
  over: { desk?: Partial<ConsoleDesk>; token?: string } = {},
): Promise<ConsoleUnderTest> {
  const store = await openTestStore();
  const { platform, url } = webAdapter(store.webPosts, over);
  const bots = testBots({
    platforms: [platform],
    ask: scriptedAsk(script).ask,
    store,
    options: { graceSeconds: 0 },
  });
  await bots.start();
  onTestFinished(() => bots.stop());
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  onTestFinished(() => browser.close());
  const at = url() ?? '';
  const strange: string[] = [];
  return {
    url: at,
    strange,
    async open(path, { colorScheme = 'light', width = 1000 } = {}) {
      const viewport = { width, height: 800 };
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      page.on('request', (request) => {
        if (!request.url().startsWith(`${at}/`)) {
          strange.push(request.url());
        }
      });
      page.on('pageerror', (error) => strange.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') {
          strange.push(message.text());
        }
      });
      await page.goto(`${at}${path}`);
      return page;
    },
  };
}

/** Asks by the keyboard, as a person does. */
export async function askOn(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your question').fill(text);
  await page.keyboard.press('Enter');
}
