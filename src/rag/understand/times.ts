// Time words of a question ("yesterday", "last night", "in December", "the latest on…") as stretches of time
// that articles are preferred from. Days are UTC. chrono-node reads the dates; what it leaves open (weeks,
// months, "since") is settled here, and a weekday or a month without a year is the last one that has begun:
// news is asked about after it happened.
// One language alone: all of them take a tenth of a second to load.
import { GB } from 'chrono-node/en';
import { DAY, STRETCHES } from './time-stretches.js';

/** Half-open: from <= t < to; ISO 8601. */
export interface Window {
  from: string;
  to: string;
}

export interface TimeSense {
  /** In the order of the question; [] = no time is named. */
  windows: Window[];
  /** Whether the newest state of things is asked for: said ("latest", "still"), implied ("is he injured?"), or not. */
  latest: 'said' | 'implied' | undefined;
}

const LATEST =
  /\b(latest|newest|most recent(ly)?|recent(ly)?|current(ly)?|right now|now(?! that\b)|at the moment|at present|these days|nowadays|so far|yet|live (scores?|updates?|cricket|commentary)|live$|as (it|things) stands?|still|up to date|updates?|today'?s news|any news|what'?s new|what next|just announced|this season)\b/i;
/** "Is Agassi in the tournament?", "how long is his ban?": how things stand, not how they went. */
const PRESENT =
  /^(is|are|has|have|does|do|will|can)\b|^(who|what|where|how \w+)('s| is| are| has| have)\b|^(when|who|what|where|how) will\b|^how (is|are|'s) .*\b(doing|going|getting on|faring)\b/i;
/** A present tense that asks what somebody is or was is no question of news. */
const TIMELESS =
  /\b(record|ever|history|all[- ]time|first|born|called|named after|nickname|mean|role|most|best|biggest|highest|longest)\b/i;
/** It asks what has been, whatever else was due. */
const PAST =
  /^(?:(?:so|and|but|ok|hey)\b[ ,]*)?(?:(?:who|what|which \w+|how many(?: \w+)?) (?:won|beat|happened|did|was|were|scored|made|took|hit|got|lost)|(?:did|was|were|had)\b|(?:when|where|why|how) (?:did|was|were)\b)/i;
