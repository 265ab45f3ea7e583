import { expect, it } from 'vitest';
import { dueAfter, nextDue } from '#src/digests/due.js';

const DAILY = [1, 2, 3, 4, 5, 6, 7];

it.each([
  ['a plain day', '08:00', 'Asia/Kolkata', '2023-12-19', '2023-12-19T02:30:00.000Z'],
  ['a gap, which moves forward', '02:30', 'Europe/Berlin', '2024-03-31', '2024-03-31T01:30:00.000Z'],
  ['an overlap, taken the first time', '02:30', 'Europe/Berlin', '2024-10-27', '2024-10-27T00:30:00.000Z'],
  ['a gap at midnight', '00:30', 'Africa/Cairo', '2024-04-26', '2024-04-25T22:30:00.000Z'],
  ['a gap of half an hour', '02:15', 'Australia/Lord_Howe', '2024-10-06', '2024-10-05T15:45:00.000Z'],
  ['the southern overlap', '02:30', 'Pacific/Auckland', '2024-04-07', '2024-04-06T13:30:00.000Z'],
])('knows when %s is due', (_, time, zone, date, dueAt) => {
  const dayBefore = new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

  expect(dueAfter({ time, zone, days: DAILY }, dayBefore)).toEqual({ localDate: date, dueAt });
});

it('leaves out a date that a zone left out', () => {
  expect(dueAfter({ time: '08:00', zone: 'Pacific/Apia', days: DAILY }, '2011-12-29')).toEqual({
    localDate: '2011-12-31',
    dueAt: '2011-12-30T18:00:00.000Z',
  });
});

it('keeps to the chosen weekdays', () => {
  const schedule = { time: '08:00', zone: 'UTC', days: [1, 5] };

  expect(nextDue(schedule, new Date('2023-12-19T09:00:00Z')).localDate).toBe('2023-12-22');
  expect(nextDue(schedule, new Date('2023-12-22T08:00:00Z')).localDate).toBe('2023-12-25');
});

it('takes the first moment that is later, on whatever day it is here', () => {
  const schedule = { time: '00:05', zone: 'Pacific/Kiritimati', days: DAILY };

  expect(nextDue(schedule, new Date('2023-12-19T10:04:59Z'))).toEqual({
    localDate: '2023-12-20',
    dueAt: '2023-12-19T10:05:00.000Z',
  });
  expect(nextDue(schedule, new Date('2023-12-19T10:05:00Z')).localDate).toBe('2023-12-21');
});
