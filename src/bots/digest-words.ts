// A digest in words, the same on every platform: title, numbered stories, matches, one line of facts. What a platform's
// markup makes of them is that platform's.
import type { Letter } from '../digests/platform.js';
import type { Digest, DigestItem } from '../digests/ports.js';

export interface DigestWords {
  /** "Cricket, Tuesday 19 December" */
  title: string;
  /** In order; [] = a quiet day. Texts have markers like [1]. */
  stories: StoryWords[];
  /** "Matches: South Africa v India, 2nd ODI, 11:00 UTC [5]"; '' = none is known. */
  matches: string;
  /** "12 stories · also: 2 more · since yesterday 08:00", or the line of a quiet day. */
  facts: string;
}

export interface StoryWords {
  /** "1. New since the last digest: …" */
  text: string;
  /** What is shown on request; absent = all is shown. */
  hidden?: string | undefined;
  /** " +6 publishers"; '' = none. */
  more: string;
}

/** `hides` = results wait until they are asked for. */
export function digestWords(
  {
    breaking,
    digest,
    localDate,
    settings,
  }: Pick<Letter, 'breaking' | 'digest' | 'localDate'> & { settings: { zone: string } },
  hides: boolean,
): DigestWords {
  if (breaking) {
    return breakingWords(digest, breaking.publishers, hides);
  }
  const since = timeOf(digest.from, localDate, settings.zone);
  const { fixtures, items, stories } = digest;
  const rest = stories - items.length;
  const facts = [
    counted(stories, 'story', 'stories'),
    rest > 0 ? `also: ${rest.toLocaleString('en-GB')} more` : '',
    `since ${since}`,
  ];
  return {
    title: `Cricket, ${dateWords(localDate)}`,
    stories: items.map((item, at) => storyWords(item, `${at + 1}. `, hides)),
    matches: fixtures.length > 0 ? `Matches: ${fixtures.map(({ text }) => text).join(' · ')}` : '',
    facts:
      items.length === 0 ? `A quiet day: nothing new since ${since}.` : facts.filter(Boolean).join(' · '),
  };
}

/** "Tuesday 19 December" */
export function dateWords(localDate: string): string {
  return format(`${localDate}T12:00:00Z`, 'UTC', { weekday: 'long', day: 'numeric', month: 'long' }).replace(
    ',',
    '',
  );
}

function breakingWords({ items }: Digest, publishers: number, hides: boolean): DigestWords {
  const run = publishers > 0 ? `${counted(publishers, 'publisher', 'publishers')} within the hour` : '';
  return {
    title: 'Breaking',
    stories: items.map((item) => storyWords(item, '', hides)),
    matches: '',
    facts: [run, 'not told again in the digest unless there is something new'].filter(Boolean).join(' · '),
  };
}

function storyWords(item: DigestItem, number: string, hides: boolean): StoryWords {
  const opening = `${number}${item.isUpdate ? 'New since the last digest: ' : ''}`;
  const more = item.morePublishers > 0 ? ` +${counted(item.morePublishers, 'publisher', 'publishers')}` : '';
  return hides && item.withoutResult !== undefined
    ? { text: `${opening}${item.withoutResult}`, hidden: item.text, more }
    : { text: `${opening}${item.text}`, more };
}

/** "yesterday 08:00", or with its date: by the reader's calendar, seen from the digest's own day. */
function timeOf(from: string, localDate: string, timeZone: string): string {
  const clock = format(from, timeZone, { hour: '2-digit', minute: '2-digit' });
  const day = new Date(from).toLocaleDateString('sv-SE', { timeZone });
  const age = Math.round((Date.parse(localDate) - Date.parse(day)) / 86_400_000);
  return `${['today', 'yesterday'][age] ?? format(from, timeZone, { day: 'numeric', month: 'short' })} ${clock}`;
}

function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}

function format(time: string, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(new Date(time));
}
