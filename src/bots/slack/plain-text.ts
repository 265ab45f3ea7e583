// What people write in Slack, as plain text: mentions, channels, links and dates as they are read, entities decoded,
// the mention of the bot taken out (docs.slack.dev/messaging/formatting-message-text).

const SPECIAL = /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g;

export function plainText(text: string, botUser: string): string {
  return decode(
    text.replace(SPECIAL, (_, sign: string, id: string, label?: string) => {
      if (sign === '@') {
        return id === botUser ? ' ' : `@${label || 'somebody'}`;
      }
      if (sign === '#') {
        return `#${label || 'channel'}`;
      }
      return sign === '!' ? specialWord(id, label) : label || id.replace(/^mailto:/, '');
    }),
  )
    .replace(/[ \t]+/g, ' ')
    .trim();
}

/** `<!here>`, `<!subteam^S1|@bowlers>`, `<!date^1…^{date}|19 December>`. */
function specialWord(id: string, label: string | undefined): string {
  return label || (/^(here|channel|everyone)$/.test(id) ? `@${id}` : '');
}

/** Whether it begins with a mention of somebody who is not the bot. */
export function isToSomeoneElse(text: string, botUser: string): boolean {
  const first = /^\s*<@([^|>]+)/.exec(text)?.[1];
  return first !== undefined && first !== botUser;
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
