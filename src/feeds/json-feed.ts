// JSON Feed (jsonfeed.org, version 1.1), read leniently: fields of a wrong type count as absent.
import { z } from 'zod';
import type { FeedDocument } from '../domain.js';
import { BotError } from '../errors.js';
import { parseFeedDate } from './feed-dates.js';
import { standInTitle } from './feed-entry.js';
import { resolveUrl } from './feed-node.js';
import { htmlToText, oneLine, tidy } from './html-text.js';

const line = z.string().optional().catch(undefined);
const person = z.object({ name: line }).optional().catch(undefined);
const itemSchema = z.object({
  id: z.union([z.string(), z.number()]).optional().catch(undefined),
  url: line,
  external_url: line,
  title: line,
  content_html: line,
  content_text: line,
  summary: line,
  date_published: line,
  date_modified: line,
  author: person,
  authors: z.array(person).optional().catch(undefined),
});
const feedSchema = z.object({
  version: z.string().regex(/jsonfeed/),
  title: line,
  home_page_url: line,
  author: person,
  authors: z.array(person).optional().catch(undefined),
  items: z.array(itemSchema.catch({})).default([]),
});

/** Error: `not_a_feed`. */
export function parseJsonFeed(
  json: string,
  { baseUrl, mostEntries }: { baseUrl?: string | undefined; mostEntries: number },
): FeedDocument {
  const feed = feedSchema.safeParse(parseOrNothing(json));
  if (!feed.success) {
    throw new BotError('not_a_feed', 'this is JSON, but no JSON Feed');
  }
  const { home_page_url: home, items, title = '' } = feed.data;
  const link = resolveUrl(home, baseUrl) ?? baseUrl;
  const feedAuthor = (feed.data.authors ?? [feed.data.author])
    .flatMap((author) => author?.name ?? [])
    .join(', ');
  return {
    title: oneLine(tidy(title)) || (link ?? ''),
    ...(link ? { link } : {}),
    entries: items.slice(0, mostEntries).map((item) => {
      const url = resolveUrl(item.url ?? item.external_url, baseUrl);
      const names = (item.authors ?? [item.author]).flatMap((author) => author?.name ?? []);
      const author = oneLine(names.join(', ') || feedAuthor);
      const publishedAt = parseFeedDate(item.date_published) ?? parseFeedDate(item.date_modified);
      const text = item.content_html
        ? htmlToText(item.content_html)
        : tidy(item.content_text ?? item.summary ?? '');
      return {
        title: oneLine(tidy(item.title ?? '')) || standInTitle({ text, url }),
        text,
        ...(item.id === undefined ? {} : { guid: String(item.id) }),
        ...(url ? { url } : {}),
        ...(author ? { author } : {}),
        ...(publishedAt ? { publishedAt } : {}),
      };
    }),
    beyondLimit: Math.max(0, items.length - mostEntries) || undefined,
  };
}

function parseOrNothing(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
