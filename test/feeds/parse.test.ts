import { describe, expect, it } from 'vitest';
import { parseFeed } from '#src/feeds/parse.js';

const parse = (text: string, options: { contentType?: string; baseUrl?: string } = {}) =>
  parseFeed(Buffer.from(text), options);
const item = (inside: string, outside = '') =>
  `<rss version="2.0"><channel><title>News</title><link>https://example.org/</link>${outside}<item>${inside}</item></channel></rss>`;
const entryOf = async (text: string, options = {}) => (await parse(text, options)).entries[0];

describe('the formats', () => {
  const expected = {
    title: 'Stumps & bails',
    url: 'https://example.org/a',
    author: 'Jo Root',
    publishedAt: '2023-12-19T10:00:00.000Z',
    text: 'Rain at Lord’s.',
  };

  it.each([
    [
      'RSS 2.0',
      item(
        '<title>Stumps &amp; bails</title><link>https://example.org/a</link><dc:creator>Jo Root</dc:creator><pubDate>Tue, 19 Dec 2023 10:00:00 GMT</pubDate><description>&lt;p&gt;Rain at Lord’s.&lt;/p&gt;</description>',
      ),
    ],
    [
      'RSS 1.0 (RDF)',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
       <channel rdf:about="https://example.org/rss"><title>News</title><link>https://example.org/</link></channel>
       <item rdf:about="https://example.org/a"><title>Stumps &amp; bails</title><link>https://example.org/a</link><dc:creator>Jo Root</dc:creator><dc:date>2023-12-19T10:00:00Z</dc:date><description>Rain at Lord’s.</description></item></rdf:RDF>`,
    ],
    [
      'Atom 1.0',
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><link href="https://example.org/"/><entry><title>Stumps &amp; bails</title>
       <link rel="self" href="https://example.org/a.atom"/><link href="https://example.org/a"/><author><name>Jo Root</name><email>jo@example.org</email></author>
       <published>2023-12-19T10:00:00Z</published><updated>2023-12-20T10:00:00Z</updated>
       <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rain at Lord’s.</p></div></content></entry></feed>`,
    ],
    [
      'Atom 0.3',
      `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>News</title><link rel="alternate" type="text/html" href="https://example.org/"/><entry><title>Stumps &amp; bails</title>
       <link rel="alternate" type="text/html" href="https://example.org/a"/><author><name>Jo Root</name></author><issued>2023-12-19T10:00:00Z</issued>
       <content type="text/html" mode="base64">${Buffer.from('<p>Rain at Lord’s.</p>').toString('base64')}</content></entry></feed>`,
    ],
    [
      'Atom under prefixes of its own choice',
      `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>News</a:title><a:link href="https://example.org/"/><x:entry xmlns:x="http://www.w3.org/2005/Atom"><x:title>Stumps &amp; bails</x:title>
       <x:link href="https://example.org/a"/><x:author><x:name>Jo Root</x:name></x:author><x:published>2023-12-19T10:00:00Z</x:published><x:summary>Rain at Lord’s.</x:summary></x:entry></a:feed>`,
    ],
    [
      'JSON Feed',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'News',
        home_page_url: 'https://example.org/',
        items: [
          {
            id: 1,
            url: 'https://example.org/a',
            title: 'Stumps & bails',
            authors: [{ name: 'Jo Root' }],
            date_published: '2023-12-19T10:00:00Z',
            content_html: '<p>Rain at Lord’s.</p>',
          },
        ],
      }),
    ],
  ])('reads %s', async (_, text) => {
    const feed = await parse(text);

    expect(feed).toMatchObject({ title: 'News', link: 'https://example.org/' });
    expect(feed.entries).toEqual([expect.objectContaining(expected)]);
  });
});

describe('broken XML', () => {
  it.each([
    ['bare ampersands', item('<title>Root & Stokes</title>')],
    ['HTML entities', item('<title>Root&nbsp;&amp;&#32;Stokes</title>')],
    ['control characters', item('<title>Root\u0007 &amp; \u0000Stokes</title>')],
    [
      'junk before the declaration',
      `\n<br />Warning: line 3\n<?xml version="1.0"?>${item('<title>Root &amp; Stokes</title>')}`,
    ],
    [
      'junk after the end',
      `${item('<title>Root &amp; Stokes</title>')}<script>track()</script>\n-- cached --`,
    ],
    ['elements that never end', item('<title>Root &amp; Stokes').replaceAll('</item>', '')],
    ['a stray end tag', item('</guid><title>Root &amp; Stokes</title></content>')],
    ['attributes without quotes', item('<title type=text>Root &amp; Stokes</title>')],
    [
      'an item outside the channel',
      '<rss><channel></channel><item><title>Root &amp; Stokes</title></item></rss>',
    ],
    ['an item without a channel', '<rss><item><title>Root &amp; Stokes</title></item></rss>'],
    ['tags in capitals', '<RSS><CHANNEL><ITEM><TITLE>Root &amp; Stokes</TITLE></ITEM></CHANNEL></RSS>'],
    [
      'bytes of windows-1252 under UTF-8',
      item('<title>Root &amp;\u0092 Stokes</title>').replace('\u0092', ''),
    ],
  ])('is mended: %s', async (_, text) => {
    const entry = await entryOf(text);

    expect(entry?.title).toBe('Root & Stokes');
  });

  it('separates items whose ends were forgotten', async () => {
    const { entries } = await parse(
      '<rss><channel><item><title>One</title><item><title>Two</title></item></channel></rss>',
    );

    expect(entries.map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  it.each([
    ['the feed’s', '<title>News<link>https://example.org/</link><item><title>One</title>'],
    ['an entry’s', '<title>News</title><link>https://example.org/</link><item><title>One'],
  ])('ends a title that was never closed where the next element begins: %s', async (_, start) => {
    const feed = await parse(
      `<rss><channel>${start}<link>https://example.org/1</link><description>Rain.</description></item><item><title>Two</title><link>https://example.org/2</link></item></channel></rss>`,
    );

    expect(feed.title).toBe('News');
    expect(feed.entries).toEqual([
      { title: 'One', url: 'https://example.org/1', text: 'Rain.' },
      { title: 'Two', url: 'https://example.org/2', text: '' },
    ]);
  });

  it('cuts a title that is a text in the wrong place, and folds its lines', async () => {
    const entry = await entryOf(item(`<title>Rain &lt;br&gt; and ${'more '.repeat(100_000)}</title>`));

    expect(entry?.title).toMatch(/^Rain and more .{250,300} more…$/);
  });

  it.each([
    [
      'elements in elements without end',
      item(`<description><![CDATA[Rain.${'<div>'.repeat(500_000)}]]></description>`),
    ],
    [
      'ends of elements that never began',
      item(`<description><![CDATA[Rain.${'<b>'.repeat(100_000)}${'</i>'.repeat(100_000)}]]></description>`),
    ],
    [
      'prefixes without end',
      item('<description>Rain.</description>', '<item xmlns:z="z"/>'.repeat(1000)).replace(
        '<rss',
        `<rss ${Array.from({ length: 50_000 }, (_, i) => `xmlns:a${i}="${i}"`).join(' ')}`,
      ),
    ],
  ])('is read in a moment: %s', async (_, text) => {
    const started = performance.now();

    const { entries } = await parse(text);

    expect(entries.at(-1)?.text).toBe('Rain.');
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it('keeps the whole entries of a feed that was cut off, and no half address', async () => {
    const whole = item(
      '<title>One</title><link>https://example.org/one</link>',
      '<item><title>Zero</title><link>https://example.org/zero</link></item>',
    );

    const { entries } = await parse(whole.slice(0, whole.indexOf('ne</link>')));

    expect(entries).toEqual([
      { title: 'Zero', url: 'https://example.org/zero', text: '' },
      { title: 'One', text: '' },
    ]);
  });

  it('takes markup inside a text for text', async () => {
    const entry = await entryOf(
      item('<description><p>First.<br>Second.</p><item>Not an entry</item></description>'),
    );

    expect(entry?.text).toBe('First.\nSecond.\nNot an entry');
  });

  it('leaves entities that a document declares for itself alone', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${item('<title>&b; &xxe;</title>')}`;

    expect((await entryOf(bomb))?.title).toBe('&b; &xxe;');
  });
});

describe('links', () => {
  it.each([
    [
      'xml:base of the nearest element',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/x/"><entry xml:base="2023/"><title>t</title><link href="a"/></entry></feed>`,
      'https://example.org/x/2023/a',
    ],
    [
      'the site when the feed lives elsewhere',
      item('<title>t</title><link>/a</link>'),
      'https://example.org/a',
    ],
    [
      'the feed’s own address',
      '<rss><item><title>t</title><link>a</link></item></rss>',
      'https://feeds.example.net/cricket/a',
    ],
    [
      'a guid that is a permalink',
      item('<title>t</title><guid>https://example.org/g</guid>'),
      'https://example.org/g',
    ],
    [
      'no guid that says it is none',
      item('<title>t</title><guid isPermaLink="false">https://example.org/g</guid>'),
      undefined,
    ],
    [
      'the address behind FeedBurner',
      item(
        '<link>http://feedproxy.google.com/~3/x</link><feedburner:origLink>https://example.org/o</feedburner:origLink>',
      ),
      'https://example.org/o',
    ],
    [
      'an alternate link of Atom inside RSS',
      item('<a10:link xmlns:a10="http://www.w3.org/2005/Atom" rel="alternate" href="/b"/>'),
      'https://example.org/b',
    ],
    [
      'the enclosure when there is nothing else',
      item('<enclosure url=" "/><enclosure url="https://example.org/a.mp3"/>'),
      'https://example.org/a.mp3',
    ],
    ['nothing that is no web address', item('<title>t</title><link>javascript:alert(1)</link>'), undefined],
  ])('come from %s', async (_, text, url) => {
    const entry = await entryOf(text, { baseUrl: 'https://feeds.example.net/cricket/rss' });

    expect(entry?.url).toBe(url);
  });
});

