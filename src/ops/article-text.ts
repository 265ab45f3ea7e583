// One stored article as text for a terminal: what it says, how it came, and what it said before.
import { plain, type Style } from '../bots/terminal/style.js';
import type { ShownArticle } from './news.js';

/** Changed lines shown of one revision. */
const MOST_LINES = 6;
const LINE_LENGTH = 160;

export function articleText(article: ShownArticle, style: Style): string {
  const {
    author,
    foundAt,
    isHistory,
    origin,
    publishedAt,
    publisher,
    rereadAt,
    revisions,
    text,
    title,
    url,
  } = article;
  const facts = [
    [publisher, author, `published ${minuteOf(publishedAt)}`].filter(Boolean).join(' · '),
    url,
    [
      origin === 'page' ? 'read from its page' : "read from the feed's own text",
      foundAt ? `${isHistory ? 'with the first poll of its feed' : 'found'} ${minuteOf(foundAt)}` : '',
      rereadAt ? `read again ${minuteOf(rereadAt)}` : '',
    ]
      .filter(Boolean)
      .join(' · '),
  ];
  const parts = [
    style.paint('bold', plain(title)),
    ...facts.map((line) => style.paint('dim', plain(line))),
    '',
    plain(text),
    ...historyOf(revisions, { title, text }, style),
  ];
  return `${parts.join('\n')}\n`;
}

/** The changes, the newest first: what came and what went with each. */
function historyOf(
  revisions: ShownArticle['revisions'],
  current: { title: string; text: string },
  style: Style,
): string[] {
  const changes = revisions.map((before, i) => ({ before, after: revisions[i + 1] ?? current }));
  return changes.reverse().flatMap(({ after, before }) => {
    const came = linesOnlyIn(after.text, before.text);
    const went = linesOnlyIn(before.text, after.text);
    const title = before.title === after.title ? [] : [`  headline was: ${plain(before.title)}`];
    return [
      '',
      style.paint(
        'bold',
        `Changed ${minuteOf(before.replacedAt)}: ${came.length} lines came, ${went.length} went`,
      ),
      ...title,
      ...shown(came).map((line) => style.paint('green', `  + ${line}`)),
      ...shown(went).map((line) => style.paint('red', `  - ${line}`)),
    ];
  });
}

function linesOnlyIn(text: string, other: string): string[] {
  const known = new Set(other.split('\n'));
  return text.split('\n').filter((line) => !known.has(line));
}

function shown(lines: string[]): string[] {
  const cut = lines
    .slice(0, MOST_LINES)
    .map((line) => plain(line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH - 1)}…` : line));
  return lines.length > MOST_LINES ? [...cut, `… ${lines.length - MOST_LINES} more`] : cut;
}

function minuteOf(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
