// Title, author, date and the rest, from every place in which pages write them.
import { expect, it } from 'vitest';
import { readPage } from '#src/feeds/page-read.js';

const URL = 'https://www.harare-sport.example/cricket/raza';
const read = (head: string, body = '<h1>Raza sees them home</h1>', url = URL) =>
  readPage(`<html lang="en-ZW"><head>${head}</head><body>${body}</body></html>`, url);
const ld = (json: unknown) => {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return `<script type="application/ld+json">${text}</script>`;
};
const NEWS = {
  '@type': 'NewsArticle',
  headline: 'Raza sees them home',
  datePublished: '2024-02-03T17:05:00+02:00',
  author: { '@type': 'Person', name: 'Tendai Moyo' },
  publisher: { '@type': 'Organization', name: 'Harare Sport' },
};

it.each([
  ['an object', NEWS],
  ['an array', [{ '@type': 'WebSite', name: 'x' }, NEWS]],
  ['a graph', { '@context': 'https://schema.org', '@graph': [{ '@type': 'BreadcrumbList' }, NEWS] }],
  ['the main entity of a page', { '@type': 'WebPage', mainEntity: NEWS }],
  ['an article of two types', { ...NEWS, '@type': ['Report', 'NewsArticle'] }],
  ['names as plain texts', { ...NEWS, author: 'Tendai Moyo', publisher: 'Harare Sport' }],
  [
    'broken fields beside good ones',
    { ...NEWS, headline: 7, image: { url: null }, author: [{ name: 'Tendai Moyo' }, {}, null] },
  ],
  ['a comma before a bracket', JSON.stringify(NEWS).replace(/}$/, ',}')],
  ['a raw line break in a text', JSON.stringify({ ...NEWS, description: 'AB' }).replace('AB', 'A\n\tB')],
  ['a comment around it', `<!-- ${JSON.stringify(NEWS)} -->`],
])('reads structured data: %s', (_, json) => {
  expect(read(ld(json))).toMatchObject({
    title: 'Raza sees them home',
    author: 'Tendai Moyo',
    publishedAt: '2024-02-03T17:05:00.000+02:00',
    publisher: 'Harare Sport',
    language: 'en',
  });
});

it('reads the next script when one is no JSON at all', () => {
  expect(read(ld('{"@type": "NewsArticle", "headline": "oops') + ld(NEWS)).author).toBe('Tendai Moyo');
});

it('decodes entities and drops tags in names', () => {
  const data = {
    ...NEWS,
    author: { name: 'Nyasha O&#39;Neill' },
    publisher: { name: '<b>Harare &amp; Sport</b>' },
  };

  expect(read(ld(data))).toMatchObject({ author: "Nyasha O'Neill", publisher: 'Harare & Sport' });
});

it.each([
  [
    'h1 over what search engines see',
    '<title>Best finish of 2024? Raza sees them home in Harare</title>',
    '<h1>Raza sees them home</h1>',
    'Raza sees them home',
  ],
  [
    'the h1 that others confirm',
    '<meta property="og:title" content="Raza sees them home | Harare Sport">',
    '<h1>Harare Sport live cricket</h1><h1>Raza sees them home</h1>',
    'Raza sees them home',
  ],
  [
    'no h1 that is the name of the site',
    '<title>Raza sees them home</title><meta property="og:site_name" content="Harare Sport">',
    '<h1>HARARE SPORT</h1>',
    'Raza sees them home',
  ],
  [
    'og:title without a name after a bar',
    '<meta property="og:title" content="Raza sees them home | Harare Sport">',
    '',
    'Raza sees them home',
  ],
  [
    'a title without the site that og:site_name names',
    '<title>Raza sees them home - The Harare Sport</title><meta property="og:site_name" content="Harare Sport">',
    '',
    'Raza sees them home',
  ],
  [
    'a title without the site of the address',
    '<title>Raza sees them home – Harare Sport</title>',
    '',
    'Raza sees them home',
  ],
  [
    'a title without a section and a site',
    '<title>Raza sees them home | Cricket | Harare Sport</title>',
    '',
    'Raza sees them home',
  ],
  [
    'a title without the site before it',
    '<title>Harare Sport: Raza sees them home</title>',
    '',
    'Raza sees them home',
  ],
  [
    'a dash and a colon that belong to the headline',
    '<title>Zimbabwe 2-1: Raza - again</title>',
    '',
    'Zimbabwe 2-1: Raza - again',
  ],
  [
    'the h1 that says what another title says, not the blog’s name',
    '<title>The Slip Cordon: Raza sees them home</title><meta property="og:title" content="Raza sees them home">',
    '<h1>The Slip Cordon</h1><h3>Raza sees them home</h3>',
    'Raza sees them home',
  ],
  [
    'the h1 that is most like a title',
    '<title>Raza sees them home – The Home Ground News</title>',
    '<h1>The Home of Raza</h1><h1>Raza sees them home</h1>',
    'Raza sees them home',
  ],
  [
    'an h1 without the day that stands in it',
    '<title>Raza sees them home</title>',
    '<h1><time>3 February 2024</time> Raza sees them home</h1>',
    'Raza sees them home',
  ],
  [
    'an h1 with a day that is part of the headline',
    '<title>Raza sees them home</title>',
    '<h1>Raza sees them home again</h1>',
    'Raza sees them home again',
  ],
  [
    'a title without the two names before it',
    '<title>Harare Sport | harare-sport.com: Raza sees them home</title>',
    '',
    'Raza sees them home',
  ],
  [
    'a headline whose letters were lost and are found again',
    '<title>Raza</title>',
    '<h1>Zimbabwe\u00e2\u20ac\u2122s Raza sees them home</h1>',
    'Zimbabwe’s Raza sees them home',
  ],
  [
    'an h1 of several elements',
    '',
    '<h1><span>Raza sees</span><br><em>them home</em></h1>',
    'Raza sees them home',
  ],
])('takes as title %s', (_, head, body, title) => {
  expect(read(head, body).title).toBe(title);
});

