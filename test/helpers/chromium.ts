// Tests that need a real Chromium. Where none is installed they are skipped, and say so aloud.
import { writeSync } from 'node:fs';
import { it, onTestFinished } from 'vitest';
import { type Browser, type BrowserOptions, createBrowser } from '#src/feeds/browser.js';
import { findBrowser } from '#src/feeds/find-browser.js';
import { createLog } from '#src/log.js';

const found = findBrowser('auto');
export const chromiumPath = found.path ?? '';
if (!chromiumPath) {
  writeSync(2, 'SKIPPED: tests of pages that need JavaScript, because no Chromium is installed here\n');
}

/** `it`, where there is a browser. */
export const itInBrowser = it.skipIf(!chromiumPath);

/** Ends with the test. */
export function browserFor(options: Partial<BrowserOptions> = {}): Browser {
  const browser = createBrowser(
    { log: createLog('silent') },
    {
      executablePath: chromiumPath,
      userAgent: 'ThirdUmpire/test (+https://example.org/bot)',
      mostTabs: 2,
      settleMs: 10_000,
      idleMs: 60_000,
      mostPageMemory: 800e6,
      ...options,
    },
  );
  onTestFinished(() => browser.close());
  return browser;
}
