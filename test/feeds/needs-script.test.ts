import { expect, it } from 'vitest';
import { needsScript } from '#src/feeds/needs-script.js';

const SCRIPT = '<script src="/app.js"></script>';
const page = (body: string, head = '<title>News</title>') =>
  `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
const SENTENCE = 'Raza made a hundred before tea and the hosts declared with seven wickets down. ';

it.each([
  ['an empty root', page(`<div id="root"></div>${SCRIPT}`)],
  ['an empty root within a frame', page(`<nav><a href="/">Home</a></nav><main id="app"> </main>${SCRIPT}`)],
  ['a root that is loading', page(`<div id="app"><p>Loading…</p></div>${SCRIPT}`)],
  [
    'a word in noscript',
    page(`<noscript>You need to enable JavaScript to run this app.</noscript><p>${SENTENCE}</p>${SCRIPT}`),
  ],
  ['a word in the page', page(`<p>Please turn on JavaScript to see this page.</p>${SCRIPT}`)],
  ['scripts that come as modules', page('<div id="x"></div><script type="module">go()</script>')],
])('sees that a page with %s needs its scripts', (_, html) => {
  expect(needsScript(html)).toBe(true);
});

it.each([
  ['text', page(`<p>${SENTENCE.repeat(10)}</p><div id="ad"></div>${SCRIPT}`)],
  ['text and a noscript of pixels', page(`<p>${SENTENCE.repeat(3)}</p><noscript><img></noscript>${SCRIPT}`)],
  ['no scripts at all', page('<div id="root"></div>')],
  ['data instead of scripts', page('<div id="root"></div><script type="application/ld+json">{}</script>')],
  ['a check for robots', page(`<p>Verify that you are a human. Enable JavaScript.</p>${SCRIPT}`)],
  ['a check for robots in its title', page(`<div id="a"></div>${SCRIPT}`, '<title>Just a moment...</title>')],
  ['nothing', ''],
])('sees nothing for a browser in a page with %s', (_, html) => {
  expect(needsScript(html)).toBe(false);
});

it('is quick with a large page', () => {
  const html = page(`${'<div id="a"><a href="/">x</a></div>'.repeat(100_000)}${SCRIPT}`);

  const start = performance.now();
  needsScript(html);

  expect(performance.now() - start).toBeLessThan(2000);
});
