// An answer at a terminal: text as it is released, then dim numbered sources, then one grey line that says
// only what is true.
import type { Answer, AnswerEvent, Citation } from '../../domain.js';
import { BotError } from '../../errors.js';
import { aboutSource, factsOf } from '../sources.js';
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
  let hasText = false;
  /** A status line stands in the row that the text begins in; once it has begun, wiping that row would wipe the text. */
  const status = (text: string) => (hasText ? undefined : terminal.status(text));
  const out = (text: string) => {
    status('');
    hasText = true;
    terminal.out(text);
  };
  for await (const event of events) {
    if (event.type === 'status') {
      status(event.text);
    } else if (event.type === 'delta') {
      out(numbersPainted(plain(event.text), terminal.style));
    } else if (event.type === 'choices') {
      out(numbered(event.choices, terminal.style));
    } else if (event.type === 'done') {
      answer = event.answer;
    } else if (event.type === 'error') {
      status('');
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

export function sourceLine(citation: Citation, style: Style, now: Date): string {
  const { n, title, url } = citation;
  const headline = style.link(plain(title) || url, url);
  const address = style.isRich ? '' : `\n    ${url}`;
  return `${style.paint('cyan', `[${n}]`)} ${style.paint('dim', `${headline} · ${plain(aboutSource(citation, now))}`)}${address}`;
}
