// How all feeds are, as a table that is read in five seconds: a mark, a name, three times; what is wrong stands
// under the feed that it is wrong with.
import { ageOf } from '../bots/sources.js';
import { plain, type Style } from '../bots/terminal/style.js';
import type { FeedHealth } from './news.js';
import { aheadOf } from './when.js';

const NAME_WIDTH = 32;
const WIDTHS = [NAME_WIDTH, 13, 13, 10];
const WORDS: Record<FeedHealth['condition'], string> = {
  ok: 'fine',
  new: 'never read yet',
  waiting: 'left alone for a while',
  failing: 'failing',
  gone: 'gone for good',
};

export function feedsTable(feeds: FeedHealth[], now: Date, style: Style): string {
  if (feeds.length === 0) {
    return 'No feed is followed; add one: third-umpire feeds add URL\n';
  }
  const head = style.paint('dim', `  ${columns(['feed', 'last read', 'newest', 'next'])}`);
  const lines = feeds.flatMap((feed) => rowsOf(feed, now, style));
  return `${[head, ...lines].join('\n')}\n${summaryOf(feeds, style)}\n`;
}

function rowsOf(feed: FeedHealth, now: Date, style: Style): string[] {
  const { error, lastSuccessAt, movedTo, newestEntryAt, nextPollAt } = feed;
  const cells = [
    nameOf(feed),
    lastSuccessAt ? ageOf(lastSuccessAt, now) : 'never',
    newestEntryAt ? ageOf(newestEntryAt, now) : '–',
    nextOf(feed, nextPollAt, now),
  ];
  const under = [
    feed.condition === 'failing'
      ? `fails since ${feed.failingSince?.slice(0, 16).replace('T', ' ')} UTC: ${error}`
      : error,
    movedTo && `moved to ${movedTo}`,
  ];
  return [
    `${markOf(feed, style)} ${columns(cells)}`,
    ...under
      .filter(Boolean)
      .map((line) => `  ${style.paint(feed.isMarked ? 'red' : 'dim', `└ ${plain(String(line))}`)}`),
  ];
}

function markOf({ condition }: FeedHealth, style: Style): string {
  switch (condition) {
    case 'ok':
      return style.paint('green', '✓');
    case 'new':
      return style.paint('dim', '·');
    case 'waiting':
      return style.paint('yellow', '…');
    case 'failing':
    case 'gone':
      return style.paint('red', '✗');
  }
}

function nameOf({ pages, publisher, title, url }: FeedHealth): string {
  const name = plain(publisher || title || url.replace(/^https?:\/\/(www\.)?/, ''));
  const tail = pages === 'feed-only' ? ' (feed only)' : '';
  const room = NAME_WIDTH - 1 - tail.length;
  return (name.length > room ? `${name.slice(0, room - 1)}…` : name) + tail;
}

function nextOf({ condition }: FeedHealth, nextPollAt: string | undefined, now: Date): string {
  return condition === 'gone' ? 'never' : nextPollAt ? aheadOf(nextPollAt, now) : 'now';
}

function columns(cells: string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0))
    .join(' ')
    .trimEnd();
}

function summaryOf(feeds: FeedHealth[], style: Style): string {
  const counts = Object.entries(WORDS).flatMap(([condition, words]) => {
    const count = feeds.filter((feed) => feed.condition === condition).length;
    return count > 0 ? `${count} ${words}` : [];
  });
  return style.paint(
    'bold',
    `${feeds.length} ${feeds.length === 1 ? 'feed' : 'feeds'}: ${counts.join(', ')}`,
  );
}
