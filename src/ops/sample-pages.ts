// The sample news as HTML pages. They have around an article what real news pages have (header, menu, related
// links, footer), so that extraction has something to leave out.
import { articleUrl, escapeMarkup, renderBody, SITE_NOTE } from './sample-markup.js';
import type { SampleArticle, SamplePublisher } from './sample-news.js';

const STYLE = `body{font:17px/1.55 Georgia,serif;max-width:42rem;margin:0 auto;padding:0 1rem;color:#1c1c1c;background:#fff}
nav a{margin-right:1rem}table{border-collapse:collapse}td,th{padding:.2rem .9rem .2rem 0;text-align:left;border-bottom:1px solid #ddd}
header,footer,aside,.byline{font:14px/1.5 system-ui,sans-serif;color:#555}a{color:#0b5a3c}
@media(prefers-color-scheme:dark){body{background:#141414;color:#e6e6e6}header,footer,aside,.byline{color:#aaa}a{color:#7fd1ae}}`;

/** The page of one article. */
export function renderArticle(publisher: SamplePublisher, article: SampleArticle, site: string): string {
  const url = articleUrl(publisher, article, site);
  const others = publisher.articles.filter(({ slug }) => slug !== article.slug).slice(0, 4);
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: article.title,
    datePublished: article.publishedAt,
    ...(article.author ? { author: { '@type': 'Person', name: article.author } } : {}),
    publisher: { '@type': 'NewsMediaOrganization', name: publisher.title },
    mainEntityOfPage: url,
  };
  const head = `<link rel="canonical" href="${url}">
<meta property="og:site_name" content="${escapeMarkup(publisher.title)}">
<script type="application/ld+json">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;
  const by = article.author ? `By ${escapeMarkup(article.author)}, ` : '';
  return renderPage(
    { title: article.title, head, publisher, site },
    `<main><article>
<h1>${escapeMarkup(article.title)}</h1>
<p class="byline">${by}<time datetime="${article.publishedAt}">${longDate(article.publishedAt)}</time></p>
${renderBody(article)}
</article></main>
<aside><h2>More from ${escapeMarkup(publisher.title)}</h2>
${renderLinks(publisher, others, site)}</aside>`,
  );
}

/** The list of one publisher's articles, newest first. */
export function renderHome(publisher: SamplePublisher, site: string): string {
  const head = `<link rel="alternate" type="application/rss+xml" href="feed.xml">`;
  return renderPage(
    { title: publisher.title, head, publisher, site },
    `<main><h1>Latest</h1>\n${renderLinks(publisher, publisher.articles, site)}</main>`,
  );
}

/** The page that lists the publishers. */
export function renderFront(publishers: SamplePublisher[], site: string): string {
  const rows = publishers.map(
    ({ slug, title }) =>
      `<li><a href="${site}/${slug}/">${escapeMarkup(title)}</a> (<a href="${site}/${slug}/feed.xml">feed</a>)</li>`,
  );
  return renderPage(
    { title: 'Sample news', head: '', site },
    `<main><h1>Sample news</h1>\n<ul>\n${rows.join('\n')}\n</ul></main>`,
  );
}

/** The page for an address that leads nowhere. */
export function renderMissing(site: string): string {
  return renderPage(
    { title: 'Not found', head: '', site },
    '<main><h1>Not found</h1><p>No such page.</p></main>',
  );
}

function renderPage(
  page: { title: string; head: string; publisher?: SamplePublisher; site: string },
  body: string,
): string {
  const { head, publisher, site, title } = page;
  const home = publisher ? `<a href="${site}/${publisher.slug}/">${escapeMarkup(publisher.title)}</a>` : '';
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(title)}${publisher && publisher.title !== title ? ` | ${escapeMarkup(publisher.title)}` : ''}</title>
${head}
<style>${STYLE}</style>
</head>
<body>
<header><nav>${home}<a href="${site}/">All publishers</a></nav></header>
${body}
<footer><p>${escapeMarkup(SITE_NOTE)}</p></footer>
</body>
</html>
`;
}

function renderLinks(publisher: SamplePublisher, articles: SampleArticle[], site: string): string {
  const items = articles.map(
    (article) =>
      `<li><a href="${articleUrl(publisher, article, site)}">${escapeMarkup(article.title)}</a></li>`,
  );
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

function longDate(time: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(new Date(time))} GMT`;
}
