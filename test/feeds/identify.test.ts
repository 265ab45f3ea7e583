import { expect, it } from 'vitest';
import {
  articleId,
  canonicalUrl,
  documentHash,
  entryFingerprint,
  withoutTracking,
} from '#src/feeds/identify.js';
import { SECRET } from '../fixtures/secrets.mjs';

it.each([
  ['HTTPS://Example.ORG/News', 'https://example.org/News'],
  ['https://example.org:443/a', 'https://example.org/a'],
  ['http://example.org:80/a/', 'http://example.org/a'],
  ['https://example.org/a#comments', 'https://example.org/a'],
  ['https://example.org/a?utm_source=rss&utm_medium=x', 'https://example.org/a'],
  ['https://example.org/a?id=7&ex_cid=story&fbclid=1&at_campaign=2&cmp=3', 'https://example.org/a?id=7'],
  ['https://example.org/a?b=2&a=1', 'https://example.org/a?a=1&b=2'],
  ['https://example.org/a/amp/', 'https://example.org/a'],
  ['https://example.org/a.amp.html', 'https://example.org/a.html'],
  ['https://amp.example.org/a', 'https://www.example.org/a'],
  ['https://example.org/a?amp', 'https://example.org/a'],
  ['https://example.org/a?usqp=mq331AQ&amp_js_v=0.1', 'https://example.org/a'],
  ['https://example-org.cdn.ampproject.org/c/s/example.org/a/amp/', 'https://example.org/a'],
  ['https://example-org.cdn.ampproject.org/v/example.org/a?amp=1', 'http://example.org/a'],
  ['https://www.google.com/amp/s/example.org/a', 'https://example.org/a'],
  ['https://www.google.com/amp/s/', 'https://www.google.com/amp/s'],
  ['https://example.org/a?srsltid=x&gbraid=y&mkt_tok=z&_hsenc=1&twclid=2', 'https://example.org/a'],
  ['https://example.org/', 'https://example.org/'],
  [`https://user:${SECRET}@example.org/a`, 'https://example.org/a'],
])('gives %s the identity %s', (address, canonical) => {
  expect(canonicalUrl(address)).toBe(canonical);
});

it.each(['', 'a', 'mailto:jo@example.org', 'javascript:alert(1)'])('gives "%s" none', (address) => {
  expect(canonicalUrl(address)).toBeUndefined();
});

it('keeps articles apart that differ in more than tracking', () => {
  const addresses = [
    'https://example.org/a',
    'https://example.org/b',
    'https://example.org/a?id=1',
    'https://example.org/camp',
  ];

  expect(new Set(addresses.map((address) => canonicalUrl(address))).size).toBe(addresses.length);
});

it.each([
  ['https://example.org/a?utm_source=rss', 'https://example.org/a'],
  ['https://example.org/a?id=7&ex_cid=story#top', 'https://example.org/a?id=7#top'],
  ['https://Example.org/a?q=one%20two&b=1&a=2', 'https://Example.org/a?q=one%20two&b=1&a=2'],
  ['https://example.org/a?cid=7&share=8&story=9', 'https://example.org/a?cid=7&share=8&story=9'],
])('shows %s as %s', (address, shown) => {
  expect(withoutTracking(address)).toBe(shown);
});

it('derives an id of 16 hex digits from the identity alone', () => {
  expect(articleId('https://example.org/a')).toMatch(/^[0-9a-f]{16}$/);
  expect(articleId('https://example.org/a')).toBe(articleId('https://example.org/a'));
});

it.each([
  ['title', { title: 'Other' }],
  ['text', { text: 'Other' }],
  ['address', { url: 'https://example.org/other' }],
  ['time', { publishedAt: '2023-12-20T00:00:00.000Z' }],
])('sees that an entry’s %s has changed', (_, change) => {
  const entry = {
    title: 'T',
    text: 'X',
    url: 'https://example.org/a',
    publishedAt: '2023-12-19T00:00:00.000Z',
  };
  const feed = (one: typeof entry) => ({ title: 'News', entries: [one] });

  expect(entryFingerprint({ ...entry, ...change })).not.toBe(entryFingerprint(entry));
  expect(documentHash(feed({ ...entry, ...change }))).not.toBe(documentHash(feed(entry)));
});
