import { expect, it } from 'vitest';
import { changesOf, placeOf } from '#src/ops/commands/subscription-options.js';

it.each([
  ['slack:C01', { platform: 'slack', tenant: '', channel: 'C01' }],
  ['slack:T01/C01', { platform: 'slack', tenant: 'T01', channel: 'C01' }],
  ['discord:12/34', { platform: 'discord', tenant: '12', channel: '34' }],
  ['web:console', { platform: 'web', tenant: '', channel: 'console' }],
])('reads %s as a channel', (text, place) => {
  expect(placeOf(text)).toEqual(place);
});

it.each(['C01', 'irc:C01', 'slack:', 'slack:a/b/c', 'slack:#general', `slack:${'C'.repeat(33)}`])(
  'refuses "%s" as a channel',
  (text) => {
    expect(() => placeOf(text)).toThrow(/is no channel \(allowed: slack:CHANNEL/);
  },
);

it('reads settings as the chat does', () => {
  const options = { time: '8:30pm', days: 'Sunday,wed', length: '5', language: 'FR', breaking: 'off' };

  expect(changesOf(options)).toMatchObject({
    time: '20:30',
    days: [3, 7],
    length: 5,
    language: 'fr',
    breaking: 0,
  });
  expect(changesOf({ days: 'all' }).days).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(changesOf({ days: 'fri-mon' }).days).toEqual([1, 5, 6, 7]);
});

it.each([
  [{ time: '24:00' }, '--time: "24:00"'],
  [{ length: '31' }, '--length: "31"'],
  [{ length: '2.5' }, '--length: "2.5"'],
  [{ language: 'english' }, '--language: "english"'],
  [{ days: 'someday' }, '--days: "someday"'],
  [{ breaking: '11' }, '--breaking: "11"'],
])('refuses %j', (options, place) => {
  expect(() => changesOf(options)).toThrow(place);
});

it('leaves open what is not said', () => {
  expect(Object.values(changesOf({})).every((value) => value === undefined)).toBe(true);
  expect(changesOf({ follow: ['India,IPL', 'women'] }).follow).toEqual(['India', 'IPL', 'women']);
});
