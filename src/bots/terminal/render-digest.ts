// A digest at a terminal: numbered stories, the matches to come, one grey line, then the sources.
import type { Citation } from '../../domain.js';
import { sourceLine } from './render-answer.js';
import { plain, type Style } from './style.js';

/** What is shown of a digest; times are ISO 8601. */
export interface ShownDigest {
  from: string;
  to: string;
  items: { text: string; withoutResult?: string | undefined; isUpdate: boolean; morePublishers: number }[];
  fixtures: { text: string; day: string }[];
  citations: Citation[];
  /** Stories of the window in all. */
  stories: number;
}

export interface DigestView {
  style: Style;
  /** IANA zone of the reader. */
  timeZone: string;
  now: Date;
  /** Whether results are hidden; absent = they are shown. */
  hidesResults?: boolean | undefined;
}

/** The digest as text that ends with a line break; a quiet day is one line. */
export function renderDigest(digest: ShownDigest, view: DigestView): string {
  const { fixtures, from, items, to } = digest;
  const { style, timeZone } = view;
  const since = timeOf(from, to, timeZone);
  if (items.length === 0 && fixtures.length === 0) {
    return `A quiet day: nothing new since ${since}.\n`;
  }
  const date = format(to, timeZone, { weekday: 'long', day: 'numeric', month: 'long' });
  const lines = items.map((item, i) => `${i + 1}. ${itemText(item, view)}`);
  const matches = [...new Set(fixtures.map(({ day }) => day))].map((day) => {
    const own = fixtures.filter((fixture) => fixture.day === day).map(({ text }) => plain(text));
    return `${dayName(day, to)}: ${own.join(' · ')}`;
  });
  const rest = digest.stories - items.length;
  const facts = [
    counted(digest.stories, 'story', 'stories'),
    rest > 0 ? `also: ${rest} more` : '',
    `since ${since}`,
  ];
  // A headline may tell what the line above it hides.
  const sources = digest.citations.map((citation) =>
    sourceLine(view.hidesResults ? { ...citation, title: citation.publisher } : citation, style, view.now),
  );
  return [
    style.paint('bold', `Cricket, ${date.replace(',', '')}`),
    ...[...lines, ...matches].map((line) => paintNumbers(line, style)),
    style.paint('gray', facts.filter(Boolean).join(' · ')),
    '',
    ...sources,
    '',
  ].join('\n');
}

function itemText(
  { isUpdate, morePublishers, text, withoutResult }: ShownDigest['items'][number],
  { hidesResults }: DigestView,
): string {
  const shown = hidesResults && withoutResult !== undefined ? withoutResult : text;
  const more = morePublishers > 0 ? ` +${counted(morePublishers, 'publisher', 'publishers')}` : '';
  return `${isUpdate ? 'New since the last digest: ' : ''}${plain(shown)}${more}`;
}

function paintNumbers(line: string, style: Style): string {
  return line.replace(/\[\d+\]/g, (marker) => style.paint('cyan', marker));
}

function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** "yesterday 08:00", or with its date. */
function timeOf(from: string, to: string, timeZone: string): string {
  const clock = format(from, timeZone, { hour: '2-digit', minute: '2-digit' });
  const days = ['today', 'yesterday'];
  const age = Math.round((dayNumber(to, timeZone) - dayNumber(from, timeZone)) / 86_400_000);
  return `${days[age] ?? format(from, timeZone, { day: 'numeric', month: 'short' })} ${clock}`;
}

function dayNumber(time: string, timeZone: string): number {
  return Date.parse(new Date(time).toLocaleDateString('sv-SE', { timeZone }));
}

/** Days of matches are in UTC. */
function dayName(day: string, to: string): string {
  return day === to.slice(0, 10) ? 'Today' : format(day, 'UTC', { weekday: 'long' });
}

function format(time: string, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(new Date(time));
}
