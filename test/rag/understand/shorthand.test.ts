import { expect, it } from 'vitest';
import { writtenOut } from '#src/rag/understand/shorthand.js';

it.each([
  ['wen did quill bat', 'when did quill bat'],
  ['Wot ground is it', 'what ground is it'],
  ['tell me abt quill n ash', 'tell me about quill and ash'],
  ['ngl who won last night', 'who won last night'],
  ['who plays 2day', 'who plays today'],
  ['who won it last yr', 'who won it last year'],
])('writes %j out', (typed, full) => {
  expect(writtenOut(typed)).toBe(full);
});

it.each([
  'What did Wen say?',
  'who led eng w in india',
  'Who hit 4w in a row?',
  'Is it an N-grade ball?',
  'Wen hat Quill gestern gebowlt, und was war das?',
])('leaves %j as it is', (typed) => {
  expect(writtenOut(typed)).toBe(typed);
});
