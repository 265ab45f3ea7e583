// What somebody types about their digest: "8:30am London weekdays 5 stories hide results". Words in any order; what is
// left over is taken for a time zone, and whoever knows them says whether it is one.
import { BotError } from '../errors.js';
import type { DigestChanges } from './digest-desk.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const GROUPS = new Map([
  ['daily', [1, 2, 3, 4, 5, 6, 7]],
  ['weekdays', [1, 2, 3, 4, 5]],
  ['weekends', [6, 7]],
]);
const DAY = new RegExp(`^(${DAYS.join('|')})[a-z]*(?:[-–](${DAYS.join('|')})[a-z]*)?$`);
const LANGUAGES = ['en', 'fr', 'it', 'de', 'es'];
/** Words that say nothing by themselves. */
const FILLING = /^(at|on|in|and|results?|days?|the|up|to|every|only|with|here)$/;

/** Error: `usage`, whose message may be shown. */
export function readDigestWords(text: string): DigestChanges {
  const changes: DigestChanges = {};
  const days: number[] = [];
  const rest: string[] = [];
  const words = text
    .slice(0, 300)
    .replace(/\b(\d{1,2}) (stories|story)\b/gi, '$1-stories')
    .replace(/\b(\d{1,2}) ([ap]m)\b/gi, '$1$2')
    .replace(
      /\bbreaking(?: (?:news|stories))?(?:[ :=]+(on|off|\d{1,2})(?![:\d]|[ap]m))?\b/gi,
      (_, most = 'on') => `breaking-${most}`,
    )
    .replace(/\blanguage[ :=]+([a-z]{2})\b/gi, 'language-$1')
    .split(/[\s,;]+/)
    .filter(Boolean);
  for (const word of words) {
    const lower = word.toLowerCase();
    const [, stories] = /^(\d{1,2})-stor(?:ies|y)$/.exec(lower) ?? [];
    const [, language] = /^language-([a-z]{2})$/.exec(lower) ?? [];
    const [, breaking] = /^breaking-(\w+)$/.exec(lower) ?? [];
    const own = GROUPS.get(lower) ?? readDayRange(lower);
    if (stories) {
      changes.length = readLength(stories);
    } else if (breaking) {
      changes.breaking = readBreaking(breaking);
    } else if (language) {
      changes.language = readLanguage(language);
    } else if (own) {
      days.push(...own);
    } else if (/^\d{1,2}(:\d{2})?([ap]m)?$/.test(lower)) {
      changes.time = readTime(lower);
    } else if (lower === 'hide' || lower === 'show') {
      changes.spoilers = lower;
    } else if (lower === 'silent' || lower === 'line') {
      changes.quiet = lower;
    } else if (!FILLING.test(lower)) {
      rest.push(word);
    }
  }
  return {
    ...changes,
    ...(days.length > 0 ? { days: ordered(days) } : {}),
    ...(rest.length > 0 ? { zone: rest.join(' ') } : {}),
  };
}

/** "8", "08:00", "8:30pm" as "20:30". Error: `usage`. */
export function readTime(text: string): string {
  const [, hours = '', minutes = '00', half] =
    /^(\d{1,2})(?::(\d{2}))?\s*([ap]m)?$/.exec(text.trim().toLowerCase()) ?? [];
  const isHalf = half !== undefined && Number(hours) >= 1 && Number(hours) <= 12;
  const hour = isHalf ? (Number(hours) % 12) + (half === 'pm' ? 12 : 0) : Number(hours);
  if (hours === '' || hour > 23 || Number(minutes) > 59 || (half && !isHalf)) {
    throw new BotError('usage', `"${text}" is no time of day (for example 08:00 or 8:30pm)`);
  }
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** "mon-fri", "sat, sun", "weekdays", "all". Error: `usage`. */
export function readDays(text: string): number[] {
  const days = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && !FILLING.test(word))
    .flatMap((word) => GROUPS.get(word) ?? readDayRange(word) ?? [0]);
  const isAll = /^\s*(all|every ?day)\s*$/i.test(text);
  if (!isAll && (days.length === 0 || days.includes(0))) {
    throw new BotError('usage', `"${text}" names no days (for example daily, weekdays, mon-fri, sat sun)`);
  }
  return isAll ? [1, 2, 3, 4, 5, 6, 7] : ordered(days);
}

/** "every day", "Monday to Friday", "Mon, Wed". */
export function daysText(days: number[]): string {
  const name = (day: number | undefined) => {
    const short = DAYS[(day ?? 1) - 1] ?? '';
    return `${short.charAt(0).toUpperCase()}${short.slice(1)}`;
  };
  const isRun = days.every((day, at) => at === 0 || day === (days[at - 1] ?? 0) + 1);
  if (days.length === 7) {
    return 'every day';
  }
  return isRun && days.length > 2 ? `${name(days[0])} to ${name(days.at(-1))}` : days.map(name).join(', ');
}

function readDayRange(word: string): number[] | undefined {
  const [, from, to = from] = DAY.exec(word) ?? [];
  if (!from || !to) {
    return undefined;
  }
  const first = DAYS.indexOf(from) + 1;
  // "fri-mon" goes over the end of the week.
  const count = ((DAYS.indexOf(to) + 1 - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, at) => ((first - 1 + at) % 7) + 1);
}

/** In what a model writes; quotations keep the language of their article. Error: `usage`. */
export function readLanguage(text: string): string {
  const language = text.toLowerCase();
  if (!LANGUAGES.includes(language)) {
    throw new BotError('usage', `"${text}" is no language that I write (allowed: ${LANGUAGES.join(', ')})`);
  }
  return language;
}

/** "on", "off", or how many a day. Error: `usage`. */
export function readBreaking(text: string): number | 'on' {
  const most = /^off$/i.test(text) ? 0 : Number(text);
  if (/^on$/i.test(text)) {
    return 'on';
  }
  if (!(Number.isInteger(most) && most >= 0 && most <= 10)) {
    throw new BotError('usage', `"${text}" breaking stories a day? (on, off, or 1 to 10)`);
  }
  return most;
}

/** Stories at most. Error: `usage`. */
export function readLength(text: string): number {
  const length = Number(text);
  if (!Number.isInteger(length) || length < 1 || length > 30) {
    throw new BotError('usage', `"${text}" stories? (1 to 30)`);
  }
  return length;
}

const ordered = (days: number[]) => [...new Set(days)].sort((a, b) => a - b);
