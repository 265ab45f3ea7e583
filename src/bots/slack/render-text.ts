// An answer's text as Slack's markdown: escaped, its numbers linked to the articles.
import type { Citation } from '../../domain.js';
import { escapeMarkdown, escapeMrkdwn, linkTarget } from './escape.js';

export type Citations = ReadonlyMap<number, Citation>;

const MARKER = /\[(\d{1,3})\]/g;

/** Numbers that no citation is known for stay as they are. */
export function renderMarkdown(text: string, citations: Citations): string {
  let rendered = '';
  let from = 0;
  for (const match of text.matchAll(MARKER)) {
    const n = Number(match[1]);
    const url = linkTarget(citations.get(n)?.url ?? '');
    if (url) {
      rendered += `${escapeMarkdown(text.slice(from, match.index))}[[${n}]](${url})`;
      from = match.index + match[0].length;
    }
  }
  return rendered + escapeMarkdown(text.slice(from));
}

/** The same as one line of mrkdwn, for notifications: no links, at most `limit` characters. */
export function renderPreview(text: string, limit = 600): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return escapeMrkdwn(line.length > limit ? `${line.slice(0, limit - 1)}…` : line);
}

/** How much of the end may be the beginning of a number that is still being written: "[", "[1". */
export function unfinishedMarker(text: string): number {
  return /\[\d{0,3}$/.exec(text)?.[0].length ?? 0;
}
