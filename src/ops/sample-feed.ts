// One publisher's sample news as RSS 2.0, whole or as summaries, as real publishers send it.
import { articleUrl, escapeMarkup, renderBody, SITE_NOTE } from './sample-markup.js';
import type { SampleArticle, SamplePublisher } from './sample-news.js';

/** An RSS 2.0 document. `site` is the address of the site without a slash at its end. */
export function renderFeed(publisher: SamplePublisher, site: string): string {
  const home = `${site}/${publisher.slug}/`;
  const items = publisher.articles.map((article) => renderItem(publisher, article, site));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>${escapeMarkup(publisher.title)}</title>
<link>${home}</link>
<description>${escapeMarkup(SITE_NOTE)}</description>
<language>en-GB</language>
<lastBuildDate>${rfc822(publisher.articles[0]?.publishedAt)}</lastBuildDate>
<atom:link href="${home}feed.xml" rel="self" type="application/rss+xml"/>
${items.join('\n')}
</channel>
</rss>
`;
}

function renderItem(publisher: SamplePublisher, article: SampleArticle, site: string): string {
  const url = articleUrl(publisher, article, site);
  const author = article.author ? `\n<dc:creator>${escapeMarkup(article.author)}</dc:creator>` : '';
  // The body is markup inside XML text, so it is escaped once more.
  const content =
    publisher.feed === 'full'
      ? `\n<content:encoded>${escapeMarkup(renderBody(article))}</content:encoded>`
      : '';
  return `<item>
<title>${escapeMarkup(article.title)}</title>
<link>${url}</link>
<guid isPermaLink="true">${url}</guid>
<pubDate>${rfc822(article.publishedAt)}</pubDate>${author}
<description>${escapeMarkup(escapeMarkup(article.paragraphs[0] ?? ''))}</description>${content}
</item>`;
}

function rfc822(time: string | undefined): string {
  return time ? new Date(time).toUTCString() : '';
}
