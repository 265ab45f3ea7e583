import { expect, it } from 'vitest';
import { timeSense } from '#src/rag/understand/times.js';

/** A Tuesday. */
const NOW = new Date('2023-12-19T15:05:00Z');
const short = (iso: string) => iso.slice(0, 16).replace('T00:00', '');

it.each([
  ['who won yesterday?', '2023-12-18 2023-12-19'],
  ['who won today', '2023-12-19 2023-12-20'],
  ['yesterdays news', '2023-12-18 2023-12-19'],
  ['fridays match', '2023-12-15 2023-12-16'],
  ['last Friday', '2023-12-15 2023-12-16'],
  ['what did Lyon do last night', '2023-12-18T18:00 2023-12-19T06:00'],
  ['results this week', '2023-12-18 2023-12-19T15:05'],
  ['results last week', '2023-12-11 2023-12-18'],
  ['who scored at the weekend?', '2023-12-16 2023-12-18'],
  ['who won on Sunday?', '2023-12-17 2023-12-18'],
  ['who won on Friday?', '2023-12-15 2023-12-16'],
  ['wickets since Friday', '2023-12-15 2023-12-19T15:05'],
  ['wickets since last week', '2023-12-11 2023-12-19T15:05'],
  ['what happened on 14 December', '2023-12-14 2023-12-15'],
  ['what happened on December 14th, 2022?', '2022-12-14 2022-12-15'],
  ['matches in December', '2023-12-01 2024-01-01'],
  ['matches in March', '2023-03-01 2023-04-01'],
  ['who was signed last month?', '2023-11-01 2023-12-01'],
  ['the past three days of cricket', '2023-12-16 2023-12-19T15:05'],
  ['what happened 3-5 December 2023', '2023-12-03 2023-12-06'],
  ['who won the toss this afternoon', '2023-12-19 2023-12-20'],
  ['who won yesterday evening?', '2023-12-18 2023-12-19'],
  ['where do they play tonight', '2023-12-19 2023-12-20'],
  ['who won three days ago?', '2023-12-16 2023-12-17'],
  ['who won last season?', '2022-01-01 2023-01-01'],
  ['who won on Boxing Day?', '2023-12-26 2023-12-27'],
  ["what happened on New Year's Day", '2024-01-01 2024-01-02'],
  ['results earlier this month', '2023-12-01 2023-12-19T15:05'],
  ['what is on at Quayside from Thursday', '2023-12-21 2023-12-22'],
  ['who will play on Sunday?', '2023-12-24 2023-12-25'],
  ['where are they playing on Thursday?', '2023-12-21 2023-12-22'],
  ['who is in the series that begins on 25 January', '2024-01-25 2024-01-26'],
  ['the hosts next June', '2024-06-01 2024-07-01'],
  ['when in December does it start', '2023-12-01 2024-01-01'],
  ['Are they playing on 19 December?', '2023-12-19 2023-12-20'],
  ['What happened on 10 December when he was due back?', '2023-12-10 2023-12-11'],
  ['who won the match in June when he was due back?', '2023-06-01 2023-07-01'],
  ['this weekends final', '2023-12-16 2023-12-18'],
  ['paarl on thursday, whats on', '2023-12-21 2023-12-22'],
  ['matches next week', '2023-12-25 2024-01-01'],
  ['the past week of cricket', '2023-12-12 2023-12-19T15:05'],
  ['news of the last 24 hours', '2023-12-18T15:05 2023-12-19T15:05'],
])('takes %j for %s', (text, expected) => {
  const { windows } = timeSense(text, NOW);

  expect(windows.map(({ from, to }) => `${short(from)} ${short(to)}`)).toEqual([expected]);
});

it('looks at both Mondays when the last one was this week', () => {
  const { windows } = timeSense('the squad announcement last Monday', NOW);

  expect(windows.map(({ from }) => short(from))).toEqual(['2023-12-18', '2023-12-11']);
});

it('keeps two named days apart, in the order of the question', () => {
  const { windows } = timeSense('Did the report of October 7th agree with that of November 2nd?', NOW);

  expect(windows.map(({ from }) => short(from))).toEqual(['2023-10-07', '2023-11-02']);
});

it.each([
  'How many runs did Root make?',
  'Who took 5 for 43?',
  'how many wickets has he now',
  'who captains them now that she is gone?',
  'Where are they right now?',
  'Who is Shreyas Iyer?',
  'Did he bat at 4?',
  'What is 20 overs cricket?',
])('sees no time in %j', (text) => {
  expect(timeSense(text, NOW).windows).toEqual([]);
});

it.each([
  ['what is the latest on Stokes?', 'said'],
  ['is Lyon still injured', 'said'],
  ['Is Agassi in the tournament?', 'implied'],
  ['How long is his ban?', 'implied'],
  ['who will captain Mumbai', 'implied'],
  ['live score ind vs sa', 'said'],
  ['series score as it stands', 'said'],
  ['auction live stream which app', undefined],
  ['who won the toss', undefined],
  ['Who is the player with the most wickets ever?', undefined],
  ['What is his role in the IPL?', undefined],
])('knows whether %j is about now: %s', (text, expected) => {
  expect(timeSense(text, NOW).latest).toBe(expected);
});

it('reads no more stretches than anybody asks about', () => {
  expect(timeSense('yesterday '.repeat(200), NOW).windows).toHaveLength(8);
});

it.each(['on 31 February 2023', 'at 25:61', '10000000000 days ago', 'in 5000 years', '30/02/2023'])(
  'makes nothing of %j',
  (text) => {
    expect(timeSense(text, NOW).windows).toEqual([]);
  },
);
