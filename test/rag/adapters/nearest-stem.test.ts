import { expect, it } from 'vitest';
import { editDistance, nearestStem } from '#src/rag/adapters/nearest-stem.js';

const stems = [
  { term: 'cech', count: 4 },
  { term: 'quaysid', count: 9 },
  { term: 'quill', count: 7 },
  { term: 'quilt', count: 2 },
  { term: 'bengaluru', count: 3 },
  { term: '2023', count: 50 },
];

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
])('takes %j for %j (%s)', (word, expected) => {
  expect(nearestStem(word, stems)).toBe(expected);
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
