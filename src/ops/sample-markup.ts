// What the sample feeds and the sample pages share: escaping, addresses and the body of an article. All text
// becomes markup through `escapeMarkup`.
import type { SampleArticle, SamplePublisher } from './sample-news.js';

export const SITE_NOTE =
  'Sample news of Third Umpire, served from this machine. The publishers are invented, the cricket is not.';

/** Text as it may stand in XML and HTML, between tags and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The address of an article's page. `site` has no slash at its end. */
export function articleUrl(publisher: SamplePublisher, article: SampleArticle, site: string): string {
  return `${site}/${publisher.slug}/${article.slug}`;
}

/** Paragraphs, list and table of an article as HTML. */
export function renderBody({ list, paragraphs, table }: SampleArticle): string {
  const texts = paragraphs.map((paragraph) => `<p>${escapeMarkup(paragraph)}</p>`);
  const items = list.map((item) => `<li>${escapeMarkup(item)}</li>`);
  const rows = table.map((cells, i) => {
    const tag = i === 0 ? 'th' : 'td';
    return `<tr>${cells.map((cell) => `<${tag}>${escapeMarkup(cell)}</${tag}>`).join('')}</tr>`;
  });
  return [
    ...texts,
    ...(items.length > 0 ? ['<ul>', ...items, '</ul>'] : []),
    ...(rows.length > 0 ? ['<table>', ...rows, '</table>'] : []),
  ].join('\n');
}
