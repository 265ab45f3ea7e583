// What the bot says about itself.
import { escapeLine } from './escape.js';
import type { FeedLine } from './ports.js';

export const HELP = [
  'Ask me about cricket. Every number, name and date that I show stands in a source that I link.',
  '',
  '`/ask` a question, or mention me in a channel; I answer in a thread, where you can ask on.',
  '`/latest` gives the latest news, of everybody or of one side; `/feeds` says where the news comes from.',
  '`/digest here` sends a channel, or you directly, a daily digest; `/follow` and `/unfollow` say of what.',
  '*Apps › Check against the news* in the menu of a message asks what the sources say about it.',
  '`/forget` takes away what I keep of you: your questions, my answers, your feedback.',
  'Write to me directly and I answer there. `stop` keeps me quiet in a thread until somebody mentions me.',
].join('\n');

const MOST_FEEDS = 40;

export function feedsText(feeds: FeedLine[]): string {
  if (feeds.length === 0) {
    return 'I follow no feeds yet.';
  }
  const lines = feeds
    .slice(0, MOST_FEEDS)
    .map(
      ({ fact, isWell, name }) => `${isWell ? '✓' : '✗'} ${escapeLine(name, 60)} · ${escapeLine(fact, 60)}`,
    );
  const more = feeds.length > MOST_FEEDS ? [`and ${feeds.length - MOST_FEEDS} more`] : [];
  return ['**Feeds**', ...lines, ...more].join('\n').slice(0, 3_900);
}

export function settingsText(closed: string[], here: string): string {
  const line = closed.includes(here) ? 'I do not answer in this channel.' : 'I answer in this channel.';
  const others = closed
    .filter((channel) => channel !== here)
    .slice(0, 50)
    .map((channel) => `<#${channel}>`);
  return [
    line,
    others.length > 0 ? `I do not answer in ${others.join(', ')} either.` : '',
    '`/settings here:` changes it.',
  ]
    .filter(Boolean)
    .join('\n');
}
