import { expect, it, onTestFinished } from 'vitest';
import { type ArticleDeps, articleOfPage } from '#src/feeds/article-of.js';
import { createExtractor } from '#src/feeds/extract.js';
import { openScriptedPages, type ScriptedPages } from '#src/feeds/scripted-pages.js';
import { createSiteRules } from '#src/feeds/site-rules.js';
import { createLog } from '#src/log.js';
import { chromiumPath, itInBrowser } from '../helpers/chromium.js';
import { clock, fetcherFor, never, openGate } from '../helpers/feed-engine.js';
import { type Answer, startSite, type TestSite } from '../helpers/feed-server.js';

const userAgent = 'ThirdUmpire/test (+https://example.org/bot)';
const PROSE = ['first', 'second', 'third'].map(
  (which) => `The ${which} session belonged to the hosts, who lost two wickets and made ninety runs in it.`,
);
const SHELL =
  '<html><head><title>News</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>';
const APP = {
  headers: { 'content-type': 'text/javascript' },
  body: `fetch('/api').then((answer) => answer.json()).then(({ title, prose }) => {
    document.title = title;
    root.innerHTML = '<article><h1>' + title + '</h1><p>' + prose.join('</p><p>') + '</p></article>';
  });`,
};
const API = {
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ title: 'Hosts on top at Harare', prose: PROSE }),
};
const SITE: Record<string, Answer> = { '/a': SHELL, '/b': SHELL, '/app.js': APP, '/api': API };

function readerFor(
  site: TestSite,
  browser = chromiumPath || 'auto',
): { pages: ScriptedPages; deps: ArticleDeps } {
  const fetch = fetcherFor([site.host]);
  const findRefusal = createSiteRules({ fetch, gate: openGate(), clock }, { userAgent });
  const extractor = createExtractor({ workers: 1, deadlineMs: 5000 });
  const log = createLog('silent');
  const isAllowed = ({ host }: URL) => host === site.host;
  const pages = openScriptedPages(
    { fetch, findRefusal, extract: extractor.extract, isAllowed, log },
    { browser, userAgent },
  );
  onTestFinished(async () => {
    await pages.close();
    await extractor.close();
  });
  return { pages, deps: { fetch, findRefusal, extract: extractor.extract, readScripted: pages.read, clock } };
}

itInBrowser('reads the article that a page’s scripts write, and asks for each file once', async () => {
  const site = await startSite(SITE);
  const { deps } = readerFor(site);

  const first = await articleOfPage(deps, `${site.url}/a`, 1e6, never);
  const second = await articleOfPage(deps, `${site.url}/b`, 1e6, never);

  expect(first).toMatchObject({ title: 'Hosts on top at Harare', text: PROSE.join('\n'), origin: 'page' });
  expect(second?.text).toBe(first?.text);
  expect([site.count('/a'), site.count('/app.js'), site.count('/api')]).toEqual([1, 1, 2]);
  expect(new Set(site.requests.map(({ headers }) => headers['user-agent']))).toEqual(new Set([userAgent]));
});

itInBrowser('keeps to robots.txt with a page’s files', async () => {
  const site = await startSite({ ...SITE, '/robots.txt': 'User-agent: *\nDisallow: /api' });
  const { deps } = readerFor(site);

  expect(await articleOfPage(deps, `${site.url}/a`, 1e6, never)).toBeUndefined();
  expect(site.count('/app.js')).toBe(1);
  expect(site.count('/api')).toBe(0);
});

itInBrowser('hears a "noai" that only scripts say', async () => {
  const app = `${APP.body}; document.head.innerHTML = '<meta name="robots" content="noai">';`;
  const site = await startSite({ ...SITE, '/app.js': { ...APP, body: app } });

  await expect(articleOfPage(readerFor(site).deps, `${site.url}/a`, 1e6, never)).rejects.toMatchObject({
    code: 'refused',
  });
});

itInBrowser('leaves a site alone whose pages stay empty', { timeout: 60_000 }, async () => {
  const site = await startSite({ ...SITE, '/api': { status: 404 }, '/app.js': { ...APP, headers: {} } });
  const { deps } = readerFor(site);

  for (let i = 0; i < 5; i += 1) {
    await articleOfPage(deps, `${site.url}/a`, 1e6, never);
  }

  expect(site.count('/api')).toBe(3);
});

it.each<[string, Record<string, Answer>, string]>([
  ['a 401', { '/a': { status: 401, body: SHELL } }, 'http_status'],
  ['a 403', { '/a': { status: 403, body: SHELL } }, 'http_status'],
  ['a 451', { '/a': { status: 451, body: SHELL } }, 'http_status'],
  ['robots.txt', { '/a': SHELL, '/robots.txt': 'User-agent: *\nDisallow: /' }, 'refused'],
  ['noai', { '/a': { headers: { 'x-robots-tag': 'noai' }, body: SHELL } }, 'refused'],
  ['a reservation', { '/a': { headers: { 'tdm-reservation': '1' }, body: SHELL } }, 'refused'],
])('is no way around %s', async (_, routes, code) => {
  const site = await startSite(routes);
  const { deps, pages } = readerFor(site, 'none');
  let isAsked = false;
  const readScripted: ScriptedPages['read'] = (...given) => {
    isAsked = true;
    return pages.read(...given);
  };

  await expect(articleOfPage({ ...deps, readScripted }, `${site.url}/a`, 1e6, never)).rejects.toMatchObject({
    code,
  });
  expect(isAsked).toBe(false);
});

it('says once what is missing where there is no browser', async () => {
  const site = await startSite(SITE);
  const { deps, pages } = readerFor(site, '/no/such/chromium');

  const message = `${site.url}/a needs JavaScript; pages.browser is /no/such/chromium, which cannot be run`;
  await expect(articleOfPage(deps, `${site.url}/a`, 1e6, never)).rejects.toMatchObject({
    code: 'needs_browser',
    message,
  });
  await articleOfPage(deps, `${site.url}/b`, 1e6, never).catch(() => {});
  expect(pages.notice()).toBe(message);
});

it('needs no browser for a page with text, nor for one without scripts', async () => {
  const text = `<article><h1>Hosts on top</h1><p>${PROSE.join('</p><p>')}</p></article><div id="x"></div>`;
  const site = await startSite({
    '/text': `<title>Hosts on top</title>${text}<script src="/app.js"></script>`,
    '/empty': '<div id="root"></div>',
  });
  const { deps, pages } = readerFor(site, '/no/such/chromium');

  expect((await articleOfPage(deps, `${site.url}/text`, 1e6, never))?.text).toContain(PROSE[2]);
  expect(await articleOfPage(deps, `${site.url}/empty`, 1e6, never)).toBeUndefined();
  expect(pages.notice()).toBeUndefined();
});
