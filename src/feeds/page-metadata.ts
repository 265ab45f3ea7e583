// What a page says of itself, judged: title, author, date, address, publisher and language.
import { resolveUrl } from './feed-node.js';
import { oneLine, tidy } from './html-text.js';
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
  /** As the page declares it: a tag. */
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
  const others = [data.headline, meta('og:title'), meta('twitter:title'), head.title];
  const title = pickTitle(
    readHeadlines(page),
    others.filter((other) => other !== undefined),
    sites,
  );
  const nearby = linesNearHeadline(page, title);
  return {
    title: oneLine(title),
    author: pickAuthor({ structured: data.author, metas, marked: head.authors, nearby, publisher }),
    publishedAt: pickDate({
      structured: data.datePublished,
      structuredChange: data.dateModified,
      metas,
      times: head.times,
      nearby,
      url,
      isMonthFirst: isMonthFirst(head.language ?? meta('og:locale'), url),
    }),
    canonicalUrl: resolveUrl(canonical ?? meta('og:url'), url || undefined),
    publisher: publisher ? oneLine(tidy(publisher)) : undefined,
    language: head.language || data.inLanguage || meta('og:locale', 'content-language', 'language'),
  };
}

/** "www.example.co.uk" goes by the name "example". */
function siteOf(url: string): string | undefined {
  return URL.canParse(url)
    ? new URL(url).hostname.replace(/^www\./, '').replace(/(\.com?)?\.\w+$/, '')
    : undefined;
}

/** Only Americans print the month first: by the country of the language, else of the address. */
function isMonthFirst(language: string | undefined, url: string): boolean {
  const [, name = 'en', country] = /^([a-z]{2,3})(?:[-_]([a-z]{2}))?/i.exec(language ?? '') ?? [];
  const place = country ?? (URL.canParse(url) ? /\.([a-z]{2})$/.exec(new URL(url).hostname)?.[1] : undefined);
  return /^en$/i.test(name) && /^(us)?$/i.test(place ?? '');
}

function linesNearHeadline(page: Box, title: string): string[] {
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
  const isTitle = ({ text }: { text: string }) => text.toLowerCase() === title.toLowerCase();
  const inHeadline = lines.findIndex((line) => line.isHeadline && isTitle(line));
  const firstHeadline = lines.findIndex((line) => line.isHeadline);
  const at = [inHeadline, lines.findIndex(isTitle), firstHeadline].find((index) => index !== -1);
  const near =
    at === undefined
      ? lines.slice(0, AFTER)
      : [...lines.slice(at, at + AFTER), ...lines.slice(Math.max(0, at - BEFORE), at).reverse()];
  return near.map((line) => line.text).filter((text) => text !== title && text.length <= LONGEST_NEARBY);
}
