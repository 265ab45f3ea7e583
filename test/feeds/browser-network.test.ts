// Whatever a page in the browser tries, the operator's own network is not touched: each trick has a canary.
import { expect } from 'vitest';
import { createPageParts } from '#src/feeds/page-parts.js';
import { type Canary, startCanary } from '../helpers/canary.js';
import { browserFor, itInBrowser } from '../helpers/chromium.js';
import { fetcherFor, never } from '../helpers/feed-engine.js';
import { startSite } from '../helpers/feed-server.js';

const script = (code: string) => `<script>${code}</script>`;

/** Parts of a page; PORT is the trick's own canary. */
const TRICKS: Record<string, string> = {
  fetch: script('fetch("http://127.0.0.1:PORT/")'),
  'fetch without CORS': script('fetch("http://127.0.0.1:PORT/", { mode: "no-cors", keepalive: true })'),
  'fetch with a preflight': script(
    'fetch("http://127.0.0.1:PORT/", { method: "PUT", headers: { "x-a": "1" } })',
  ),
  XMLHttpRequest: script('x = new XMLHttpRequest(); x.open("GET", "http://127.0.0.1:PORT/"); x.send()'),
  'synchronous XMLHttpRequest': script(
    'x = new XMLHttpRequest(); x.open("GET", "http://127.0.0.1:PORT/", false); try { x.send() } catch {}',
  ),
  'localhost by name': script('fetch("http://localhost:PORT/")'),
  'a name under localhost': script('fetch("http://a.localhost:PORT/")'),
  'a name of the hosts file': script('fetch("http://ip6-localhost:PORT/")'),
  '0.0.0.0': script('fetch("http://0.0.0.0:PORT/")'),
  '[::1]': script('fetch("http://[::1]:PORT/")'),
  'a mapped address': script('fetch("http://[::ffff:127.0.0.1]:PORT/")'),
  'a decimal address': script('fetch("http://2130706433:PORT/")'),
  'a hexadecimal address': script('fetch("http://0x7f.1:PORT/")'),
  'an octal address': script('fetch("http://0177.0.0.1:PORT/")'),
  https: script('fetch("https://127.0.0.1:PORT/")'),
  'a redirect of a file': script('fetch("/to/PORT")'),
  'a redirect of a script': '<script src="/to/PORT"></script>',
  'a script': '<script src="http://127.0.0.1:PORT/a.js"></script>',
  'a module': '<script type="module">import("http://127.0.0.1:PORT/a.js")</script>',
  'an image': '<img src="http://127.0.0.1:PORT/a.png" srcset="http://127.0.0.1:PORT/b.png 2x">',
  'an image made by a script': script('new Image().src = "http://127.0.0.1:PORT/a.png"'),
  'a picture in SVG':
    '<svg><image href="http://127.0.0.1:PORT/a.png"/><use href="http://127.0.0.1:PORT/a#b"/></svg>',
  'audio and video':
    '<video src="http://127.0.0.1:PORT/a" autoplay poster="http://127.0.0.1:PORT/p"><track src="http://127.0.0.1:PORT/t" default></video><audio src="http://127.0.0.1:PORT/b" autoplay></audio>',
  'style sheets':
    '<link rel="stylesheet" href="http://127.0.0.1:PORT/a.css"><style>@import "http://127.0.0.1:PORT/b.css"; body { background: url(http://127.0.0.1:PORT/c.png) }</style>',
  'a font':
    '<style>@font-face { font-family: a; src: url(http://127.0.0.1:PORT/a.woff) } p { font-family: a }</style><p>text</p>',
  'a frame': '<iframe src="http://127.0.0.1:PORT/"></iframe>',
  'a frame of data':
    '<iframe src="data:text/html,<img src=http://127.0.0.1:PORT/><script>fetch(\'http://127.0.0.1:PORT/\')</script>"></iframe>',
  'a frame of its own text': '<iframe srcdoc="<iframe src=http://127.0.0.1:PORT/></iframe>"></iframe>',
  'an object and an embed':
    '<object data="http://127.0.0.1:PORT/a"></object><embed src="http://127.0.0.1:PORT/b">',
  'a beacon': script('navigator.sendBeacon("http://127.0.0.1:PORT/", "a")'),
  EventSource: script('new EventSource("http://127.0.0.1:PORT/")'),
  WebSocket: script('new WebSocket("ws://127.0.0.1:PORT/")'),
  'WebSocket by name': script('new WebSocket("ws://localhost:PORT/")'),
  'WebSocket with TLS': script('new WebSocket("wss://127.0.0.1:PORT/")'),
  WebTransport: script('new WebTransport("https://127.0.0.1:PORT/")'),
  WebRTC: script(
    'p = new RTCPeerConnection({ iceServers: [{ urls: ["stun:127.0.0.1:PORT", "stun:localhost:PORT"] }, { urls: ["turn:127.0.0.1:PORT?transport=udp", "turn:127.0.0.1:PORT?transport=tcp"], username: "a", credential: "a" }] }); p.createDataChannel("a"); p.createOffer().then((o) => p.setLocalDescription(o))',
  ),
  'a worker': script(
    'new Worker(URL.createObjectURL(new Blob([`fetch("http://127.0.0.1:PORT/"); importScripts("http://127.0.0.1:PORT/a.js")`])))',
  ),
  'a worker’s WebSocket': script(
    'new Worker(URL.createObjectURL(new Blob([`new WebSocket("ws://127.0.0.1:PORT/")`])))',
  ),
  'a shared worker': script('new SharedWorker("data:text/javascript,fetch(\'http://127.0.0.1:PORT/\')")'),
  'a service worker': script('navigator.serviceWorker.register("/worker/PORT.js")'),
  prefetch:
    '<link rel="prefetch" href="http://127.0.0.1:PORT/"><link rel="prerender" href="http://127.0.0.1:PORT/">',
  'speculation rules': `<script type="speculationrules">{ "prerender": [{ "urls": ["http://127.0.0.1:PORT/"], "eagerness": "immediate" }], "prefetch": [{ "urls": ["http://127.0.0.1:PORT/a"], "eagerness": "immediate" }] }</script>`,
  preconnect:
    '<link rel="preconnect" href="http://127.0.0.1:PORT/"><link rel="dns-prefetch" href="//localhost:PORT/"><link rel="preconnect" href="http://localhost:PORT/" crossorigin>',
  preload:
    '<link rel="preload" as="fetch" href="http://127.0.0.1:PORT/"><link rel="modulepreload" href="http://127.0.0.1:PORT/a.js"><link rel="manifest" href="http://127.0.0.1:PORT/m"><link rel="icon" href="http://127.0.0.1:PORT/i">',
};

