// Text of articles, questions and models on its way into Slack's two kinds of markup. After this nothing in it can
// mention anybody, or be a link that says one address and leads to another; what we link is added afterwards.

import { withoutHidden } from '../untrusted-text.js';

/** Joins two characters, is not seen, and is no part of any markup. */
const JOINER = '\u2060';
/** With `link_names` or in a client's own parse these ping a whole channel. */
const BROADCAST = /@(?=(?:channel|here|everyone|group)\b)/gi;

/** For `text`, sections and other mrkdwn. Slack's rule: & < > become entities (docs.slack.dev/messaging/formatting-message-text). */
export function escapeMrkdwn(text: string): string {
  return entities(withoutHidden(text)).replace(BROADCAST, `@${JOINER}`);
}

/**
 * For markdown blocks and streams: as mrkdwn, and no `[words](address)` or `[words][1]` is left, with or without a
 * backslash, which Slack does not promise to obey. A backtick would take our links into a piece of code.
 */
export function escapeMarkdown(text: string): string {
  return escapeMrkdwn(text)
    .replaceAll(']', `]${JOINER}`)
    .replaceAll('`', "'")
    .replace(/^(\s{0,3})(#{1,6}\s)/gm, `$1${JOINER}$2`);
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
