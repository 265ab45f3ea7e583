// What a page says of itself: JSON-LD first, then meta tags, then what can be seen.
import { z } from 'zod';
import { parseFeedDate } from './feed-dates.js';
import { resolveUrl } from './feed-node.js';
import { htmlToText, tidy } from './html-text.js';

export interface PageMetadata {
  title: string;
  author?: string | undefined;
  publishedAt?: string | undefined;
  canonicalUrl?: string | undefined;
  publisher?: string | undefined;
  language?: string | undefined;
}

export function readMetadata(document: Document, url: string): PageMetadata {
  const data = structuredData(document);
  const meta = (...names: string[]) => names.map((name) => metaContent(document, name)).find(Boolean);
  const publisher = data.publisher ?? meta('og:site_name', 'application-name');
  const title =
    data.headline ?? meta('og:title', 'twitter:title') ?? textAt(document, 'h1') ?? textAt(document, 'title');
  const published =
    data.datePublished ??
    meta(
      'article:published_time',
      'parsely-pub-date',
      'sailthru.date',
      'dc.date.issued',
      'dc.date',
      'date',
      'datepublished',
      'pubdate',
      'og:published_time',
    ) ??
    document.querySelector('time[datetime]')?.getAttribute('datetime') ??
    undefined;
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? meta('og:url');
  return {
    title: withoutSite(tidy(title ?? ''), publisher),
    author:
      data.author ?? meta('author', 'article:author', 'parsely-author', 'sailthru.author', 'dc.creator'),
    publishedAt: parseFeedDate(published),
    canonicalUrl: resolveUrl(canonical, url || undefined),
    publisher: publisher ? tidy(publisher) : undefined,
    language: document.documentElement?.getAttribute('lang')?.slice(0, 2).toLowerCase() || undefined,
  };
}

const name = z.union([z.string(), z.object({ name: z.string() }).transform((thing) => thing.name)]);
const names = z
  .union([name, z.array(name).transform((list) => list.join(', '))])
  .optional()
  .catch(undefined);
const articleSchema = z.object({
  '@type': z.union([z.string(), z.array(z.string()).transform((list) => list.join(' '))]).catch(''),
  headline: z.string().optional().catch(undefined),
  datePublished: z.string().optional().catch(undefined),
  author: names,
  publisher: names,
});
type ArticleData = Partial<Omit<z.output<typeof articleSchema>, '@type'>>;
const ARTICLE_TYPE = /article|posting|report|review/i;

function structuredData(document: Document): ArticleData {
  const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')];
  const things = blocks.flatMap((block) => flatten(parseJson(block.textContent ?? '')));
  for (const thing of things) {
    const parsed = articleSchema.safeParse(thing);
    if (parsed.success && ARTICLE_TYPE.test(parsed.data['@type'])) {
      const { author, datePublished, headline, publisher } = parsed.data;
      const clean = (text: string | undefined) =>
        text ? htmlToText(text).replace(/\n/g, ' ') || undefined : undefined;
      return { author: clean(author), datePublished, headline: clean(headline), publisher: clean(publisher) };
    }
  }
  return {};
}

function flatten(value: unknown, depth = 0): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap((inner) => flatten(inner, depth + 1));
  }
  const graph = (value as { '@graph'?: unknown } | null | undefined)?.['@graph'];
  return value === null || typeof value !== 'object' || depth > 4
    ? []
    : [value, ...(graph ? flatten(graph, depth + 1) : [])];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*<!--|-->\s*$/g, '').replace(/[\n\r\t]+/g, ' '));
  } catch {
    return undefined;
  }
}

function metaContent(document: Document, wanted: string): string | undefined {
  for (const attribute of ['property', 'name', 'itemprop']) {
    const content = document
      .querySelector(`meta[${attribute}="${wanted}" i]`)
      ?.getAttribute('content')
      ?.trim();
    if (content) {
      return content;
    }
  }
  return undefined;
}

function textAt(document: Document, selector: string): string | undefined {
  return tidy(document.querySelector(selector)?.textContent ?? '').replace(/\n/g, ' ') || undefined;
}

/** "Headline | Site" and "Headline - Site" are the headline. */
function withoutSite(title: string, site: string | undefined): string {
  const parts = title.split(/\s+[|–—·»-]\s+/);
  const last = parts.at(-1) ?? '';
  const isSite = site && last.toLowerCase() === site.toLowerCase();
  return parts.length > 1 && (isSite || / \| /.test(title)) && last.length < 40
    ? title.slice(0, title.lastIndexOf(last)).replace(/\s+[|–—·»-]\s+$/, '')
    : title;
}
