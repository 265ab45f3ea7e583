import { expect, it } from 'vitest';
import { followedIn } from '#src/digests/follow.js';

const ALL = { teams: [], leagues: [], formats: [], sides: [] };
const india = { kind: 'team', name: 'India', said: 'India' };
const test = { kind: 'format', name: 'Test', said: 'Test' };

it('lets everything through where nothing is chosen', () => {
  expect(followedIn([], [], ALL)).toBe(1);
});

it('adds teams and leagues up', () => {
  const following = { ...ALL, teams: ['India'], leagues: ['Big Bash League'] };

  expect(followedIn([india], [], following)).toBe(1);
  expect(followedIn([{ kind: 'team', name: 'Ireland', said: 'Ireland' }], [], following)).toBe(0);
});

it('narrows by format only where a format is named', () => {
  const following = { ...ALL, formats: ['T20 International'] };

  expect(followedIn([india], [], following)).toBe(1);
  expect(followedIn([india, test], [], following)).toBe(0);
});

it('takes what names no side for the men', () => {
  expect(followedIn([india], [], { ...ALL, sides: ['men'] })).toBe(1);
  expect(followedIn([india], ['women'], { ...ALL, sides: ['men'] })).toBe(0);
  expect(followedIn([{ ...india, side: 'women' }], [], { ...ALL, sides: ['women'] })).toBe(1);
});
