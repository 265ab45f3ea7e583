import { expect, it } from 'vitest';
import { changesOf, daysOf, daysText, placeOf } from '#src/ops/commands/subscription-options.js';

it.each([
  ['slack:C01', { platform: 'slack', tenant: '', channel: 'C01' }],
  ['slack:T01/C01', { platform: 'slack', tenant: 'T01', channel: 'C01' }],
  ['discord:12/34', { platform: 'discord', tenant: '12', channel: '34' }],
])('reads %s as a channel', (text, place) => {
  expect(placeOf(text)).toEqual(place);
});

it.each(['C01', 'irc:C01', 'slack:', 'slack:a/b/c', 'slack:#general', `slack:${'C'.repeat(33)}`])(
  'refuses "%s" as a channel',
  (text) => {
    expect(() => placeOf(text)).toThrow(/is no channel \(allowed: slack:CHANNEL/);
  },
);

it.each([
  ['all', [1, 2, 3, 4, 5, 6, 7], 'every day'],
  ['mon-fri', [1, 2, 3, 4, 5], 'mon-fri'],
  ['Sunday,wed', [3, 7], 'wed,sun'],
  ['sat', [6], 'sat'],
])('reads the days %s', (text, days, shown) => {
  expect(daysOf(text)).toEqual(days);
  expect(daysText(days)).toBe(shown);
});

it.each([
  [{ time: '8am' }, '--time 8am'],
  [{ time: '24:00' }, '--time 24:00'],
  [{ length: '31' }, '--length 31'],
  [{ length: '2.5' }, '--length 2.5'],
  [{ language: 'english' }, '--language english'],
  [{ days: 'fri-mon' }, '--days fri-mon'],
  [{ days: 'someday' }, '--days someday'],
])('refuses %j', (options, place) => {
  expect(() => changesOf(options)).toThrow(place);
});

it('leaves open what is not said', () => {
  expect(Object.values(changesOf({})).every((value) => value === undefined)).toBe(true);
  expect(changesOf({ follow: ['India,IPL', 'women'] }).follow).toEqual(['India', 'IPL', 'women']);
});
