// What a page says of itself, judged: title, author, date, address, publisher and language.
import { resolveUrl } from './feed-node.js';
import { tidy } from './html-text.js';
import { pickAuthor } from './page-author.js';
import { type Box, isBox } from './page-boxes.js';
import { pickDate } from './page-date.js';
import type { PageHead } from './page-head.js';
import type { StructuredData } from './page-json-ld.js';
import { pickTitle, readHeadlines } from './page-title.js';

export interface PageMetadata {
  title: string;
  author?: string | undefined;
  publishedAt?: string | undefined;
  canonicalUrl?: string | undefined;
  publisher?: string | undefined;
  language?: string | undefined;
}

/** Lines before and after the headline in which a date and a byline are looked for, and their length. */
const BEFORE = 6;
const AFTER = 15;
const LONGEST_NEARBY = 120;

/** `page` = the whole page, furniture included: dates and bylines stand in it. */
export function readMetadata(head: PageHead, data: StructuredData, page: Box, url: string): PageMetadata {
  const { canonical, metas } = head;
  const meta = (...names: string[]) => names.map((name) => metas.get(name)).find(Boolean);
  const publisher =
    meta('og:site_name') ?? data.publisher ?? meta('application-name', 'citation_journal_title');
  const sites = [publisher, data.publisher, siteOf(url)].filter((site) => site !== undefined);
  const nearby = linesNearHeadline(page);
  const others = [data.headline, meta('og:title'), meta('twitter:title'), head.title];
  return {
    title: pickTitle(
      readHeadlines(page),
      others.filter((title) => title !== undefined),
      sites,
    ),
    author: pickAuthor({ structured: data.author, metas, marked: head.authors, nearby }),
    publishedAt: pickDate({ structured: data.datePublished, metas, times: head.times, nearby, url }),
    canonicalUrl: resolveUrl(canonical ?? meta('og:url'), url || undefined),
    publisher: publisher ? tidy(publisher) : undefined,
    language: /^[a-z]{2}/i.exec(head.language ?? meta('og:locale') ?? '')?.[0].toLowerCase(),
  };
}

/** "www.example.co.uk" goes by the name "example". */
function siteOf(url: string): string | undefined {
  return URL.canParse(url)
    ? new URL(url).hostname.replace(/^www\./, '').replace(/(\.com?)?\.\w+$/, '')
    : undefined;
}

function linesNearHeadline(page: Box): string[] {
  const lines: { text: string; isHeadline: boolean }[] = [];
  const visit = (box: Box, isHeadline: boolean) => {
    for (const part of box.parts) {
      if (isBox(part)) {
        visit(part, isHeadline || part.tag === 'h1');
      } else {
        lines.push({ text: part.text, isHeadline });
      }
    }
  };
  visit(page, false);
  const at = lines.findIndex((line) => line.isHeadline);
  const near =
    at === -1
      ? lines.slice(0, AFTER)
      : [...lines.slice(at + 1, at + AFTER), ...lines.slice(Math.max(0, at - BEFORE), at).reverse()];
  return near.map((line) => line.text).filter((text) => text.length <= LONGEST_NEARBY);
}
