// Text of articles, questions and models on its way into Slack's two kinds of markup. After this nothing in it can
// mention anybody, or be a link that says one address and leads to another; what we link is added afterwards.

/** Joins two characters, is not seen, and is no part of any markup. */
const JOINER = '\u2060';
/** Marks that turn the direction of writing, and control characters: they hide what a link says. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** With `link_names` or in a client's own parse these ping a whole channel. */
const BROADCAST = /@(?=(?:channel|here|everyone|group)\b)/gi;

/** For `text`, sections and other mrkdwn. Slack's rule: & < > become entities (docs.slack.dev/messaging/formatting-message-text). */
export function escapeMrkdwn(text: string): string {
  return entities(text.replace(HIDDEN, '')).replace(BROADCAST, `@${JOINER}`);
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

/** For rich text and plain text, which know no markup. */
export function plainLine(text: string): string {
  return text.replace(HIDDEN, '').replace(/\s+/g, ' ').trim();
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An address that is safe inside `[words](address)` and `<address|words>`; undefined = it is none of the web. */
export function linkTarget(url: string): string | undefined {
  if (!URL.canParse(url)) {
    return undefined;
  }
  const { href, protocol } = new URL(url);
  return protocol === 'https:' || protocol === 'http:'
    ? href.replace(
        /[()<>|[\]\\`*_~\s]/g,
        (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
      )
    : undefined;
}
