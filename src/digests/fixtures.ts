// Matches of the next day, where an article says in one sentence who plays whom and when.
import { setImmediate } from 'node:timers/promises';
import { parse } from 'chrono-node/en';
import type { Passage } from '../domain.js';
import type { GameName } from './follow.js';

/** A match that an article announces. */
export interface FoundFixture {
  /** "South Africa v India, second ODI, 11:00 UTC", in the article's own words. */
  text: string;
  /** In UTC: "2023-12-19". */
  day: string;
  passage: Passage;
  /** The sentence that says so. */
  quote: string;
}

const AGAINST =
  /^\s*(?:(?:'s|’s)?\s*(?:men|women)?\s*)?(?:v|vs|versus|against|(?:will |to |are to |is to )?(?:play|plays|face|faces|meet|meets|host|hosts|take on|takes on))\.?\s+(?:the\s+)?$/i;
const MATCH =
  /\b(?:first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)(?: and (?:final|last))? (?:test|odi|one-day international|t20i?|twenty20 international)\b/i;
/** Looked for first: finding names takes a hundred times longer. */
const SAID = /\b(?:v|vs|versus|against|plays?|faces?|meets?|hosts?|takes? on)\b/i;
const PAST = /\b(?:beat|won|lost|drew|defeated|played|was|were)\b/i;
const AHEAD_MS = 36 * 3_600_000;
const LONGEST = 400;

/** Matches that begin within a day and a half after `now`, each once; [] = no sentence says so for sure. */
export async function findFixtures(
  passages: Passage[],
  sentencesOf: (text: string) => string[],
  findNames: (text: string) => GameName[],
  now: Date,
): Promise<FoundFixture[]> {
  const found = new Map<string, FoundFixture>();
  for (const passage of passages) {
    await setImmediate();
    const title = passage.ordinal === 0 ? [passage.title] : [];
    for (const quote of [...title, ...sentencesOf(passage.text)].map((sentence) => sentence.trim())) {
      const fixture =
        quote.length > LONGEST || !SAID.test(quote) || PAST.test(quote)
          ? undefined
          : readFixture(quote, passage, findNames, now);
      const key = fixture && `${fixture.text.split(',')[0]} ${fixture.day}`.toLowerCase();
      if (fixture && key && !found.has(key)) {
        found.set(key, fixture);
      }
    }
  }
  return [...found.values()];
}

function readFixture(
  quote: string,
  passage: Passage,
  findNames: (text: string) => GameName[],
  now: Date,
): FoundFixture | undefined {
  const teams = findNames(quote).filter(({ kind }) => kind === 'team' || kind === 'club');
  for (const [i, one] of teams.entries()) {
    const other = teams[i + 1];
    if (!other || other.name === one.name) {
      continue;
    }
    const start = quote.indexOf(one.said) + one.said.length;
    const end = quote.indexOf(other.said, start);
    if (end < 0 || !AGAINST.test(quote.slice(start, end))) {
      continue;
    }
    const time = timeIn(quote, passage, now);
    const match = MATCH.exec(quote)?.[0];
    return (
      time && {
        text: [`${one.said} v ${other.said}`, match, time.clock].filter(Boolean).join(', '),
        day: time.day,
        passage,
        quote,
      }
    );
  }
  return undefined;
}

/** The day that the sentence names, as seen from the day of its article. */
function timeIn(
  quote: string,
  { publishedAt }: Passage,
  now: Date,
): { day: string; clock?: string } | undefined {
  const written = { instant: new Date(publishedAt), timezone: 0 };
  for (const { start } of parse(quote, written, { forwardDate: true })) {
    const date = start.date();
    const isDay = start.isCertain('day') || start.isCertain('weekday');
    const until = date.getTime() - now.getTime();
    if (isDay && until > -12 * 3_600_000 && until < AHEAD_MS && date.toISOString() > publishedAt) {
      const isClock = start.isCertain('hour') && start.isCertain('timezoneOffset');
      const iso = date.toISOString();
      return { day: iso.slice(0, 10), ...(isClock ? { clock: `${iso.slice(11, 16)} UTC` } : {}) };
    }
  }
  return undefined;
}