it.each([
  [
    'article:published_time',
    '<meta property="article:published_time" content="2024-02-03T15:05:00Z">',
    '2024-02-03T15:05:00.000Z',
  ],
  [
    'parsely-pub-date',
    '<meta name="parsely-pub-date" content="2024-02-03T15:05:00Z">',
    '2024-02-03T15:05:00.000Z',
  ],
  ['Dublin Core', '<meta name="DC.date.issued" content="2024-02-03">', '2024-02-03T00:00:00.000Z'],
  ['itemprop', '<meta itemprop="datePublished" content="2024-02-03">', '2024-02-03T00:00:00.000Z'],
  [
    'an American date in a meta tag',
    '<meta name="date" content="February 3, 2024">',
    '2024-02-03T00:00:00.000Z',
  ],
])('reads the date from %s', (_, head, date) => {
  expect(read(head).publishedAt).toBe(date);
});

it.each([
  ['a time element', '<h1>Raza sees them home</h1><time datetime="2024-02-03T15:05Z">Saturday</time>'],
  [
    'the time after the headline',
    '<time datetime="2020-01-01">x</time><h1>Raza sees them home</h1><time datetime="2024-02-03T15:05Z">y</time>',
  ],
  [
    'the time marked as published',
    '<h1>Raza</h1><time datetime="2025-01-01">new</time><time class="entry-date" datetime="2024-02-03T15:05Z">y</time>',
  ],
  [
    'a printed date beside the headline',
    '<h1>Raza sees them home</h1><p>By Tendai Moyo</p><p>Published 3rd Feb. 2024, 17:05</p>',
  ],
  ['a printed date before it', '<p>Feb 3, 2024</p><h1>Raza sees them home</h1>'],
])('reads the date from %s', (_, body) => {
  expect(read('', body).publishedAt).toMatch(/^2024-02-03T/);
});

it('reads the date from the address when nothing else gives one, and only then', () => {
  const url = 'https://harare-sport.example/2024/02/03/raza';

  expect(read('', '', url).publishedAt).toBe('2024-02-03T00:00:00.000Z');
  expect(read(ld(NEWS), '', 'https://harare-sport.example/2019/02/03/raza').publishedAt).toMatch(/^2024/);
  expect(read('', '', 'https://harare-sport.example/2024/13/99/raza').publishedAt).toBeUndefined();
});

it('keeps the zone that the page gives, so that the day is the publisher’s', () => {
  const late = ld({ ...NEWS, datePublished: '2024-02-03T22:52:11-05:00' });

  expect(read(late).publishedAt).toBe('2024-02-03T22:52:11.000-05:00');
});

it.each([
  ['en-GB', 'harare-sport.com', '3/4/2024', '2024-04-03'],
  ['en-US', 'harare-sport.com', '3/4/2024', '2024-03-04'],
  ['en', 'harare-sport.com', '3/4/2024', '2024-03-04'],
  ['en', 'harare-sport.co.zw', '3/4/2024', '2024-04-03'],
  ['hi', 'harare-sport.com', '3-4-2024', '2024-04-03'],
  ['en-US', 'harare-sport.com', '23.4.2024', '2024-04-23'],
  ['en-GB', 'harare-sport.com', '4/23/2024', '2024-04-23'],
])('reads numbers as the page’s country does: %s, %s, %s', (language, host, printed, day) => {
  const page = `<html lang="${language}"><body><h1>Raza sees them home</h1><p>Moyo, ${printed}</p></body></html>`;

  expect(readPage(page, `https://${host}/raza`).publishedAt?.slice(0, 10)).toBe(day);
});

