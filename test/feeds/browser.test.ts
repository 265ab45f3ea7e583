import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { TabPage } from '#src/feeds/browser-tab.js';
import { browserFor, chromiumPath, itInBrowser } from '../helpers/chromium.js';
import { never } from '../helpers/feed-engine.js';
import { isAlive, until } from '../helpers/processes.js';
import { tempFolder } from '../helpers/temp-folder.js';

const limits = { timeout: 90_000 };

function aPage(html: string, more: Partial<TabPage> = {}): TabPage {
  return {
    url: 'http://news.example/a',
    body: Buffer.from(html),
    answer: async () => undefined,
    maxLength: 100_000,
    ...more,
  };
}

/** Chromium that writes down the id of each process that it is started as. */
function countedChromium(): { executablePath: string; started: () => number[] } {
  const executablePath = path.join(tempFolder(), 'chromium');
  const pids = `${executablePath}.pids`;
  writeFileSync(executablePath, `#!/bin/sh\necho $$ >> '${pids}'\nexec '${chromiumPath}' "$@"\n`);
  chmodSync(executablePath, 0o755);
  const started = () =>
    existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : ([] as number[]);
  return { executablePath, started };
}

itInBrowser('starts one browser for all pages, ends it when idle, and starts it anew', limits, async () => {
  const { executablePath, started } = countedChromium();
  const browser = browserFor({ executablePath, idleMs: 200 });
  expect(started()).toEqual([]);

  const shown = await Promise.all(
    ['one', 'two', 'three'].map((word) =>
      browser.render(aPage(`<p id="a"></p><script>a.textContent = "${word}"</script>`), never),
    ),
  );

  expect(shown.map((html) => /<p id="a">(\w+)/.exec(html)?.[1])).toEqual(['one', 'two', 'three']);
  expect(started()).toHaveLength(1);
  await until('the idle browser has ended', () => !started().some(isAlive));
  await browser.render(aPage('<p>again</p>'), never);
  expect(started()).toHaveLength(2);
  await browser.close();
  await until('the closed browser has ended', () => !started().some(isAlive));
});

itInBrowser('has as many tabs as it may, and no more', limits, async () => {
  const browser = browserFor({ mostTabs: 2 });
  let open = 0;
  let most = 0;
  const answer: TabPage['answer'] = async () => {
    open += 1;
    most = Math.max(most, open);
    // Until another one is there, however slow this machine is; then long enough for a third.
    await vi.waitUntil(() => most > 1, 10_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    open -= 1;
    return undefined;
  };

  await Promise.all(
    Array.from({ length: 5 }, () =>
      browser.render(aPage('<script src="/a.js"></script>', { answer }), never),
    ),
  );

  expect(most).toBe(2);
});

itInBrowser('gives up a page that never comes to rest, and reads the next one', limits, async () => {
  const browser = browserFor({ settleMs: 1000 });

  await expect(browser.render(aPage('<script>for (;;) {}</script>'), never)).rejects.toMatchObject({
    code: 'page_timeout',
  });
  expect(await browser.render(aPage('<p>fine</p>'), never)).toContain('fine');
});

itInBrowser('takes what is there of a page whose files never come', limits, async () => {
  const browser = browserFor({ settleMs: 1000 });
  const answer = () => new Promise<undefined>(() => {});

  const html = await browser.render(
    aPage('<p>fine</p><script src="/a.js" async></script>', { answer }),
    never,
  );

  expect(html).toContain('fine');
});

itInBrowser('gives up a page that grows too large, or takes too much memory', limits, async () => {
  const browser = browserFor({ mostPageMemory: 400e6, settleMs: 20_000 });
  const growing = '<script>document.body.append("x".repeat(200_000))</script>';
  const greedy = '<script>a = []; setInterval(() => a.push(new Uint8Array(1e8).fill(1)), 20)</script>';

  await expect(browser.render(aPage(`<body>${growing}`), never)).rejects.toMatchObject({
    code: 'page_too_big',
  });
  const noQuiet = '<script>setInterval(() => fetch("/a"), 100)</script>';
  await expect(browser.render(aPage(greedy + noQuiet), never)).rejects.toMatchObject({
    code: 'page_unreadable',
  });
  expect(await browser.render(aPage('<p>fine</p>'), never)).toContain('fine');
});

itInBrowser('stops at once when its caller does', limits, async () => {
  const browser = browserFor();
  const stop = new AbortController();
  const answer = async () => {
    stop.abort(new Error('stopped by the operator'));
    return new Promise<undefined>(() => {});
  };

  await expect(
    browser.render(aPage('<script src="/a.js"></script>', { answer }), stop.signal),
  ).rejects.toThrow('stopped by the operator');
});

itInBrowser('starts anew after its browser was killed', limits, async () => {
  const { executablePath, started } = countedChromium();
  const browser = browserFor({ executablePath });
  await browser.render(aPage('<p>one</p>'), never);

  const [pid = 0] = started();
  process.kill(pid, 'SIGKILL');
  await until('the browser is gone', () => !isAlive(pid));

  await until('a new one shows pages', async () => {
    const html = await browser.render(aPage('<p>two</p>'), never).catch(() => '');
    return html.includes('two');
  });
  expect(started()).toHaveLength(2);
});

itInBrowser('leaves no browser behind when its process is killed', limits, async () => {
  const { executablePath, started } = countedChromium();
  const child = spawn(process.execPath, ['test/fixtures/render-endless.mjs', executablePath], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await until('the browser has started', () => started().length > 0);

  child.kill('SIGKILL');

  await until('the browser has ended', () => !started().some(isAlive));
});

itInBrowser('says what does not start as a browser', limits, async () => {
  await expect(browserFor({ executablePath: '/bin/false' }).render(aPage(''), never)).rejects.toMatchObject({
    code: 'browser_failed',
    message: expect.stringMatching(/^\/bin\/false does not start as a browser: /),
  });
});

it.skipIf(!chromiumPath || !existsSync('/proc/self/environ'))(
  'gives the browser nothing of this program’s environment',
  limits,
  async () => {
    const { executablePath, started } = countedChromium();
    process.env['LLM_API_KEY'] = 'a secret';
    onTestFinished(() => void delete process.env['LLM_API_KEY']);

    await browserFor({ executablePath }).render(aPage('<p>fine</p>'), never);

    const [pid] = started();
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toMatch(/secret|LLM_/);
  },
);
