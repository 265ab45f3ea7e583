import { expect, it } from 'vitest';
import { editDistance, nearestStem } from '#src/rag/adapters/nearest-stem.js';

const counts = new Map([
  ['cech', 4],
  ['quaysid', 9],
  ['quill', 7],
  ['quilt', 2],
  ['bengaluru', 3],
  ['2023', 50],
  ['gone', 0],
]);
const countOf = (stem: string) => counts.get(stem) ?? 0;

it.each<[string, string | undefined, string]>([
  ['quil', 'quill', 'a letter left out'],
  ['quilll', 'quill', 'one put in'],
  ['qiull', 'quill', 'two swapped'],
  ['quilk', 'quill', 'one replaced: the more frequent of two'],
  ['quilt', 'quilt', 'a known word stays itself'],
  ['quaysides', 'quaysid', 'its stem'],
  ['bangaloro', undefined, 'four edits'],
  ['bangaluur', 'bengaluru', 'two edits in a long word'],
  ['cehc', 'cech', 'a short word'],
  ['cxyh', undefined, 'two edits in a short word'],
  ['ech', undefined, 'too short to guess'],
  ['2033', undefined, 'a number is never repaired'],
  ['', undefined, 'nothing'],
  ['gone', undefined, 'a stem that no chunk holds any longer'],
])('takes %j for %j (%s)', (word, expected) => {
  expect(nearestStem(word, [...counts.keys()], countOf)).toBe(expected);
});

it.each([
  ['spin', 'spin', 0],
  ['spin', 'spins', 1],
  ['spin', 'sipn', 1],
  ['abcd', 'acbd', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3],
])('counts edits from %j to %j: %i', (a, b, distance) => {
  expect(editDistance(a, b, 9)).toBe(distance);
  expect(editDistance(b, a, 9)).toBe(distance);
});

it('stops as soon as the distance exceeds the most allowed', () => {
  expect(editDistance('aaaaaaaaaa', 'bbbbbbbbbb', 2)).toBeGreaterThan(2);
});
