// Hand-made feeds and pages.

export interface ItemParts {
  title: string;
  link: string;
  description?: string;
  pubDate?: string;
}

export function rssOf(items: ItemParts[], { title = 'Example Cricket', extra = '' } = {}): string {
  const lines = items.map(
    (item) =>
      `<item><title>${item.title}</title><link>${item.link}</link>` +
      `<description>${item.description ?? ''}</description>` +
      `<pubDate>${item.pubDate ?? 'Tue, 19 Dec 2023 10:00:00 GMT'}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title>${extra}${lines.join('\n')}</channel></rss>`;
}

/** A page with an article of some 120 words; `lead` is its first sentence. */
export function articlePage(headline: string, lead: string, head = ''): string {
  const more =
    'The captain said afterwards that the bowlers had kept to their plan and that the pitch grew slower every hour. '.repeat(
      5,
    );
  return (
    `<!doctype html><html><head><title>${headline}</title>${head}</head><body><nav><a href="/">Home</a></nav>` +
    `<article><h1>${headline}</h1><p>${lead}</p><p>${more}</p><p>${more}</p></article></body></html>`
  );
}
