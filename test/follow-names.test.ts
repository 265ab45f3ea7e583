import { expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import { followingOf } from '#src/follow-names.js';

const names = loadCricketNames();

it('reads names as people write them', () => {
  expect(followingOf(['india', 'IPL', 'White Ferns', 'T20I', 'RCB', 'India'], names)).toEqual({
    teams: ['India', 'New Zealand', 'Royal Challengers Bengaluru'],
    leagues: ['Indian Premier League'],
    formats: ['T20I'],
    sides: ['women'],
  });
});

it('knows everything, and sides alone', () => {
  expect(followingOf(['all'], names)).toEqual({ teams: [], leagues: [], formats: [], sides: [] });
  expect(followingOf(['women', 'under-19'], names).sides).toEqual(['under-19', 'women']);
});

it('is the same in any order', () => {
  expect(followingOf(['Australia', 'India'], names)).toEqual(followingOf(['India', 'Australia'], names));
});

it.each([
  ['Indai', /^"Indai" is no team, .*\(nearest: India\)/],
  ['Lord of the Rings', /^"Lord of the Rings" is no team/],
  ['India and Australia', /is no team/],
  ['constructor', /is no team/],
])('says of "%s" what is near', (word, line) => {
  expect(() => followingOf([word], names)).toThrow(line);
});
