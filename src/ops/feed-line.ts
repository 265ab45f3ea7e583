// One line about one feed's poll.
import type { Style } from '../bots/terminal/style.js';
import { describeError } from '../errors.js';
import type { FeedReport } from './app.js';

/** The line in two parts: a mark, and what to say after it. */
export function feedLine(feed: FeedReport, style: Style): { mark: string; text: string } {
  if (feed.isBusy) {
    return { mark: style.paint('yellow', '·'), text: `${feed.feedUrl}: another process polls it now` };
  }
  if (feed.error) {
    const reason = describeError(feed.error);
    const text = reason.includes(feed.feedUrl) ? reason : `${feed.feedUrl}: ${reason}`;
    return { mark: style.paint('red', '✗'), text };
  }
  const parts = [
    feed.entries === 1 ? '1 entry' : `${feed.entries} entries`,
    `${feed.new} new`,
    feed.changed > 0 ? `${feed.changed} changed` : '',
    feed.skipped > 0 ? `${feed.skipped} left out` : '',
    feed.beyondLimit ? `${feed.beyondLimit} more not read` : '',
    feed.failed > 0 ? `${feed.failed} failed` : '',
  ];
  return {
    mark: style.paint('green', '✓'),
    text: `${feed.title || feed.feedUrl}: ${parts.filter(Boolean).join(', ')}`,
  };
}
