// JSON Feed (jsonfeed.org, version 1.1), read leniently: fields of a wrong type count as absent.
import { z } from 'zod';
import type { FeedDocument } from '../domain.js';
import { BotError } from '../errors.js';
import { parseFeedDate } from './feed-dates.js';
import { resolveUrl } from './feed-node.js';
import { htmlToText, tidy } from './html-text.js';

const text = z.string().optional().catch(undefined);
const person = z.object({ name: text }).optional().catch(undefined);
const itemSchema = z.object({
  id: z.union([z.string(), z.number()]).optional().catch(undefined),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  author: person,
  authors: z.array(person).optional().catch(undefined),
});
const feedSchema = z.object({
  version: z.string().regex(/jsonfeed/),
  title: text,
  home_page_url: text,
  items: z.array(itemSchema.catch({})).default([]),
});

/** Error: `not_a_feed`. */
export function parseJsonFeed(json: string, { baseUrl }: { baseUrl?: string | undefined }): FeedDocument {
  const feed = feedSchema.safeParse(parseOrNothing(json));
  if (!feed.success) {
    throw new BotError('not_a_feed', 'this is JSON, but no JSON Feed');
  }
  const { home_page_url: home, items, title = '' } = feed.data;
  const link = resolveUrl(home, baseUrl);
  return {
    title: tidy(title),
    ...(link ? { link } : {}),
    entries: items.slice(0, 2000).map((item) => {
      const url = resolveUrl(item.url ?? item.external_url, baseUrl);
      const author = (item.authors?.[0] ?? item.author)?.name;
      const publishedAt = parseFeedDate(item.date_published) ?? parseFeedDate(item.date_modified);
      return {
        title: tidy(item.title ?? ''),
        text: item.content_html
          ? htmlToText(item.content_html)
          : tidy(item.content_text ?? item.summary ?? ''),
        ...(item.id === undefined ? {} : { guid: String(item.id) }),
        ...(url ? { url } : {}),
        ...(author ? { author } : {}),
        ...(publishedAt ? { publishedAt } : {}),
      };
    }),
  };
}

function parseOrNothing(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
