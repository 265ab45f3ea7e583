// What stands below an answer, in the same words on every platform: who tells it and when, and one line of facts.
import type { Answer, Citation } from '../domain.js';

/** "The Example · 3 h ago": what stands behind a headline. */
export function aboutSource({ publishedAt, publisher }: Citation, now: Date): string {
  return [publisher, publishedAt && ageOf(publishedAt, now)].filter(Boolean).join(' · ');
}

/**
 * The last line: only what is true and worth a word. `timeOf` writes the reader's own time where a platform knows it.
 */
export function factsOf(answer: Answer, now: Date, timeOf: (time: string) => string = utcTime): string {
  if (answer.closedBook) {
    return `${answer.generator} from memory: no article was read and nothing was checked`;
  }
  const read = new Set(answer.retrieved.map((passage) => passage.articleId)).size;
  const { asOf, dropped, publishersAgree } = answer;
  const parts = [
    asOf && !answer.abstained ? `as of ${timeOf(asOf)}${recency(asOf, now)}` : '',
    publishersAgree > 1 ? `${publishersAgree} publishers agree` : '',
    read > 0 ? `${read} ${read === 1 ? 'article' : 'articles'} read` : '',
    dropped > 0
      ? `${dropped} ${dropped === 1 ? 'sentence' : 'sentences'} left out: no source bears ${dropped === 1 ? 'it' : 'them'} out`
      : '',
    answer.generator === 'extractive' && !answer.abstained
      ? 'quoted from the sources (no language model is loaded)'
      : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

const HOUR_MS = 3_600_000;
// Made once: a formatter costs more than all that is formatted for an answer.
const day = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
const DAY = new Intl.DateTimeFormat('en-GB', day);
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', { ...day, year: 'numeric' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** "12 min ago", "3 h ago" up to a day, then the date. */
export function ageOf(publishedAt: string, now: Date): string {
  const age = now.getTime() - Date.parse(publishedAt);
  if (age >= 0 && age < HOUR_MS) {
    return `${Math.max(1, Math.round(age / 60_000))} min ago`;
  }
  if (age >= 0 && age < 24 * HOUR_MS) {
    return `${Math.round(age / HOUR_MS)} h ago`;
  }
  const sameYear = publishedAt.slice(0, 4) === now.toISOString().slice(0, 4);
  return (sameYear ? DAY : DAY_AND_YEAR).format(new Date(publishedAt));
}

/** " (3 h ago)" up to a day; the date says the rest. */
function recency(time: string, now: Date): string {
  const age = ageOf(time, now);
  return age.endsWith('ago') ? ` (${age})` : '';
}

function utcTime(time: string): string {
  const date = new Date(time);
  return `${DAY_AND_YEAR.format(date)}, ${CLOCK.format(date)} UTC`;
}
