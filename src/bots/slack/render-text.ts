// An answer's text as Slack's markdown: escaped, its numbers linked to the articles.
import { type Citations, linkNumbers } from '../link-numbers.js';
import { escapeMarkdown, escapeMrkdwn } from './escape.js';

export function renderMarkdown(text: string, citations: Citations): string {
  return linkNumbers(text, citations, { escaped: escapeMarkdown, link: (n, url) => `[[${n}]](${url})` });
}

/** The same as one line of mrkdwn, for notifications: no links, at most `limit` characters. */
export function renderPreview(text: string, limit = 600): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return escapeMrkdwn(line.length > limit ? `${line.slice(0, limit - 1)}…` : line);
}