it('takes no score and no version for a day', () => {
  expect(
    read('', '<h1>Raza sees them home</h1><p>3/4/20241 and 1.3/4/2024 and 12/10</p>').publishedAt,
  ).toBeUndefined();
});

it('looks for the day beside the headline that is the title, not beside the site’s name', () => {
  const many = '<p>Some words of a menu</p>'.repeat(20);
  const body = `<h1>Harare Sport</h1><p>9 March 2026</p>${many}<h1>Raza sees them home</h1><p>3 February 2024</p>`;

  expect(read('<title>Raza sees them home</title>', body).publishedAt).toBe('2024-02-03T00:00:00.000Z');
});

it.each([
  ['structured data', ld({ ...NEWS, datePublished: undefined, dateModified: '2024-02-04' })],
  ['a meta tag', '<meta property="article:modified_time" content="2024-02-04T00:00:00Z">'],
])('is content with the day of the last change when %s gives only that', (_, head) => {
  expect(read(head).publishedAt).toBe('2024-02-04T00:00:00.000Z');
  expect(read(`${head}<meta name="pubdate" content="2024-02-03">`).publishedAt).toMatch(/^2024-02-03/);
});

it('lets a date that is none pass to the next source', () => {
  const head = `${ld({ ...NEWS, datePublished: 'yesterday' })}<meta name="pubdate" content="2024-02-03">`;

  expect(read(head).publishedAt).toBe('2024-02-03T00:00:00.000Z');
});

it.each([
  ['a meta tag', '<meta name="author" content="By Tendai Moyo">', ''],
  [
    'the second meta tag when the first is an address',
    '<meta property="article:author" content="https://x.example/tm"><meta name="sailthru.author" content="Tendai Moyo">',
    '',
  ],
  ['a link to the author', '', '<a rel="author" href="/tm">Tendai Moyo</a>'],
  ['an element marked with itemprop', '', '<span itemprop="author"><b>Tendai</b> Moyo</span>'],
  ['a byline by class', '', '<p class="byline">By <a href="/tm">Tendai Moyo</a></p>'],
])('reads the author from %s', (_, head, after) => {
  expect(read(head, `<h1>Raza sees them home</h1>${after}`).author).toBe('Tendai Moyo');
});

it.each([
  ['a byline that holds the day, too', '', '<p>By Tendai Moyo February 3, 2024</p>'],
  ['a byline that holds a task, too', '', '<p>By Tendai Moyo ⋅ Editor ⋅ Updated</p>'],
  ['a line after a bare "By"', '', '<p>By</p><p>Tendai Moyo</p>'],
  [
    'the element after one that holds only "Written by"',
    '',
    '<p class="author">Written by</p><p class="author">Tendai Moyo</p>',
  ],
  ['an element that holds the day, too', '', '<p class="author">Tendai Moyo 3/2/2024</p>'],
  [
    'the byline when the data name the publisher',
    ld({ ...NEWS, author: 'Harare Sport' }),
    '<p>By Tendai Moyo</p>',
  ],
])('finds the author in %s', (_, head, after) => {
  expect(read(head, `<h1>Raza sees them home</h1>${after}`).author).toBe('Tendai Moyo');
});

it('names the publisher when nobody else is named', () => {
  const data = ld({ ...NEWS, author: 'Harare Sport' });

  expect(read(data, '<h1>Raza sees them home</h1><p class="author">12 more posts</p>').author).toBe(
    'Harare Sport',
  );
});

it('gives no author rather than a sentence, an address or a number', () => {
  const head =
    '<meta name="author" content="https://facebook.example/moyo"><meta name="dc.creator" content="123456">';

  expect(
    read(head, '<h1>Raza sees them home</h1><p>By the time it rained, it was over.</p>').author,
  ).toBeUndefined();
});

it('resolves the canonical address, and falls back to og:url', () => {
  expect(read('<link rel="canonical" href="/raza-2">').canonicalUrl).toBe(
    'https://www.harare-sport.example/raza-2',
  );
  expect(read('<meta property="og:url" content="https://a.example/r">').canonicalUrl).toBe(
    'https://a.example/r',
  );
});
