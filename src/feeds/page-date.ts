// When the page was published, from the best source that gives a readable date: structured data, meta tags,
// marked elements, a date printed beside the headline, the address, and last when the page was changed.
import { parseFeedDate } from './feed-dates.js';
import { numericDate, printedDate } from './printed-date.js';

const PUBLISHED = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'og:article:published_time',
  'parsely-pub-date',
  'sailthru.date',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'dc.date',
  'dcterms.date',
  'citation_publication_date',
  'citation_online_date',
  'citation_date',
  'datepublished',
  'publish-date',
  'publish_date',
  'publishdate',
  'published-date',
  'published_date',
  'publication-date',
  'publication_date',
  'publisheddate',
  'published',
  'pubdate',
  'date',
  'datecreated',
];
/** For a page that says nothing else: better than the time at which we found it. */
const CHANGED = ['article:modified_time', 'og:updated_time', 'datemodified', 'last-modified'];
const ADDRESS = /\/(20\d\d)[/-](\d\d?)[/-](\d\d?)(?=\D|$)/;
const OFFSET = /\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?\s*([+-])(\d\d):?(\d\d)$/;

export interface DateSources {
  structured?: string | undefined;
  structuredChange?: string | undefined;
  metas: Map<string, string>;
  /** Of elements, best first. */
  times: string[];
  /** Lines around the headline. */
  nearby: string[];
  url: string;
  /** How the page's country reads 3/4/2025. */
  isMonthFirst: boolean;
}

/** ISO 8601 in the page's own zone, so that the day is the publisher's; absent when the page gives no date. */
export function pickDate(sources: DateSources): string | undefined {
  const { isMonthFirst, metas, nearby, structured, structuredChange, times, url } = sources;
  const read = (text: string | undefined) =>
    numericDate(text ?? '', isMonthFirst) ?? writtenDate(text) ?? printedDate(text ?? '');
  const of = (names: string[]) => names.map((name) => metas.get(name));
  const first = (texts: (string | undefined)[]) => texts.map(read).find(Boolean);
  return (
    first([structured, ...of(PUBLISHED), ...times]) ??
    nearby.map((line) => printedDate(line) ?? numericDate(line, isMonthFirst)).find(Boolean) ??
    addressDate(url) ??
    first([structuredChange, ...of(CHANGED)])
  );
}

/** A date that machines read. */
function writtenDate(text: string | undefined): string | undefined {
  const time = parseFeedDate(text);
  const [, sign, hours, minutes] = OFFSET.exec(text?.trim() ?? '') ?? [];
  if (!time || !sign) {
    return time;
  }
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(Date.parse(time) + offsetMs).toISOString().replace('Z', `${sign}${hours}:${minutes}`);
}

function addressDate(url: string): string | undefined {
  const [, year, month, day] = ADDRESS.exec(url) ?? [];
  return year ? printedDate(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`) : undefined;
}
