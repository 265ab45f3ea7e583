import { expect, it } from 'vitest';
import { type Choosable, chooseMember } from '#src/rag/adapters/pool/choose-member.js';

const aMember = (name: string, taken: number, places = 4): Choosable => ({
  name,
  places: () => places,
  taken: () => taken,
});
const none = new Set<Choosable>();
const chosen = (members: Choosable[], wish: Partial<Parameters<typeof chooseMember>[1]> = {}) =>
  chooseMember(members, { thread: 't', tried: none, ...wish })?.name;

it('takes the one with the smallest share of its places taken', () => {
  expect(chosen([aMember('a', 2), aMember('b', 1), aMember('c', 3)])).toBe('b');
  expect(chosen([aMember('small', 1, 2), aMember('big', 4, 16)])).toBe('big');
});

it('passes over those without a free place, and finds none where all are full', () => {
  expect(chosen([aMember('full', 1, 1), aMember('away', 0, 0), aMember('b', 3)])).toBe('b');
  expect(chosen([aMember('full', 4), aMember('away', 0, 0)])).toBeUndefined();
});

it('stays at the server of the thread while that one is not busier than the others', () => {
  const even = [aMember('a', 1), aMember('b', 1), aMember('c', 1)];
  expect(['a', 'b', 'c'].map((last) => chosen(even, { last }))).toEqual(['a', 'b', 'c']);
  expect(chosen([aMember('a', 2), aMember('b', 1)], { last: 'a' })).toBe('b');
});

it('takes one that has failed with the question only when no other has room', () => {
  const failed = aMember('failed', 0);
  expect(chosen([failed, aMember('b', 3)], { tried: new Set([failed]) })).toBe('b');
  expect(chosen([failed, aMember('full', 4)], { tried: new Set([failed]) })).toBe('failed');
});

it('gives new threads homes that every replica finds, spread evenly', () => {
  const members = [aMember('a', 0), aMember('b', 0), aMember('c', 0)];
  const threads = Array.from({ length: 600 }, (_, i) => `thread ${i}`);
  const homes = threads.map((thread) => chosen(members, { thread }));
  const elsewhere = threads.map((thread) => chosen(members.toReversed(), { thread }));

  expect(elsewhere).toEqual(homes);
  for (const { name } of members) {
    expect(homes.filter((home) => home === name).length).toBeGreaterThan(150);
  }
});

it('moves only the threads of a server that is lost', () => {
  const [a, b, c] = [aMember('a', 0), aMember('b', 0), aMember('c', 0)] as const;
  const threads = Array.from({ length: 100 }, (_, i) => `thread ${i}`);

  const moved = threads.filter((thread) => chosen([a, b, c], { thread }) !== chosen([a, b], { thread }));

  expect(moved).toEqual(threads.filter((thread) => chosen([a, b, c], { thread }) === 'c'));
});
