// Where the browser for pages of JavaScript is: configured, or one of the places where systems install Chromium.
import { accessSync, constants } from 'node:fs';

/** A program to start, or why there is none and what to do about it. */
export type BrowserChoice = { path: string } | { path?: undefined; reason: string; isWanted: boolean };

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/local/bin/chromium',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** `setting` is `pages.browser`: auto, none or a path. */
export function findBrowser(setting: string): BrowserChoice {
  if (setting === 'none') {
    return { reason: 'pages.browser is none', isWanted: false };
  }
  const path = (setting === 'auto' ? USUAL_PLACES : [setting]).find(canRun);
  if (path) {
    return { path };
  }
  return setting === 'auto'
    ? { reason: 'install Chromium (apt install chromium) or set pages.browser', isWanted: true }
    : { reason: `pages.browser is ${setting}, which cannot be run`, isWanted: true };
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