/** Tricks that would leave the page, or change the others. */
const LAST_TRICKS: Record<string, string> = {
  'a refresh': '<meta http-equiv="refresh" content="0; url=http://127.0.0.1:PORT/">',
  'a new location': script('location.href = "http://127.0.0.1:PORT/"'),
  'a form': `<form method="post" action="http://127.0.0.1:PORT/"><input name="a"></form>${script('document.forms[0].submit()')}`,
  'a form in another window': `<form target="_blank" action="http://127.0.0.1:PORT/"></form>${script('document.forms[0].submit()')}`,
  'a new window': script('open("http://127.0.0.1:PORT/")'),
  'a link that is clicked': `<a href="http://127.0.0.1:PORT/" ping="http://127.0.0.1:PORT/p" download>a</a>${script('document.links[0].click()')}`,
  'another base': `<base href="http://127.0.0.1:PORT/">${script('fetch("a")')}`,
};

/** Tricks tried on one page. */
const TRICKS_OF_A_PAGE = 8;

itInBrowser('touches no canary, whatever a page tries', { timeout: 120_000 }, async () => {
  const canaries = new Map<string, Canary>();
  const site = await startSite();
  for (const name of Object.keys({ ...TRICKS, ...LAST_TRICKS })) {
    const canary = await startCanary();
    canaries.set(name, canary);
    site.routes[`/to/${canary.port}`] = {
      status: 302,
      headers: { location: `http://127.0.0.1:${canary.port}/` },
    };
    site.routes[`/worker/${canary.port}.js`] = {
      headers: { 'content-type': 'text/javascript' },
      body: `fetch('http://127.0.0.1:${canary.port}/')`,
    };
  }
  const armed = (tricks: Record<string, string>) =>
    Object.entries(tricks).map(([name, html]) => html.replaceAll('PORT', String(canaries.get(name)?.port)));
  const together = armed(TRICKS);
  const pages = armed(LAST_TRICKS);
  for (let at = 0; at < together.length; at += TRICKS_OF_A_PAGE) {
    pages.push(together.slice(at, at + TRICKS_OF_A_PAGE).join('\n'));
  }
  const parts = createPageParts({
    fetch: fetcherFor([site.host]),
    findRefusal: async () => undefined,
    isAllowed: ({ host }) => host === site.host,
  });
  const browser = browserFor({ mostTabs: 4 });
  const url = `${site.url}/trick`;

  const shown = await Promise.all(
    pages.map((tricks) => {
      const body = Buffer.from(`<p id="mark"></p>${script('mark.textContent = "scripts ran"')}${tricks}`);
      return browser.render({ url, body, answer: parts.forPage(url), maxLength: 1e6 }, never);
    }),
  );

  const touched = [...canaries].flatMap(([name, canary]) => (canary.touched() > 0 ? [name] : []));
  for (const canary of canaries.values()) {
    canary.close();
  }
  expect(touched).toEqual([]);
  expect(canaries.size).toBeGreaterThan(40);
  expect(shown.filter((html) => html.includes('scripts ran'))).toHaveLength(pages.length);
  expect(site.requests.filter(({ path }) => path.startsWith('/to/'))).toHaveLength(2);
});
