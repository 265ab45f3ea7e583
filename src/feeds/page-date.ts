// When the page was published, from the best source that gives a readable date: structured data, meta tags,
// marked elements, a date printed beside the headline, and last the address.
import { parseFeedDate } from './feed-dates.js';

const META = [
  'article:published_time',
  'og:published_time',
  'parsely-pub-date',
  'sailthru.date',
  'dc.date.issued',
  'dcterms.created',
  'dc.date',
  'dcterms.date',
  'citation_publication_date',
  'citation_date',
  'datepublished',
  'publish-date',
  'publish_date',
  'publication_date',
  'publisheddate',
  'published',
  'pubdate',
  'date',
];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const PRINTED = new RegExp(
  `\\b(?:${MONTH}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})|(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\.?,?\\s+(\\d{4})|(20\\d\\d)-(\\d\\d)-(\\d\\d))\\b`,
  'i',
);
const ADDRESS = /\/(20\d\d)[/-](\d\d?)[/-](\d\d?)(?=\D|$)/;

/** Characters of a text in which a date is looked for. */
const LONGEST_TEXT = 200;

export interface DateSources {
  structured?: string | undefined;
  metas: Map<string, string>;
  /** Of elements, best first. */
  times: string[];
  /** Lines around the headline. */
  nearby: string[];
  url: string;
}

/** ISO 8601 in UTC; absent when the page gives no date. */
export function pickDate({ metas, nearby, structured, times, url }: DateSources): string | undefined {
  const written = [structured, ...META.map((name) => metas.get(name)), ...times];
  for (const text of written) {
    const date = parseFeedDate(text) ?? printedDate(text ?? '');
    if (date) {
      return date;
    }
  }
  return nearby.map(printedDate).find(Boolean) ?? addressDate(url);
}

/** The first date in a text, as people print it: "19 December 2023", "Dec. 19th, 2023", "2023-12-19". */
export function printedDate(text: string): string | undefined {
  const match = PRINTED.exec(text.slice(0, LONGEST_TEXT));
  if (!match) {
    return undefined;
  }
  const [, month1, day1, year1, day2, month2, year2, year3, month3, day3] = match;
  const month = month3 ?? monthNumber(month1 ?? month2 ?? '');
  return isoDay(year1 ?? year2 ?? year3, month, day1 ?? day2 ?? day3);
}

function addressDate(url: string): string | undefined {
  const [, year, month, day] = ADDRESS.exec(url) ?? [];
  return isoDay(year, month, day);
}

function monthNumber(name: string): string {
  return String('janfebmaraprmayjunjulaugsepoctnovdec'.indexOf(name.slice(0, 3).toLowerCase()) / 3 + 1);
}

function isoDay(year?: string, month?: string, day?: string): string | undefined {
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return year && isDay
    ? parseFeedDate(`${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`)
    : undefined;
}
