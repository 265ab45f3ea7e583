// The headline. Pages carry several titles: one written for readers (h1), one for search engines and one for
// social networks, the latter two often with the site's name. A reader's headline wins where it stands alone
// or says what the others say.
import { tidy } from './html-text.js';
import { type Box, isBox } from './page-boxes.js';
import { printedDate } from './printed-date.js';

/** Words from which a lone h1 is a headline and not a section's or the site's name. */
const FEWEST_WORDS = 3;
/** Headlines that are looked at. */
const MOST_HEADLINES = 30;
/** Share of the words of the shorter of two titles that both must have to be the same title. */
const ALIKE = 0.5;
/** Characters of a title that are read. */
const LONGEST_TITLE = 500;
/** Characters up to which the last part of "Headline | Site" can be a site's name. */
const LONGEST_SITE = 40;

/** `others` in order of trust; `sites` = names that the site goes by. */
export function pickTitle(h1s: string[], others: string[], sites: string[]): string {
  const clean = (title: string) =>
    withoutSite(tidy(title.slice(0, LONGEST_TITLE)).replace(/\n/g, ' '), sites);
  const rest = others.map(clean).filter(Boolean);
  const isHeadline = (h1: string) =>
    h1 !== '' && !sites.some((site) => isSame(site, h1)) && !isBlogName(h1, rest);
  const headlines = h1s
    .slice(0, MOST_HEADLINES)
    .map((h1) => withoutDate(clean(h1), rest))
    .filter(isHeadline);
  const confirmed = mostAlike(
    headlines.filter((h1) => count(h1) > 1),
    rest,
  );
  const lone = headlines.length === 1 ? headlines.find((h1) => count(h1) >= FEWEST_WORDS) : undefined;
  return confirmed ?? lone ?? rest[0] ?? headlines[0] ?? '';
}

/** The first of those headlines that share most with one of the titles; undefined when all share little. */
function mostAlike(headlines: string[], titles: string[]): string | undefined {
  const likeness = (h1: string) => Math.max(0, ...titles.map((title) => overlap(h1, title)));
  const best = Math.max(ALIKE, ...headlines.map(likeness));
  return headlines.find((h1) => likeness(h1) >= best);
}

/** "The Slip Cordon" is no headline when one title is "The Slip Cordon: Rain again" and another "Rain again". */
function isBlogName(h1: string, titles: string[]): boolean {
  const [name, ...plain] = [h1, ...titles].map((title) => words(title).join(' '));
  return plain.some((title) => plain.includes(`${name} ${title}`) || plain.includes(`${title} ${name}`));
}

/** Some headlines hold the day of publication, too: what is left when it is gone is what another title says. */
function withoutDate(h1: string, titles: string[]): string {
  const all = words(h1).join(' ');
  const title = titles.find((other) => {
    const own = words(other).join(' ');
    const more = all.startsWith(`${own} `) || all.endsWith(` ${own}`) ? all.replace(own, '') : '';
    return printedDate(more) !== undefined;
  });
  return title ?? h1;
}

/** Texts of the visible h1 elements. */
export function readHeadlines(page: Box): string[] {
  return page.parts.filter(isBox).flatMap((box) => (box.tag === 'h1' ? [textOf(box)] : readHeadlines(box)));
}

function textOf(box: Box): string {
  return box.parts
    .map((part) => (isBox(part) ? textOf(part) : part.text))
    .filter(Boolean)
    .join(' ');
}

/** "Headline | Site", "Headline - Site" and "Site: Headline" are the headline. */
function withoutSite(title: string, sites: string[]): string {
  const isSite = (part: string) => sites.some((site) => isSame(site, part));
  const [, start = '', head = ''] = /^(.+?)(?:\s*[|:»]\s+|\s+[–—·-]\s+)(.+)$/s.exec(title) ?? [];
  const [, tail = '', separator = '', end = ''] = /^(.+)(\s[|–—·»:-]+\s|\s?\|\s?)(.+?)$/s.exec(title) ?? [];
  if (head && isSite(start)) {
    return withoutSite(head.trim(), sites);
  }
  return end && (isSite(end) || (separator.includes('|') && end.length <= LONGEST_SITE))
    ? withoutSite(tail.trim(), sites)
    : title.trim();
}

function isSame(one: string, other: string): boolean {
  const plain = (text: string) =>
    words(text)
      .join('')
      .replace(/^the|(com|org|net|couk)$/g, '');
  return plain(one) !== '' && plain(one) === plain(other);
}

function overlap(one: string, other: string): number {
  const [a, b] = [new Set(words(one)), new Set(words(other))];
  return [...a].filter((word) => b.has(word)).length / Math.max(1, Math.min(a.size, b.size));
}

function count(title: string): number {
  return words(title).length;
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
