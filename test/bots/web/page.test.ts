// The page in a real browser: what people see, press and hear.
import { expect } from 'vitest';
import { SECRET } from '../../fixtures/secrets.mjs';
import { itInBrowser } from '../../helpers/chromium.js';
import { askOn, openConsole } from '../../helpers/console-page.js';
import { answerTo, createGate } from '../../helpers/scripted-ask.js';

const LIMIT = { timeout: 60_000 };

itInBrowser(
  'shows an answer as it is written, opens its passage, and is the same when loaded anew',
  LIMIT,
  async () => {
    const gate = createGate();
    const { open, strange } = await openConsole({
      before: (_, piece) => (piece === 1 ? gate.passed : undefined),
    });
    const page = await open('/');
    await askOn(page, 'Who won the final?');

    await page.getByText(answerTo('Who won the final?').replace(' [1]', '')).waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(true);
    gate.open();
    await page.getByText('And no more than that.').waitFor();
    await page.getByRole('link', { name: 'Source 1' }).first().press('Enter');

    const source = page.locator('details[open]');
    expect(await source.locator('blockquote').innerText()).toBe('Who won the final?');
    expect(await source.getByRole('link').getAttribute('href')).toBe(
      'https://news.example/Who%20won%20the%20final%3F',
    );
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    const before = await page.locator('.post').innerText();
    expect(page.url()).toMatch(/\/t\/[0-9a-f]{32}$/);
    await page.reload();
    await page.getByText('And no more than that.').waitFor();
    await page.getByRole('link', { name: 'Source 1' }).first().click();
    expect(await page.locator('.post').innerText()).toBe(before);
    expect(
      await page.getByRole('complementary').getByRole('link', { name: 'Who won the final?' }).count(),
    ).toBe(1);
    expect(strange).toEqual([]);
  },
);

