import { expect, it } from 'vitest';
import type { Feed } from '#src/domain.js';
import { parseOpml, renderOpml } from '#src/feeds/opml.js';
import { SECRET } from '../fixtures/secrets.mjs';

const FEEDS: Feed[] = [
  { url: 'https://example.org/feed?a=1&b=2', pages: 'follow', publisher: 'Bat & "Ball"' },
  {
    url: 'https://example.net/rss',
    pages: 'feed-only',
    publisher: 'Example',
    skipPaths: ['/video/', '/live/'],
  },
  { url: 'https://example.com/rss', pages: 'follow' },
];

it('comes back as it went', () => {
  expect(parseOpml(Buffer.from(renderOpml(FEEDS)))).toEqual(
    FEEDS.map((feed) => ({ ...feed, saysPages: true })),
  );
});

it('reads the lists of other readers: folders, other spellings, the same feed twice', () => {
  const text = `<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>
    <outline text="Cricket"><outline text="One" type="rss" xmlUrl="https://example.org/1" htmlUrl="https://example.org/"/>
    <outline title="Two & more" text="ignored" xmlurl=" https://example.org/2 "/></outline>
    <outline text="One again" xmlUrl="https://example.org/1"/><outline text="No feed"/>
    <outline text="Odd" xmlUrl="javascript:alert(1)"/></body></opml>`;

  expect(parseOpml(Buffer.from(text))).toEqual([
    { url: 'https://example.org/1', pages: 'follow', saysPages: false, publisher: 'One' },
    { url: 'https://example.org/2', pages: 'follow', saysPages: false, publisher: 'Two & more' },
  ]);
});

it('refuses what is no list', () => {
  expect(() => parseOpml(Buffer.from('<rss/>'))).toThrow('this is no OPML file');
});

it('takes 5,000 feeds at most', () => {
  const many = Array.from({ length: 6000 }, (_, i) => `<outline xmlUrl="https://example.org/${i}"/>`).join(
    '',
  );

  expect(parseOpml(Buffer.from(`<opml><body>${many}`))).toHaveLength(5000);
});

it('refuses folders in folders without end, without reading on', () => {
  const started = performance.now();

  expect(() => parseOpml(Buffer.from(`<opml><body>${'<outline>'.repeat(500_000)}`))).toThrow('256 folders');

  expect(performance.now() - started).toBeLessThan(2000);
});

it('leaves out addresses with a password, and folds names and addresses that differ in form alone', () => {
  const text = `<opml><body><outline xmlUrl="https://me:${SECRET}@example.org/1"/>
    <outline text="One&#10;two" xmlUrl="https://example.org/2"/><outline xmlUrl="HTTPS://example.org/2#top"/></body></opml>`;

  expect(parseOpml(Buffer.from(text))).toEqual([
    { url: 'https://example.org/2', pages: 'follow', saysPages: false, publisher: 'One two' },
  ]);
});
