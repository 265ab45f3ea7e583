// An answer at a terminal: text as it is released, then dim numbered sources, then one grey line that says
// only what is true.
import type { Answer, AnswerEvent, Citation } from '../../domain.js';
import { BotError } from '../../errors.js';
import { plain, type Style } from './style.js';

export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Status lines; they never reach a pipe that reads results. */
  status(text: string): void;
  style: Style;
  now(): Date;
}

/** Writes the events as they come and gives the finished answer; an `error` event is thrown as a BotError. */
export async function renderAnswer(events: AsyncIterable<AnswerEvent>, terminal: Terminal): Promise<Answer> {
  let answer: Answer | undefined;
  for await (const event of events) {
    if (event.type === 'status') {
      terminal.status(event.text);
    } else if (event.type === 'delta') {
      terminal.status('');
      terminal.out(numbersPainted(plain(event.text), terminal.style));
    } else if (event.type === 'choices') {
      terminal.status('');
      terminal.out(numbered(event.choices, terminal.style));
    } else if (event.type === 'done') {
      answer = event.answer;
    } else if (event.type === 'error') {
      terminal.status('');
      throw new BotError(event.code, event.message);
    }
  }
  if (!answer) {
    throw new Error('the answer ended without a result');
  }
  if (!answer.choices) {
    terminal.out(`\n${sourcesOf(answer, terminal)}`);
  }
  return answer;
}

/** A question back: one choice a line, by number. */
function numbered(choices: string[], style: Style): string {
  const lines = choices.map((choice, i) => `${style.paint('cyan', `${i + 1}`)} ${plain(choice)}`);
  return `Which do you mean?\n${lines.join('\n')}\n`;
}

function numbersPainted(text: string, style: Style): string {
  return text.replace(/\[\d+\]/g, (marker) => style.paint('cyan', marker));
}

function sourcesOf(answer: Answer, { style, now }: Terminal): string {
  const title = answer.abstained ? 'Closest' : 'Sources';
  const lines = sourceLines(answer, style, now());
  const block = lines.length > 0 ? `\n${style.paint('dim', title)}\n${lines.join('\n')}\n` : '';
  const warnings = answer.warnings.map((warning) => `${style.paint('yellow', plain(warning))}\n`).join('');
  const facts = factsOf(answer, now());
  return `${block}${warnings}${facts ? `${style.paint('gray', facts)}\n` : ''}`;
}

/** One line a source, with its address below where a terminal shows no links. */
export function sourceLines({ citations }: Answer, style: Style, now: Date): string[] {
  return citations.map((citation) => sourceLine(citation, style, now));
}

function sourceLine({ n, title, publisher, publishedAt, url }: Citation, style: Style, now: Date): string {
  const about = [publisher, publishedAt && ageOf(publishedAt, now)].filter(Boolean).join(' · ');
  const headline = style.link(plain(title) || url, url);
  const address = style.isRich ? '' : `\n    ${url}`;
  return `${style.paint('cyan', `[${n}]`)} ${style.paint('dim', `${headline} · ${plain(about)}`)}${address}`;
}

/** The last line: only what is true and worth a word. */
export function factsOf(answer: Answer, now: Date): string {
  if (answer.closedBook) {
    return `${answer.generator} from memory: no article was read and nothing was checked`;
  }
  const read = new Set(answer.retrieved.map((passage) => passage.articleId)).size;
  const { asOf, dropped, publishersAgree } = answer;
  const parts = [
    asOf && !answer.abstained ? `as of ${shortTime(asOf)}${recency(asOf, now)}` : '',
    publishersAgree > 1 ? `${publishersAgree} publishers agree` : '',
    `${read} ${read === 1 ? 'article' : 'articles'} read`,
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
  const parts = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Date(publishedAt).toLocaleDateString('en-GB', sameYear ? parts : { ...parts, year: 'numeric' });
}

/** " (3 h ago)" up to a day; the date says the rest. */
function recency(time: string, now: Date): string {
  const age = ageOf(time, now);
  return age.endsWith('ago') ? ` (${age})` : '';
}

function shortTime(time: string): string {
  const date = new Date(time);
  const day = date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const clock = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return `${day}, ${clock} UTC`;
}
