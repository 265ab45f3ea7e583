import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadQuestions } from '#src/ops/eval/question-file.js';
import { tempFolder } from '../../helpers/temp-folder.js';

function fileOf(text: string): string {
  const file = path.join(tempFolder(), 'questions.yaml');
  writeFileSync(file, text);
  return file;
}
const load = (text: string) => loadQuestions(fileOf(text));

it('reads a question with all that it may demand', () => {
  const { questions, thresholds } = load(`
now: 2023-12-19T15:05:00Z
thresholds: { hits@4: 0.9, latency-p95: 500 }
questions:
  - id: lyon
    question: How many wickets has Lyon?
    now: 2023-12-17
    must-cite: [[lyon-500, perth-test], stats]
    must-contain: [501, wickets]
    fresh-since: 2023-12-16
  - question: And Starc?
`);

  expect(thresholds).toEqual({ 'hits@4': 0.9, 'latency-p95': 500 });
  expect(questions[0]).toEqual({
    id: 'lyon',
    text: 'How many wickets has Lyon?',
    earlier: [],
    now: new Date('2023-12-17T00:00:00Z'),
    mustCite: [['lyon-500', 'perth-test'], ['stats']],
    mustContain: [['501'], ['wickets']],
    mustAbstain: false,
    freshSince: new Date('2023-12-16T00:00:00Z'),
  });
  expect(questions[1]).toMatchObject({ id: '2', now: new Date('2023-12-19T15:05:00Z'), mustCite: [] });
});

it('takes one text for a list of one', () => {
  const { questions } = load('questions: [{ question: a, must-cite: lyon-500, must-contain: 501 }]');

  expect(questions[0]).toMatchObject({ mustCite: [['lyon-500']], mustContain: [['501']] });
});

it.each([
  ['turns alone', 'turns: [a, b, c]'],
  ['turns that end with the question', 'question: c, turns: [a, b, c]'],
  ['turns that lead up to it', 'question: c, turns: [a, b]'],
])('scores the last question of a thread given as %s', (_, thread) => {
  const { questions } = load(`questions: [{ ${thread} }]`);

  expect(questions[0]).toMatchObject({ text: 'c', earlier: ['a', 'b'] });
});

it.each([
  ['a wrong time', '  - question: a\n    now: soon\n', /:3 {2}questions\.0\.now: "soon" .*ISO 8601/],
  ['an unknown key', '  - question: a\n    must-site: x\n', /:3 {2}questions\.0\.must-site: no such setting/],
  ['no question', '  - question: a\n  - must-cite: x\n', /:3 {2}questions\.1\.question: .*turns of a thread/],
  ['an id twice', '  - question: a\n    id: x\n  - question: b\n    id: x\n', /:5 {2}questions\.1\.id: "x"/],
  [
    'sources of a silence',
    '  - question: a\n    must-abstain: true\n    must-cite: x\n',
    /:4 {2}questions\.0\.must-cite: .*must-abstain/,
  ],
  [
    'a demand of another kind',
    '  - question: a\n    must-contain: { b: c }\n',
    /:3 {2}questions\.0\.must-contain/,
  ],
])('names the line of %s', (_, questions, message) => {
  expect(() => load(`questions:\n${questions}`)).toThrowError(
    expect.objectContaining({ code: 'config_invalid', message: expect.stringMatching(message) }),
  );
});

it.each([
  ['an unknown figure', 'hits@5: 1', /:1 {2}thresholds\.hits@5: no such setting/],
  ['a share above 1', 'hits@4: 95', /:1 {2}thresholds\.hits@4: 95 is not allowed \(allowed: 1 or less\)/],
])('names the line of a threshold for %s', (_, bound, message) => {
  expect(() => load(`thresholds: { ${bound} }\nquestions: [{ question: a }]\n`)).toThrowError(message);
});

it('says that a file is missing, empty or too large', () => {
  const none = path.join(tempFolder(), 'none.yaml');

  expect(() => loadQuestions(none)).toThrowError(expect.objectContaining({ code: 'questions_missing' }));
  expect(() => load('')).toThrowError(/questions: is missing/);
  expect(() => load(`# ${'x'.repeat(5_000_000)}\n`)).toThrowError(/larger than 5 MB/);
});
