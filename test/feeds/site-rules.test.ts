import { expect, it } from 'vitest';
import { createSiteRules } from '#src/feeds/site-rules.js';
import { fetcherFor, never, openGate } from '../helpers/feed-engine.js';
import { type Answer, startSite } from '../helpers/feed-server.js';

async function rulesFor(routes: Record<string, Answer>) {
  const site = await startSite(routes);
  const time = { now: new Date('2023-12-19T15:00:00Z') };
  const gaps: number[] = [];
  const slowDown = (_: URL, gapMs: number) => {
    gaps.push(gapMs);
  };
  const findRefusal = createSiteRules(
    { fetch: fetcherFor([site.host]), gate: { ...openGate(), slowDown }, clock: () => time.now },
    { userAgent: 'ThirdUmpire/0.1 (+https://example.org/bot)' },
  );
  const refusal = (path: string) => findRefusal(`${site.url}${path}`, never);
  return { site, refusal, gaps, time };
}

it.each([
  ['a rule for all', 'User-agent: *\nDisallow: /private', '/private/a', 'its robots.txt forbids it'],
  ['a path beside the rule', 'User-agent: *\nDisallow: /private', '/news/a', undefined],
  [
    'a rule for this bot before one for all',
    'User-agent: *\nDisallow: /\n\nUser-agent: ThirdUmpire\nAllow: /',
    '/a',
    undefined,
  ],
  ['a rule against this bot', 'User-agent: thirdumpire\nDisallow: /', '/a', 'its robots.txt forbids it'],
  ['a rule against another', 'User-agent: OtherBot\nDisallow: /', '/a', undefined],
  ['wildcards', 'User-agent: *\nDisallow: /*?print=', '/a?print=1', 'its robots.txt forbids it'],
  ['a byte order mark', '\ufeffUser-agent: *\nDisallow: /', '/a', 'its robots.txt forbids it'],
])('obeys %s', async (_, robots, path, reason) => {
  const { refusal } = await rulesFor({ '/robots.txt': robots });

  expect(await refusal(path)).toBe(reason);
});

it.each([401, 403, 451])('takes a %s for robots.txt as a refusal of the whole site', async (status) => {
  const { refusal } = await rulesFor({ '/robots.txt': { status } });

  expect(await refusal('/a')).toBe(`its robots.txt answers ${status}`);
});

it('reads a site without robots.txt', async () => {
  const { refusal } = await rulesFor({});

  expect(await refusal('/a')).toBeUndefined();
});

it('obeys the beginning of a robots.txt of any size, and no half line at its end', async () => {
  const rest = '\nDisallow: /private'.repeat(600_000 / 18);
  const { refusal } = await rulesFor({ '/robots.txt': `User-agent: *\nDisallow: /secret${rest}` });

  expect(await refusal('/secret/a')).toBe('its robots.txt forbids it');
  expect(await refusal('/p')).toBeUndefined();
});

it('leaves a site alone whose robots.txt is made to keep its reader busy', async () => {
  const trap = `Disallow: /${'*a'.repeat(8)}$\n`.repeat(20_000);
  const { refusal } = await rulesFor({ '/robots.txt': `User-agent: *\n${trap}` });
  const address = `/${'a'.repeat(1500)}`;
  await refusal(address);
  const started = performance.now();

  expect(await refusal(address)).toBe('its robots.txt has more than 5000 wildcards');

  expect(performance.now() - started).toBeLessThan(100);
});

it('takes a reservation made to keep its reader busy for one of the whole site', async () => {
  const places = Array.from({ length: 5000 }, () => ({
    location: `/${'*a'.repeat(8)}`,
    'tdm-reservation': 1,
  }));
  const { refusal } = await rulesFor({ '/.well-known/tdmrep.json': JSON.stringify(places) });

  expect(await refusal('/news')).toBe('its publisher reserves text and data mining');
});

it('leaves a site alone while its robots.txt cannot be had, and asks again later', async () => {
  const { refusal, site, time } = await rulesFor({ '/robots.txt': { status: 500 } });

  await expect(refusal('/a')).rejects.toMatchObject({ code: 'rules_unknown' });
  await expect(refusal('/a')).rejects.toMatchObject({ code: 'rules_unknown' });
  expect(site.count('/robots.txt')).toBe(1);
  site.routes['/robots.txt'] = 'User-agent: *\nAllow: /';
  time.now = new Date(time.now.getTime() + 11 * 60_000);

  expect(await refusal('/a')).toBeUndefined();
});

it('asks once a day for each site, however many pages it reads', async () => {
  const { refusal, site, time } = await rulesFor({ '/robots.txt': 'User-agent: *\nAllow: /' });

  await Promise.all(['/a', '/b', '/c'].map(refusal));
  expect(site.count('/robots.txt')).toBe(1);
  time.now = new Date(time.now.getTime() + 25 * 3_600_000);
  await refusal('/a');

  expect(site.count('/robots.txt')).toBe(2);
});

it('slows down as the site asks, within reason', async () => {
  const asked = await rulesFor({ '/robots.txt': 'User-agent: *\nCrawl-delay: 7' });
  const absurd = await rulesFor({ '/robots.txt': 'User-agent: *\nCrawl-delay: 86400' });

  await Promise.all([asked.refusal('/a'), absurd.refusal('/a')]);

  expect([asked.gaps, absurd.gaps]).toEqual([[7000], [120_000]]);
});

it('honours a reservation of text and data mining for the places that it names', async () => {
  const { refusal } = await rulesFor({
    '/.well-known/tdmrep.json': JSON.stringify([
      { location: '/premium/*', 'tdm-reservation': 1, 'tdm-policy': 'https://example.org/policy' },
      { location: '/free/', 'tdm-reservation': 0 },
      'nonsense',
    ]),
  });

  expect(await refusal('/premium/a')).toBe('its publisher reserves text and data mining');
  expect(await refusal('/free/a')).toBeUndefined();
});
