import { expect, it } from 'vitest';
import { createNameFinder, equivalentsOf } from '#src/rag/names.js';

const findNames = createNameFinder(
  [
    { name: 'Royal Challengers Bengaluru', aliases: ['RCB', 'Royals', 'Challengers'] },
    { name: 'Rajasthan Royals', aliases: ['RR', 'Royals'] },
    { name: 'West Indies', aliases: ['Windies', 'WI', 'the Maroon Men'] },
    { name: 'India', aliases: ['IND', 'Men in Blue'] },
    { name: 'West', aliases: [] },
    { name: 'Tasmania', aliases: ['TAS'] },
  ],
  ['TAS'],
);

it.each([
  ['an alias', 'Did RCB win?', [{ said: 'RCB', name: 'Royal Challengers Bengaluru' }]],
  ['any case', 'did rcb win?', [{ said: 'rcb', name: 'Royal Challengers Bengaluru' }]],
  ['a possessive', "RCB's captain", [{ said: 'RCB', name: 'Royal Challengers Bengaluru' }]],
  ['a curly possessive', 'RCB’s captain', [{ said: 'RCB', name: 'Royal Challengers Bengaluru' }]],
  ['the name itself', 'west indies lost', [{ said: 'west indies', name: 'West Indies' }]],
  ['several words', 'the Men in Blue lost', [{ said: 'Men in Blue', name: 'India' }]],
  [
    'a name beside its own part',
    'West and West Indies',
    [
      { said: 'West', name: 'West' },
      { said: 'West Indies', name: 'West Indies' },
    ],
  ],
  ['no part of a word', 'The winding road to windows', []],
  ['no word of several names', 'Will the Royals win?', []],
  ['nothing in nothing', '', []],
])('finds %s', (_, text, found) => {
  expect(findNames(text)).toEqual(found);
});

it('takes a short form that is also a word only in capitals', () => {
  expect(findNames('What did TAS do?')).toEqual([{ said: 'TAS', name: 'Tasmania' }]);
  expect(findNames('What did Tas do?')).toEqual([]);
  expect(findNames('WHAT DID TAS DO?')).toEqual([]);
});

it('lets a name beat an alias of another', () => {
  const find = createNameFinder(
    [
      { name: 'Titans', aliases: [] },
      { name: 'Gujarat Titans', aliases: ['Titans'] },
    ],
    [],
  );

  expect(find('Titans won')).toEqual([{ said: 'Titans', name: 'Titans' }]);
});

it('tells which stems mean the same, but not that a stem means itself', () => {
  const equivalents = equivalentsOf([
    { said: 'RCB', name: 'Royal Challengers Bengaluru' },
    { said: 'Challengers', name: 'Royal Challengers Bengaluru' },
  ]);

  expect([...equivalents]).toEqual([['rcb', ['royal', 'challeng', 'bengaluru']]]);
});