describe('what is missing', () => {
  it('titles an entry by the beginning of its text, then by its address', async () => {
    const long = `${'word '.repeat(40)}`;

    const titles = await Promise.all(
      [
        `<description>Short.</description>`,
        `<description>${long}</description>`,
        '<link>https://example.org/a</link>',
      ].map(async (inside) => (await entryOf(item(inside)))?.title),
    );

    expect(titles).toEqual(['Short.', `${'word '.repeat(19)}word…`, 'https://example.org/a']);
  });

  it('takes the feed’s author for an entry’s, and never a mail address beside a name', async () => {
    const feed = (author: string) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><author><name>The desk</name></author><entry><title>t</title>${author}</entry></feed>`;

    expect((await entryOf(feed('')))?.author).toBe('The desk');
    expect(
      (await entryOf(feed('<author><name>A</name></author><author><name>B</name></author>')))?.author,
    ).toBe('A, B');
    expect((await entryOf(item('<author>jo@example.org (Jo Root)</author>')))?.author).toBe('Jo Root');
  });

  it('keeps an entry whose date is none', async () => {
    expect(await entryOf(item('<title>t</title><pubDate>last Tuesday, around noon</pubDate>'))).toEqual({
      title: 't',
      text: '',
    });
  });

  it('reads what a feed says about its rhythm', async () => {
    expect((await parse(item('', '<ttl>45</ttl>'))).ttlMinutes).toBe(45);
    expect(
      (
        await parse(
          item('', '<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>'),
        )
      ).ttlMinutes,
    ).toBe(360);
    expect((await parse(item(''))).ttlMinutes).toBeUndefined();
  });
});

describe('what is refused', () => {
  it.each([
    ['nothing', ' \n', 'not_a_feed', 'the feed is empty; check the address'],
    [
      'a web page',
      '<!doctype html><html><head><title>Cricket</title>',
      'not_a_feed',
      'a web page, not a feed',
    ],
    [
      'a deep web page',
      `<!doctype html><html>${'<br>'.repeat(5000)}`,
      'not_a_feed',
      'a web page, not a feed',
    ],
    ['other XML', '<sitemap/>', 'not_a_feed', 'no RSS, Atom, RDF or JSON feed'],
    ['other JSON', '{"items": []}', 'not_a_feed', 'no JSON Feed'],
    ['XML that breaks off before any entry', '<rss><channel><title>x</rss>', 'feed_broken', 'broken'],
    ['100,000 nested elements', `<rss>${'<a>'.repeat(100_000)}`, 'feed_too_deep', 'more than 256 deep'],
    ['a million elements', `<rss>${'<a/>'.repeat(1_000_000)}`, 'feed_too_big', 'more than 100000 elements'],
  ])('%s', async (_, text, code, words) => {
    const started = performance.now();

    await expect(parse(text)).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

it.each([
  [
    'RSS',
    `<rss version="2.0"><channel><title>Archive</title>${'<item><title>One of many</title></item>'.repeat(2003)}</channel></rss>`,
  ],
  [
    'JSON',
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Archive',
      items: Array.from({ length: 2003 }, () => ({ title: 'One of many' })),
    }),
  ],
])('reads the first 2,000 entries of a %s archive and counts the others', async (_, document) => {
  const feed = await parseFeed(Buffer.from(document), {});

  expect(feed.entries).toHaveLength(2000);
  expect(feed.beyondLimit).toBe(3);
});
