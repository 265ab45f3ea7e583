import { expect, it } from 'vitest';
import type { Citation } from '#src/domain.js';
import { type FeedHealth, warningsOf } from '#src/rag/answer/freshness.js';
import { aQuery } from '../../helpers/builders.js';

const now = new Date('2023-12-19T15:00:00Z');

function warnings(parts: {
  latest?: 'said' | 'implied';
  from?: string;
  cited?: string;
  feed?: Partial<FeedHealth>;
}) {
  const { cited, feed, from, latest } = parts;
  const windows = from ? [{ from, to: now.toISOString() }] : [];
  const citation: Citation = {
    n: 1,
    url: 'https://www.example.com/a',
    title: '',
    publisher: 'The Example',
    publishedAt: cited ?? '',
    quote: '',
  };
  const feeds = feed ? [{ url: 'https://feeds.example.com/rss', isRetired: false, ...feed }] : [];
  return warningsOf(aQuery({ latest, windows }), cited ? [citation] : [], feeds, now);
}

it.each([
  ['the latest, three days later', { latest: 'said', cited: '2023-12-16T14:00:00Z' }, '3 days old (16 Dec)'],
  [
    'the present, a month later',
    { latest: 'implied', cited: '2023-11-19T15:00:00Z' },
    '4 weeks old (19 Nov)',
  ],
  [
    'today, from before',
    { from: '2023-12-19T00:00:00Z', cited: '2023-12-17T23:00:00Z' },
    '1 day old (17 Dec)',
  ],
  [
    'the present, a year later',
    { latest: 'implied', cited: '2022-12-01T00:00:00Z' },
    '12 months old (1 Dec 2022)',
  ],
] as const)('warns of %s', (_, parts, age) => {
  expect(warnings(parts)).toEqual([`Old evidence: the newest source is ${age}.`]);
});

it.each([
  ['a question of history', { cited: '2013-01-01T00:00:00Z' }],
  ['the latest of today', { latest: 'said', cited: '2023-12-19T09:00:00Z' }],
  ['the present of last week', { latest: 'implied', cited: '2023-12-12T09:00:00Z' }],
] as const)('says nothing on %s', (_, parts) => {
  expect(warnings(parts)).toEqual([]);
});

it.each([
  [
    'is down since the day before',
    { failingSince: '2023-12-18T14:00:00Z' },
    ['Old evidence: the feed of https://feeds.example.com/rss has failed since 18 Dec.'],
  ],
  ['has failed for an hour', { failingSince: '2023-12-19T14:00:00Z' }, []],
  [
    'is gone for good',
    { title: 'The Example', isRetired: true, failingSince: '2023-12-19T14:00:00Z' },
    ['Old evidence: the feed of The Example has failed since 19 Dec.'],
  ],
  ['is down and of another site', { url: 'https://other.org/rss', failingSince: '2023-12-01T14:00:00Z' }, []],
  [
    'was not read of late',
    { lastSuccessAt: '2023-12-17T14:00:00Z' },
    ['Old evidence: no feed was read since 17 Dec.'],
  ],
  ['was read in the hour', { lastSuccessAt: '2023-12-19T14:30:00Z' }, []],
])('tells of a feed that %s, when it is asked about now', (_, feed, expected) => {
  expect(warnings({ latest: 'said', cited: '2023-12-19T09:00:00Z', feed })).toEqual(expected);
  expect(warnings({ cited: '2023-12-19T09:00:00Z', feed })).toEqual([]);
});
