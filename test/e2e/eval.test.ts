// The golden set over the demo's sample news, asked of the real program; and what `eval` says when things go wrong.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SampleSite, startSampleSite } from '#src/ops/sample-site.js';
import { runCli } from '../helpers/run-cli.js';
import { runProgram } from '../helpers/run-program.js';

const GOLDEN = 'test/golden/sample-news.yaml';

let site: SampleSite;
let folder: string;
let common: string[];

beforeAll(async () => {
  site = await startSampleSite({ folder: 'config/sample-news', port: 0 });
  folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-eval-'));
  const host = new URL(site.url).host;
  common = ['--data-dir', folder, '--allow-host', host, '--embedding-model', 'none'];
  const feeds = site.feeds.flatMap((feed) => ['--feed', feed.url]);
  const { code } = await runProgram(['ingest', ...feeds, ...common, '--now', '2023-12-19T15:05:00Z']);
  expect(code).toBe(0);
}, 120_000);
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

it('meets the thresholds of the golden set', async () => {
  const { code, out } = await runCli(['eval', GOLDEN, ...common]);

  expect(out).toMatch(/^figure +value +questions +threshold\nhits@1 +0\.\d{3} +38 +>= 0\.\d+ ✓\n/);
  expect(out).toMatch(/\n\d+ of 48 questions as expected\n/);
  expect(code, out).toBe(0);
});

it('fails when a threshold of an option is missed, and reports the same as JSON', async () => {
  const bounds = ['--threshold', 'abstention-recall=0', 'source-age-p50=0'];

  const { code, out } = await runProgram(['eval', GOLDEN, '--json', ...bounds, ...common]);

  const report = JSON.parse(out);
  expect(code).toBe(1);
  expect(report).toMatchObject({ file: GOLDEN, passed: false });
  expect(report.figures['abstention-recall']).toMatchObject({ threshold: 0, met: true, questions: 10 });
  expect(report.figures['source-age-p50']).toMatchObject({ threshold: 0, met: false });
  expect(report.questions).toHaveLength(48);
  expect(report.questions[0]).toMatchObject({ id: 'starc-price', answer_right: true, mistakes: [] });
});

it('asks each question at its own time', async () => {
  const file = path.join(folder, 'times.yaml');
  const questions = ['2023-12-19T15:05:00Z', '2023-12-29T15:05:00Z'].map(
    (now) => `  - { question: How much did Kolkata pay for Mitchell Starc?, now: ${now} }\n`,
  );
  writeFileSync(file, `questions:\n${questions.join('')}`);

  const { out } = await runProgram(['eval', file, '--json', ...common]);

  const [soon, late] = JSON.parse(out).questions;
  expect(late.age_hours - soon.age_hours).toBeCloseTo(240, 3);
});

it('says in one line, with its place, what is wrong', async () => {
  const file = path.join(folder, 'wrong.yaml');
  writeFileSync(file, 'questions:\n  - question: Who?\n    must-abstain: maybe\n');

  const wrong = await runProgram(['eval', file, ...common]);
  const bound = await runProgram(['eval', GOLDEN, '--threshold', 'hits@4=95', ...common]);
  const empty = await runProgram(['eval', GOLDEN, ...common, '--data-dir', path.join(folder, 'empty')]);

  expect(wrong.code).toBe(1);
  expect(wrong.error).toMatch(/wrong\.yaml:3 {2}questions\.0\.must-abstain: "maybe" .*boolean\)\n$/);
  expect(bound.code).toBe(2);
  expect(bound.error).toContain('--threshold hits@4=95 is no bound');
  expect(empty.code).toBe(1);
  expect(empty.error).toContain('run third-umpire ingest first');
});

it('explains the file and the figures in its help', async () => {
  const { code, out } = await runProgram(['eval', '--help']);

  expect(code).toBe(0);
  for (const word of [
    'must-cite',
    'must-contain',
    'must-abstain',
    'turns',
    'citation-precision',
    'Examples:',
  ]) {
    expect(out).toContain(word);
  }
});
