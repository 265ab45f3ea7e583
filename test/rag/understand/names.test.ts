import { expect, it } from 'vitest';
import { createNameFinder, equivalentsOf, type FoundName, type Name } from '#src/rag/understand/names.js';

const aName = (name: string, aliases: string[], parts: Partial<Name> = {}): Name => ({
  kind: 'club',
  name,
  aliases,
  ...parts,
});
const brief = (found: FoundName[]) => found.map(({ name, said }) => ({ said, name }));
const finderOf = (names: Name[], capitalsOnly: string[] = [], capitalisedOnly: string[] = []) =>
  createNameFinder({ names, capitalsOnly, capitalisedOnly });
const findNames = finderOf(
  [
    aName('Royal Challengers Bengaluru', ['RCB', 'Royals', 'Challengers']),
    aName('Rajasthan Royals', ['RR', 'Royals']),
    aName('West Indies', ['Windies', 'WI', 'the Maroon Men']),
    aName('India', ['IND', 'Men in Blue']),
    aName('West', []),
    aName('Tasmania', ['TAS']),
  ],
  ['TAS'],
);

it.each([
  ['an alias', 'Did RCB win?', [{ said: 'RCB', name: 'Royal Challengers Bengaluru' }]],
  ['any case', 'did rcb win?', [{ said: 'rcb', name: 'Royal Challengers Bengaluru' }]],
  ['a possessive', "RCB's captain", [{ said: 'RCB', name: 'Royal Challengers Bengaluru' }]],
  ['a possessive typed in haste', 'indias captain', [{ said: 'indias', name: 'India' }]],
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
  ['nothing in nothing', '', []],
])('finds %s', (_, text, found) => {
  expect(brief(findNames(text))).toEqual(found);
});

it('takes a short form that is also a word only in capitals', () => {
  expect(brief(findNames('What did TAS do?'))).toEqual([{ said: 'TAS', name: 'Tasmania' }]);
  expect(findNames('What did Tas do?')).toEqual([]);
  expect(findNames('WHAT DID TAS DO?')).toEqual([]);
});

it('lets a name beat an alias of another', () => {
  const find = finderOf([aName('Titans', []), aName('Gujarat Titans', ['Titans'])]);

  expect(brief(find('Titans won'))).toEqual([{ said: 'Titans', name: 'Titans' }]);
});

const LEAGUES = finderOf([
  aName('India', ['Indians'], { kind: 'team', sides: { men: ['Men in Blue'], women: ['Women in Blue'] } }),
  aName('Harbour Royals', ['Royals', 'Harbour'], { context: ['Coast League', 'auction'] }),
  aName('Valley Royals', ['Royals'], { context: ['Valley League'] }),
  aName('Valley Kings', ['Kings'], { context: ['Valley League'] }),
  aName('Valley Queens', ['Harbour'], { only: 'women' }),
  aName('Coast League', ['CL'], { kind: 'league' }),
  aName("Women's Coast League", ['WCL'], { kind: 'league', only: 'women' }),
  aName('Quayside Oval', ['the Quay'], { kind: 'ground', place: 'Port Quay' }),
  aName('women', ["women's"], { kind: 'side' }),
  aName('auction', [], { kind: 'word' }),
]);

it.each([
  ['by a club of one league', 'Will the Royals beat the Kings?', 'Valley Royals'],
  ['by the league', 'Royals in the CL', 'Harbour Royals'],
  ['by a word of the game', 'whom did Royals buy at the auction', 'Harbour Royals'],
  ['by the side', "Harbour's women", 'Valley Queens'],
])('settles a word of several names %s', (_, text, name) => {
  const [found] = LEAGUES(text).filter(({ kind }) => kind === 'club');

  expect(found).toMatchObject({ name, isSupported: true });
  expect(found?.others).toBeUndefined();
});

it('takes the best known of several names when nothing settles it, and says so', () => {
  expect(LEAGUES('Will the Royals win?')).toEqual([
    { kind: 'club', name: 'Harbour Royals', said: 'Royals', isSupported: false, others: ['Valley Royals'] },
  ]);
});

it.each([
  ['what did the Women in Blue do', 'India', 'women'],
  ['who won the WCL', "Women's Coast League", 'women'],
  ["women's cricket", 'women', 'women'],
  ['India', 'India', undefined],
])('tells which side %j means', (text, name, side) => {
  expect(LEAGUES(text)[0]).toMatchObject({ name });
  expect(LEAGUES(text)[0]?.side).toBe(side);
});

it('gives the place of a ground', () => {
  expect(LEAGUES('who won at the Quay?')[0]).toMatchObject({ name: 'Quayside Oval', place: 'Port Quay' });
});

it.each(['under 19', 'Under-19s', 'UNDER–19', 'under-19’s'])('reads %j however it is typed', (text) => {
  const find = finderOf([aName('under-19', ['under-19s'], { kind: 'side' })]);

  expect(brief(find(text)).map(({ name }) => name)).toEqual(['under-19']);
});

it('takes a plain word only with a capital letter', () => {
  const find = finderOf([aName('Harbour Heat', ['Heat'])], [], ['Heat']);

  expect([find('the heat won'), find('The Heat won').length]).toEqual([[], 1]);
});

it('tells which stems mean the same, but not that a stem means itself', () => {
  const equivalents = equivalentsOf([
    { said: 'RCB', name: 'Royal Challengers Bengaluru' },
    { said: 'Challengers', name: 'Royal Challengers Bengaluru' },
  ]);

  expect([...equivalents]).toEqual([['rcb', ['royal', 'challeng', 'bengaluru']]]);
});

it.each([
  ['who knocked the U19s out of the Quay Cup', ['under-19', 'Under-19 Quay Cup']],
  ['who won the Quay Cup', ['Quay Cup']],
  ['who won the Under-19 Quay Cup', ['Under-19 Quay Cup']],
])('takes the competition of the side that is named elsewhere: %j', (text, expected) => {
  const find = finderOf([
    aName('Quay Cup', [], { kind: 'league' }),
    aName('Under-19 Quay Cup', [], { kind: 'league', only: 'under-19' }),
    aName('under-19', ['U19s'], { kind: 'side' }),
  ]);

  const [found, ...others] = find(text).filter(({ kind }) => kind === 'league');
  expect(find(text).map(({ name }) => name)).toEqual(expected);
  expect(others).toEqual([]);
  expect(found?.others).toBeUndefined();
});