itInBrowser('goes on in the thread, and stops at the button', LIMIT, async () => {
  const { open, strange } = await openConsole({
    before: ({ text }, piece) => (text.includes('toss') && piece === 1 ? new Promise(() => {}) : undefined),
  });
  const page = await open('/');
  await askOn(page, 'Who won the final?');
  await page.getByText('And no more than that.').waitFor();
  const thread = page.url();
  await askOn(page, 'And the toss?');
  await page.getByText(answerTo('And the toss?').replace(' [1]', '')).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();

  await page.getByText('Stopped.').waitFor();
  expect(page.url()).toBe(thread);
  expect(await page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(false);
  await askOn(page, 'Who made most runs?');
  await page.getByText(answerTo('Who made most runs?').replace(' [1]', '')).waitFor();
  expect(await page.locator('h2.question').allInnerTexts()).toEqual([
    'Who won the final?',
    'And the toss?',
    'Who made most runs?',
  ]);
  expect(strange).toEqual([]);
});

itInBrowser('asks back with buttons, takes votes, and waits for news', LIMIT, async () => {
  const { open } = await openConsole({
    choices: ({ text }) => (text === 'Who won?' ? ['India men', 'India women'] : undefined),
    abstains: ({ text }) => text.includes('2031'),
  });
  const page = await open('/');
  await askOn(page, 'Who won?');
  await page.getByRole('button', { name: 'India women' }).click();
  await page.getByText(answerTo('India women').replace(' [1]', '')).waitFor();
  const vote = page.getByRole('button', { name: 'A bad answer' });
  await vote.click();

  await page.getByText('Noted, with the articles that I used.').waitFor();
  expect(await vote.getAttribute('aria-pressed')).toBe('true');
  await askOn(page, 'Who will captain Mumbai in 2031?');
  await page.getByText('Not enough evidence').waitFor();
  await page.getByRole('button', { name: 'Tell me when there is news about it' }).click();
  await page.getByText('I look at what comes in and tell this thread once').waitFor();
});

itInBrowser('makes neither markup nor links of what articles and people write', LIMIT, async () => {
  const evil =
    '<img src=x onerror="window.hit=1"><script>window.hit=1</script> [x](https://evil.example/) [9] [1]';
  const { open, strange } = await openConsole({ says: () => [evil] });
  const page = await open('/');
  await askOn(page, evil);
  await page.getByText('<script>').nth(1).waitFor();
  await page.getByText('A source').or(page.locator('.sources')).first().waitFor();

  expect(await page.evaluate('window.hit')).toBeUndefined();
  expect(await page.locator('main img, main script').count()).toBe(0);
  expect(await page.locator('a[href*="evil"]:not([href^="https://news.example/"])').count()).toBe(0);
  expect(strange).toEqual([]);
});

itInBrowser(
  'shows the same thread to somebody else who has its address, as it is written',
  LIMIT,
  async () => {
    const gate = createGate();
    const { open, url } = await openConsole({
      before: (_, piece) => (piece === 1 ? gate.passed : undefined),
    });
    const ann = await open('/');
    await askOn(ann, 'Who won the final?');
    await ann.getByText('This is known of').waitFor();
    const ben = await open(ann.url().slice(url.length));
    await ben.getByText('This is known of').waitFor();
    gate.open();

    await ben.getByText('And no more than that.').waitFor();
    expect(await ben.locator('h2.question').innerText()).toBe('Who won the final?');
  },
);

itInBrowser('wants the token, and opens for whoever has it', LIMIT, async () => {
  const { open } = await openConsole({}, { token: `console ${SECRET}` });
  const page = await open('/');
  await page.getByLabel('Token of the console').fill('a guess');
  await page.keyboard.press('Enter');
  await page.getByText('That is not the token.').waitFor();
  await page.getByLabel('Token of the console').fill(`console ${SECRET}`);
  await page.keyboard.press('Enter');
  await askOn(page, 'Who won the final?');

  await page.getByText('And no more than that.').waitFor();
});

itInBrowser('removes a subscription only when that is said twice', LIMIT, async () => {
  const one = {
    platform: 'slack',
    tenant: 'T1',
    channel: 'C1',
    when: '08:00, UTC, every day',
    follows: 'All cricket',
  };
  const acts: string[] = [];
  const { open } = await openConsole(
    {},
    {
      desk: {
        subscriptions: async () => [{ ...one, isPaused: false }],
        async changeSubscription(_, action) {
          acts.push(action);
          return action === 'remove' ? [] : [{ ...one, isPaused: action === 'pause' }];
        },
      },
    },
  );
  const page = await open('/subscriptions');
  await page.getByRole('button', { name: 'Remove: slack C1' }).click();
  await page.getByRole('button', { name: 'Keep' }).press('Enter');
  await page.getByRole('button', { name: 'Pause: slack C1' }).click();
  await page.getByText('slack C1 is paused.').waitFor();
  expect(acts).toEqual(['pause']);
  await page.getByRole('button', { name: 'Remove: slack C1' }).click();
  await page.getByRole('button', { name: 'Yes, remove' }).click();

  await page.getByText('slack C1 gets no digest any more.').waitFor();
  expect(acts).toEqual(['pause', 'remove']);
});

itInBrowser('forgets a person who says so twice', LIMIT, async () => {
  const { open, strange } = await openConsole();
  const page = await open('/');
  await askOn(page, 'Who won the final?');
  await page.getByText('And no more than that.').waitFor();
  const thread = page.url();

  await page.getByRole('button', { name: 'Forget me' }).click();
  await page.getByRole('button', { name: 'Press again' }).click();
  await page.waitForURL((url) => url.pathname === '/');

  expect(await page.getByText('Your threads').count()).toBe(0);
  await page.goto(thread);
  await page.waitForLoadState('domcontentloaded');
  expect(await page.locator('.post').count()).toBe(0);
  expect(strange).toEqual([]);
});
