import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseYaml } from '#src/config-file.js';

const schema = z.strictObject({
  level: z.enum(['low', 'high']),
  feeds: z.strictObject({
    count: z.number().int().min(1).max(9),
    hosts: z.array(z.string()),
    hub: z.url({ protocol: /^https?$/ }),
  }),
});

const DEFAULTS = {
  file: 'default.yaml',
  text: `# Comment
level: low
feeds:
  count: 4
  hosts: [a, b]
  hub: https://example.com
`,
};

const over = (text: string) => parseYaml([DEFAULTS, { file: 'own.yaml', text }], schema);

it('lays a file over another key by key; a list replaces a list', () => {
  expect(over('feeds:\n  hosts: [c]\n')).toEqual({
    level: 'low',
    feeds: { count: 4, hosts: ['c'], hub: 'https://example.com' },
  });
});

it.each(['', '# nothing yet\n', '---\n'])('takes an empty file (%j) for no change', (text) => {
  expect(over(text).feeds.count).toBe(4);
});

it.each([
  [
    'too large',
    'level: high\nfeeds:\n  count: 10\n',
    'own.yaml:3  feeds.count: 10 is not allowed (allowed: 9 or less)',
  ],
  ['too small', 'feeds:\n\n  count: 0\n', 'own.yaml:3  feeds.count: 0 is not allowed (allowed: 1 or more)'],
  [
    'no whole number',
    'feeds: { count: 1.5 }',
    'own.yaml:1  feeds.count: 1.5 is not allowed (allowed: a whole number)',
  ],
  [
    'of another kind',
    'feeds:\n  count: many',
    'own.yaml:2  feeds.count: "many" is not allowed (allowed: a number)',
  ],
  ['none of the words', 'level: middle', 'own.yaml:1  level: "middle" is not allowed (allowed: low, high)'],
  [
    'no address',
    'feeds:\n  hub: ftp://example.com',
    'own.yaml:2  feeds.hub: "ftp://example.com" is not allowed (allowed: an http or https address)',
  ],
  [
    'in a list',
    'feeds:\n  hosts:\n    - a\n    - 7\n',
    'own.yaml:4  feeds.hosts.1: 7 is not allowed (allowed: a string)',
  ],
  ['a whole block', 'feeds: none', 'own.yaml:1  feeds: "none" is not allowed (allowed: a object)'],
  ['emptied', 'feeds:\n', 'own.yaml:1  feeds: null is not allowed (allowed: a object)'],
  [
    'unknown',
    'feeds:\n  count: 2\n  cuont: 3\n',
    'own.yaml:3  feeds.cuont: no such setting (beside it: count, hosts, hub)',
  ],
  ['unknown at the top', 'levle: high', 'own.yaml:1  levle: no such setting (beside it: level, feeds)'],
])('names file, line and key of a value that is %s', (_, text, message) => {
  expect(() => over(text)).toThrowError(expect.objectContaining({ code: 'config_invalid', message }));
});

it('points at the file that holds the wrong value', () => {
  const files = [
    { file: 'default.yaml', text: DEFAULTS.text.replace('count: 4', 'count: 40') },
    { file: 'own.yaml', text: 'level: high' },
  ];

  expect(() => parseYaml(files, schema)).toThrowError(/^default\.yaml:4 {2}feeds\.count/);
});

it('says what is missing, and where it belongs', () => {
  const files = [
    { file: 'feeds.yaml', text: 'level: low\nfeeds:\n  hosts: []\n  hub: https://example.com\n' },
  ];

  expect(() => parseYaml(files, schema)).toThrowError(
    /^feeds\.yaml:3 {2}feeds\.count: is missing \(allowed: a number\)$/,
  );
});

it.each([
  ['a broken line', 'level: low\nfeeds: {\n', 'own.yaml:'],
  ['the same key twice', 'level: low\nlevel: high\n', 'own.yaml:2  not valid YAML'],
])('names the line of %s', (_, text, start) => {
  expect(() => over(text)).toThrowError(
    expect.objectContaining({ code: 'config_invalid', message: expect.stringContaining(start) }),
  );
  expect(() => over(text)).toThrowError(/^[^\n]+$/);
});

it('is not fooled by keys that every object has', () => {
  expect(() => over('constructor: 1\n')).toThrowError(/constructor: no such setting/);
});