/** Just before a time: it began then and runs until now. */
const SINCE = /\b(since|after)\s*$/i;
/** A question of what is to come: its weekdays and months are the next ones. */
const AHEAD =
  /\b(will|what('?s| is) on|upcoming|going to|fixtures?|scheduled|due|begins?|starts?|kicks? off|(is|are)\b[^?]*\bplaying)\b/i;
const BEFORE_AHEAD = /\b(from|until|till|starting|next|coming)( on)?\s*$/i;
/** Words. A long question tells what it is about; a tense or a "recently" within it is by the way. */
const LONGEST_SAID = 20;
const LONGEST_IMPLIED = 12;

type Found = ReturnType<typeof GB.parse>[number];

/** More stretches than anybody asks about; each is compared with every passage. */
const MOST_WINDOWS = 8;

/** Reads the time words of a question asked at `now`; at most 8 windows. */
export function timeSense(text: string, now: Date): TimeSense {
  const found: { at: number; window: [number, number] }[] = [];
  let rest = withApostrophes(text);
  for (const [pattern, windowOf] of STRETCHES) {
    const match = rest.match(pattern);
    if (match?.index !== undefined) {
      const [from, to] = windowOf(now, match);
      const isSince = SINCE.test(rest.slice(0, match.index));
      found.push({ at: match.index, window: [from, isSince ? now.getTime() : to] });
      rest = rest.replace(match[0], ' '.repeat(match[0].length));
    }
  }
  for (const result of GB.parse(rest, { instant: now, timezone: 0 })) {
    const window = windowOfResult(result, rest, now);
    if (window) {
      found.push({ at: result.index, window });
      found.push(...weekBefore(result, window, now).map((other) => ({ at: result.index, window: other })));
    }
  }
  const windows = found
    .sort((a, b) => a.at - b.at)
    .slice(0, MOST_WINDOWS)
    .map(({ window: [from, to] }) => ({ from: iso(from), to: iso(to) }));
  return { windows, latest: latestIn(text.trim(), windows.length > 0) };
}

function latestIn(text: string, namesTime: boolean): TimeSense['latest'] {
  const length = text.split(/\s+/).length;
  if (LATEST.test(text) && length <= LONGEST_SAID) {
    return 'said';
  }
  const isImplied = PRESENT.test(text) && !TIMELESS.test(text) && length <= LONGEST_IMPLIED;
  return isImplied && !namesTime ? 'implied' : undefined;
}

/** "Yesterdays news", "mondays game". */
function withApostrophes(text: string): string {
  return text
    .replace(/\b(yesterday|today|tonight|tomorrow)s\b/gi, '$1')
    .replace(/\b((?:this|last|next) (?:weekend|week|month|year|season|morning|afternoon|evening))s\b/gi, '$1')
    .replace(/\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)s (?=\p{Ll})/giu, '$1 ');
}

/** Said in the same week, "last Monday" may be that of this week or of the last: both are looked at. */
function weekBefore({ start, text }: Found, [from, to]: [number, number], now: Date): [number, number][] {
  const isWeekday = start.isCertain('weekday') && !start.isCertain('day') && /^last\b/i.test(text);
  const daysIntoWeek = (now.getUTCDay() + 6) % 7;
  const isThisWeek = isWeekday && now.getTime() - from < (daysIntoWeek + 1) * DAY;
  return isThisWeek ? [[from - 7 * DAY, to - 7 * DAY]] : [];
}

/** A named day is that day, a named month that month; "since" runs until now. Undefined = no date after all. */
function windowOfResult(result: Found, text: string, now: Date): [number, number] | undefined {
  const { end, start } = result;
  const isAhead =
    (AHEAD.test(text) && !PAST.test(text.trim())) ||
    BEFORE_AHEAD.test(text.slice(0, result.index)) ||
    /^next\b/i.test(result.text);
  const isSince = SINCE.test(text.slice(0, result.index)) || /^since\b/i.test(result.text);
  const first = spanOf(start, now, isAhead);
  // "Now" asks how things stand, not for the news of one day.
  if (!first || /^(?:right )?now$/i.test(result.text)) {
    return undefined;
  }
  if (isSince) {
    return [first[0], now.getTime()];
  }
  const last = end ? spanOf(end, now, isAhead) : undefined;
  return [first[0], Math.max(first[1], last?.[1] ?? 0)];
}

function spanOf(parts: Found['start'], now: Date, isAhead: boolean): [number, number] | undefined {
  const year = parts.get('year') ?? now.getUTCFullYear();
  const month = (parts.get('month') ?? 1) - 1;
  const isDay = parts.isCertain('day') || parts.isCertain('weekday');
  if (isDay) {
    let from = Date.UTC(year, month, parts.get('day') ?? 1);
    const isWeekday = parts.isCertain('weekday') && !parts.isCertain('day');
    if (isWeekday && from > now.getTime() && !isAhead) {
      from -= 7 * DAY;
    } else if (isWeekday && from + DAY <= now.getTime() && isAhead) {
      from += 7 * DAY;
    } else if (!isWeekday && !parts.isCertain('year')) {
      const day = parts.get('day') ?? 1;
      // Tomorrow's date is no former year's.
      const today = now.getTime() + (isAhead ? 0 : DAY);
      from = Date.UTC(year + yearsOff(from, from + DAY, today, isAhead), month, day);
    }
    return [from, from + DAY];
  }
  if (parts.isCertain('month')) {
    const [from, to] = [Date.UTC(year, month), Date.UTC(year, month + 1)];
    const inYear = parts.isCertain('year') ? year : year + yearsOff(from, to, now.getTime(), isAhead);
    return [Date.UTC(inYear, month), Date.UTC(inYear, month + 1)];
  }
  return undefined;
}

/** A day or month without a year is the last one that has begun, or the next one that is not over. */
function yearsOff(from: number, to: number, now: number, isAhead: boolean): number {
  if (isAhead) {
    return to <= now ? 1 : 0;
  }
  return from > now ? -1 : 0;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
