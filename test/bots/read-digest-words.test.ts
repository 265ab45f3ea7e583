import { expect, it } from 'vitest';
import { readDays, readDigestWords, readLanguage } from '#src/bots/read-digest-words.js';

it('reads words in any order, and takes the rest for a zone', () => {
  expect(readDigestWords('8:30am London weekdays 5 stories hide results language fr')).toEqual({
    time: '08:30',
    days: [1, 2, 3, 4, 5],
    length: 5,
    spoilers: 'hide',
    language: 'fr',
    zone: 'London',
  });
});

it.each([
  ['breaking on', 'on'],
  ['breaking news', 'on'],
  ['breaking: off', 0],
  ['breaking stories 5', 5],
])('reads "%s"', (words, breaking) => {
  expect(readDigestWords(words)).toEqual({ breaking });
  expect(readDigestWords(`8:30 ${words} London`)).toEqual({ breaking, time: '08:30', zone: 'London' });
});

it('leaves the time behind "breaking" a time, and refuses twenty a day', () => {
  expect(readDigestWords('breaking 8:30')).toEqual({ breaking: 'on', time: '08:30' });
  expect(readDigestWords('breaking 8am')).toEqual({ breaking: 'on', time: '08:00' });
  expect(() => readDigestWords('breaking 20')).toThrow('1 to 10');
});

it('takes names of every object for words', () => {
  expect(readDigestWords('constructor')).toEqual({ zone: 'constructor' });
  expect(() => readDays('constructor')).toThrow('names no days');
});

it('refuses a language that nobody writes here', () => {
  expect(readLanguage('DE')).toBe('de');
  expect(() => readLanguage('xx')).toThrow('allowed: en, fr, it, de, es');
});
