import { expect, it } from 'vitest';
import { findBrowser } from '#src/feeds/find-browser.js';

it('takes a configured program, and says when it is none', () => {
  expect(findBrowser(process.execPath)).toEqual({ path: process.execPath });
  expect(findBrowser('/no/such/chromium')).toEqual({
    reason: 'pages.browser is /no/such/chromium, which cannot be run',
    isWanted: true,
  });
});

it('wants none where none is wanted', () => {
  expect(findBrowser('none')).toMatchObject({ isWanted: false });
});

it('finds an installed one, or says how to get one', () => {
  expect(findBrowser('auto')).toSatisfy(
    (choice: ReturnType<typeof findBrowser>) =>
      choice.path?.startsWith('/') ||
      (choice.path === undefined && choice.reason.includes('apt install chromium')),
  );
});
