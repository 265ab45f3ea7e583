import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import { createNameFinder } from '#src/rag/understand/names.js';
import { tempFolder } from './helpers/temp-folder.js';

const lists = loadCricketNames();
const { capitalsOnly, names } = lists;
const findNames = createNameFinder(lists);
const found = (text: string) => findNames(text).map(({ name }) => name);

it.each([
  ['Did RCB beat CSK?', ['Royal Challengers Bengaluru', 'Chennai Super Kings']],
  ['How did the Windies bat?', ['West Indies']],
  ['the australians won', ['Australia']],
  ['Who will WI pick?', ['West Indies']],
  ['Is there a way up?', []],
])('knows whom %j is about', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

it.each([
  ['who captains the White Ferns', [['New Zealand', 'women']]],
  ['india women v england', [['India'], ['women', 'women'], ['England']]],
  ['is the WPL auction today', [["Women's Premier League", 'women']]],
  ['U19 world cup winners', [['Under-19 World Cup', 'under-19']]],
  ['what did MI do in the SA20', [['MI Cape Town'], ['SA20']]],
  ['what did MI do', [['Mumbai Indians']]],
  ['MI in the WPL', [['Mumbai Indians'], ["Women's Premier League", 'women']]],
  ['Royals v Capitals in the IPL', [['Rajasthan Royals'], ['Delhi Capitals'], ['Indian Premier League']]],
  ['a Test in Mumbai', [['Test']]],
  ['kolkata need a bowler', [['Kolkata Knight Riders']]],
  ['his hundred at the Gabba', [['The Gabba']]],
  ['who won the Hundred', [['The Hundred']]],
  ['two World Cups', [['World Cup']]],
  [
    'INDW vs AUSW fixtures',
    [
      ['India', 'women'],
      ['Australia', 'women'],
    ],
  ],
  [
    'ENG-W v NZ-W',
    [
      ['England', 'women'],
      ['New Zealand', 'women'],
    ],
  ],
  [
    'INDU19 v PAKU19',
    [
      ['India', 'under-19'],
      ['Pakistan', 'under-19'],
    ],
  ],
  ['the RCBW captain', [['Royal Challengers Bengaluru', 'women']]],
  ['how many have they lost in Oz', [['Australia']]],
  ['the junior asia cup', [['Under-19 Asia Cup', 'under-19']]],
  ['who coaches the one day side', [['ODI']]],
  ["the women's under-19 world cup", [['Under-19 World Cup', 'under-19']]],
  ['Anderson–Tendulkar Trophy', [['Anderson-Tendulkar Trophy']]],
  ['at the Kotla in the BG Trophy', [['Arun Jaitley Stadium'], ['Border-Gavaskar Trophy']]],
  ['is KP there', [['Kevin Pietersen']]],
  ['is kp there', []],
  ['the IPL2024 auction', [['Indian Premier League']]],
  ['who won the BGT at the SCG', [['Border-Gavaskar Trophy'], ['Sydney Cricket Ground']]],
])('knows which names and sides %j holds', (text, expected) => {
  const names = findNames(text).filter(({ kind }) => kind !== 'word');

  expect(names.map(({ name, side }) => (side ? [name, side] : [name]))).toEqual(expected);
});

it('reads every list of the file', () => {
  expect(names.length).toBeGreaterThan(100);
  expect(
    names.every(({ aliases, name }) => name.length > 1 && aliases.every((alias) => alias.length > 1)),
  ).toBe(true);
  expect(capitalsOnly.length).toBeGreaterThan(10);
});

it('reads all sorts of other words for a team', () => {
  const file = path.join(tempFolder(), 'cricket.yaml');
  const team =
    '{ name: Coast, short: [CST], aliases: [Waves], women: [Gulls], under19: [Chicks], demonyms: [Coasters] }';
  const lists = ['clubs', 'leagues', 'formats', 'trophies', 'grounds']
    .map((list) => `${list}: []\n`)
    .join('');
  writeFileSync(file, `teams:\n  - ${team}\n${lists}`);

  expect(loadCricketNames(file)).toEqual({
    names: [
      {
        kind: 'team',
        name: 'Coast',
        aliases: ['CST', 'Waves'],
        people: ['Coasters'],
        sides: { women: ['Gulls', 'CSTW', 'CST-W', 'CST W', 'CSTWMN'], 'under-19': ['Chicks'] },
      },
    ],
    capitalsOnly: [],
    capitalisedOnly: [],
  });
});

it('names the line of a team without a name', () => {
  const file = path.join(tempFolder(), 'cricket.yaml');
  writeFileSync(
    file,
    'teams:\n  - short: [CST]\nclubs: []\nleagues: []\nformats: []\ntrophies: []\ngrounds: []\n',
  );

  expect(() => loadCricketNames(file)).toThrowError(/cricket\.yaml:2 {2}teams\.0\.name: is missing/);
});
