// The worker threads behind the extractor: results and errors across them, and a thread that is stuck.
import { afterAll, expect, it } from 'vitest';
import { createExtractor } from '#src/feeds/extract.js';

const patient = createExtractor({ workers: 2, deadlineMs: 60_000 });
afterAll(() => patient.close());

const SENTENCE =
  'Zimbabwe needed eleven off the last over in Harare, and Raza took them with two balls to spare.';
const page = (body: string, url = 'https://news.example/a') => ({ bytes: Buffer.from(body), url });
const anArticle = (name: string) =>
  page(`<h1>${name} sees them home</h1><p>${SENTENCE}</p><p>${SENTENCE}</p>`);
/** 49,000 headings and no prose, 780 KB: within the limits, and a minute of work for Readability and Defuddle. */
const endless = page('<h2>Sources</h2>'.repeat(49_000), 'https://slow.example/page');

it('reads pages in parallel, each with its own result', async () => {
  const names = ['Raza', 'Ervine', 'Madhevere', 'Burl', 'Muzarabani'];

  const pages = await Promise.all(names.map((name) => patient.extract(anArticle(name))));

  expect(pages.map(({ title }) => title)).toEqual(names.map((name) => `${name} sees them home`));
  expect(pages.every(({ text }) => text === `${SENTENCE}\n${SENTENCE}`)).toBe(true);
});

it('decodes the bytes by what the server says of them', async () => {
  const bytes = Buffer.from(
    `<h1>Café in Göteborg plays on</h1><p>${SENTENCE}</p><p>${SENTENCE}</p>`,
    'latin1',
  );

  const { title } = await patient.extract({ bytes, contentType: 'text/html; charset=iso-8859-1', url: '' });

  expect(title).toBe('Café in Göteborg plays on');
});

it('refuses a nested bomb in a moment, by code and with the page named', async () => {
  await patient.extract(anArticle('Raza'));
  const started = performance.now();

  const result = patient.extract(page('<div>'.repeat(100_000), 'https://bomb.example/'));

  await expect(result).rejects.toMatchObject({
    code: 'page_too_deep',
    message: expect.stringMatching(/^https:\/\/bomb\.example\/: .*256 deep/),
  });
  expect(performance.now() - started).toBeLessThan(1000);
});

it('refuses a page of too many elements by code', async () => {
  await expect(patient.extract(page('<i></i>'.repeat(60_000)))).rejects.toMatchObject({
    code: 'page_too_big',
  });
});

it.each([
  ['data that nests', `<script type="application/ld+json">${'['.repeat(500_000)}</script>`],
  [
    'data of many things',
    `<script type="application/ld+json">[${'{"@type":"Review"},'.repeat(50_000)}{}]</script>`,
  ],
  ['a name of a megabyte', `<div class="${'a-b '.repeat(300_000)}">`],
  ['thousands of headlines', '<h1>Raza sees them home again</h1>'.repeat(20_000)],
  ['lines without end', `<pre>${'a\n'.repeat(500_000)}</pre>`],
  ['a text without end', `<p>${'word '.repeat(500_000)}</p>`],
  ['letters that were lost', `<p>${'\u00e2\u20ac\u2122'.repeat(300_000)}</p>`],
])('reads a page with %s in seconds', async (_, bomb) => {
  const started = performance.now();

  const { title } = await patient.extract(
    page(`<title>Raza</title><p>${SENTENCE}</p><p>${SENTENCE}</p>${bomb}`),
  );

  expect(title.length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(20_000);
});

it('gives up a page that overruns its deadline, and reads the next one in a new thread', async () => {
  const hasty = createExtractor({ workers: 1, deadlineMs: 1500 });
  try {
    const slow = hasty.extract(endless);
    const next = hasty.extract(anArticle('Raza'));

    await expect(slow).rejects.toMatchObject({
      code: 'page_timeout',
      message: expect.stringContaining('https://slow.example/page'),
    });
    expect((await next).title).toBe('Raza sees them home');
  } finally {
    await hasty.close();
  }
});

it('stops at once when the caller gives up, with the reason of the caller', async () => {
  const stop = new AbortController();
  const result = patient.extract(endless, stop.signal);

  stop.abort(new Error('shutting down'));

  await expect(result).rejects.toThrow('shutting down');
});

it('does not start for a caller who has given up already', async () => {
  await expect(patient.extract(endless, AbortSignal.abort(new Error('too late')))).rejects.toThrow(
    'too late',
  );
});
