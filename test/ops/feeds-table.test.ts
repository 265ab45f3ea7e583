import { expect, it } from 'vitest';
import { createStyle } from '#src/bots/terminal/style.js';
import { feedsTable } from '#src/ops/feeds-table.js';
import type { FeedHealth } from '#src/ops/news.js';

const NOW = new Date('2023-12-19T15:00:00.000Z');
const style = createStyle({ isTTY: false, columns: 80 }, { noColor: true });
const aFeed = (parts: Partial<FeedHealth> = {}): FeedHealth => ({
  url: 'https://www.example.org/rss.xml',
  pages: 'follow',
  isConfigured: true,
  condition: 'ok',
  failures: 0,
  isMarked: false,
  lastSuccessAt: '2023-12-19T14:48:00.000Z',
  newestEntryAt: '2023-12-19T12:00:00.000Z',
  nextPollAt: '2023-12-19T15:09:00.000Z',
  ...parts,
});

it('says in one line how a feed is', () => {
  const [head, line, summary] = feedsTable([aFeed({ publisher: 'The Example' })], NOW, style).split('\n');

  expect(head).toBe('  feed                             last read     newest        next');
  expect(line).toBe('✓ The Example                      12 min ago    3 h ago       in 9 min');
  expect(summary).toBe('1 feed: 1 fine');
});

it('puts what is wrong under the feed that it is wrong with, and counts', () => {
  const text = feedsTable(
    [
      aFeed({
        condition: 'failing',
        failingSince: '2023-12-16T10:00:00.000Z',
        error: 'x answered 500',
        isMarked: true,
      }),
      aFeed({ condition: 'gone', error: 'x is gone for good', nextPollAt: undefined }),
      aFeed({ condition: 'new', lastSuccessAt: undefined, newestEntryAt: undefined, nextPollAt: undefined }),
      aFeed({ movedTo: 'https://example.org/new' }),
    ],
    NOW,
    style,
  );

  expect(text).toContain('  └ fails since 2023-12-16 10:00 UTC: x answered 500\n');
  expect(text).toMatch(/✗ example.org\/rss.xml .* never\n {2}└ x is gone for good\n/);
  expect(text).toMatch(/· example.org\/rss.xml +never +– +now\n/);
  expect(text).toContain('└ moved to https://example.org/new');
  expect(text).toContain('4 feeds: 1 fine, 1 never read yet, 1 failing, 1 gone for good');
});

it('keeps its columns with long names, and shows no control characters', () => {
  const text = feedsTable(
    [aFeed({ title: `${'Long '.repeat(20)}\u001b[31m`, pages: 'feed-only' })],
    NOW,
    style,
  );

  expect(text).toMatch(/✓ Long Long Long Lon… \(feed only\) {2,}12 min ago/);
  expect(text).not.toContain('\u001b');
});

it('says what to do when no feed is followed', () => {
  expect(feedsTable([], NOW, style)).toContain('third-umpire feeds add URL');
});
