import { expect, it } from 'vitest';
import {
  type AskedKind,
  askedFor,
  couldAnswer,
  holdsForm,
  holdsKind,
} from '#src/rag/understand/asked-for.js';

const NOTHING_SAID = new Set<string>();

it.each<[string, AskedKind, string | undefined]>([
  ['How many caps has Quill won?', 'number', undefined],
  ['How long is the contract?', 'number', 'duration'],
  ['How old is Quill?', 'number', 'age'],
  ['How much did Valley pay?', 'number', 'money'],
  ['What time did Quill run?', 'number', 'time'],
  ['What was the final score?', 'number', 'score'],
  ['When does play start?', 'when', 'date'],
  ['On what date is the final?', 'when', 'date'],
  ['Who won?', 'person', undefined],
  ['whos the captain', 'person', undefined],
  ['Which young bowler signed for Harbour?', 'person', undefined],
  ['whats the name of the fan who was hurt', 'person', undefined],
  ['Which club signed Ash?', 'name', undefined],
  ['Where did Quill finish?', 'rank', undefined],
  ['In which place did Quill come home?', 'rank', undefined],
  ['Who was there when Quill won?', 'person', undefined],
  ['What job does Quill have when she is not playing?', 'other', undefined],
  ['Whose ground is it where Harbour play?', 'person', undefined],
  ['Where is the final?', 'where', undefined],
  ['Why was play stopped?', 'why', undefined],
  ['Did Harbour win?', 'other', undefined],
])('reads what %j asks for', (text, kind, form) => {
  expect(askedFor(text)).toMatchObject({ kind, form });
});

it('reads the last question of a thread', () => {
  expect(askedFor('How many caps has Quill won? Who beat her?').kind).toBe('person');
});

it('knows what is counted', () => {
  expect(askedFor('How many international caps has Quill won?').counted).toEqual(['intern', 'cap']);
});

it.each<[AskedKind, string, number]>([
  ['number', 'Quill made 71 that day.', 1],
  ['number', 'Quill took five wickets.', 1],
  ['number', 'Quill was born in 1998.', -1],
  ['number', 'Quill played well.', -1],
  ['when', 'Play starts on Monday.', 1],
  ['when', 'It happened in 1998.', 1],
  ['when', 'Play starts again.', -1],
  ['where', 'They met at Quayside again.', 1],
  ['where', 'They met in the Coast tent.', 1],
  ['where', 'They met at noon.', -1],
  ['why', 'They lost because it rained.', 1],
  ['why', 'They lost.', -1],
  ['number', 'Quill is one of them.', -1],
  ['rank', 'Quill came home third.', 1],
  ['rank', 'Quill came home.', -1],
  ['where', 'They met in August.', -1],
  ['person', 'The winner was Mara Quill.', 1],
  ['person', 'The winner was Quill.', 0],
  ['person', 'The winner was unknown.', -1],
  ['name', 'The winner was Mara Quill.', 1],
  ['name', 'The winner was unknown.', -1],
  ['other', 'The winner was Mara Quill.', 0],
])('knows whether a sentence holds what %s asks for: %j %d', (kind, text, expected) => {
  expect(holdsKind({ kind, counted: [] }, text, NOTHING_SAID)).toBe(expected);
});

it('takes no name of the question for the answer', () => {
  const said = new Set(['harbour', '71']);

  expect(holdsKind(askedFor('Who won?'), 'All know that Harbour won.', said)).toBe(-1);
  expect(couldAnswer(askedFor('Who won?'), 'Harbour', said)).toBe(false);
  expect(couldAnswer(askedFor('Who won?'), 'Ash', said)).toBe(true);
  expect(holdsKind(askedFor('Where did they meet?'), 'They met at Harbour.', said)).toBe(-1);
  expect(holdsKind(askedFor('How many did Quill make?'), 'Quill made 71.', said)).toBe(-1);
});

it.each([
  ['How long is the contract?', 'It runs for three years.', 'It runs on.'],
  ['How much did Valley pay?', 'Valley paid £28,000.', 'Valley paid 28 people.'],
  ['When is the final?', 'It is on 4 June.', 'It is on soon.'],
  ['What time did Quill run?', 'She ran 7.96 seconds.', 'She ran 60 races.'],
  ['What height did Quill clear?', 'She cleared 4.89 metres.', 'She cleared it at 4.'],
])('knows the form of a figure that %j asks for', (question, right, wrong) => {
  expect(holdsForm(askedFor(question), right)).toBe(1);
  expect(holdsForm(askedFor(question), wrong)).toBe(-1);
  expect(holdsForm(askedFor('Who won?'), right)).toBe(0);
});
