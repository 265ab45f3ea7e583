// The whole path as a person takes it: sample news over HTTP, ingested, asked.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleSite, startSampleSite } from '#src/ops/sample-site.js';
import { runCli } from '../helpers/run-cli.js';
import { runProgram } from '../helpers/run-program.js';

let site: SampleSite;
let folder: string;
let common: string[];

beforeAll(async () => {
  site = await startSampleSite({ folder: 'config/sample-news', port: 0 });
  folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-e2e-'));
  const host = new URL(site.url).host;
  common = [
    '--data-dir',
    folder,
    '--allow-host',
    host,
    '--embedding-model',
    'none',
    '--now',
    '2023-12-19T15:05:00Z',
  ];
  const feeds = site.feeds.flatMap((feed) => ['--feed', feed.url]);
  const { code } = await runCli(['ingest', ...feeds, ...common]);
  expect(code).toBe(0);
}, 120_000);
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('ask', () => {
  it('answers with sentences that each carry a number, and with the sources behind the numbers', async () => {
    const { code, out } = await runCli(['ask', 'How much did Kolkata pay for Mitchell Starc?', ...common]);

    expect(code).toBe(0);
    expect(out).toContain('24.75 crore');
    expect(out).toMatch(/\[1\]/);
    expect(out).toContain(`${site.url}/`);
    expect(out).toContain('no language model is loaded');
  });

  it('prints one JSON object of the contract', async () => {
    const { out } = await runProgram([
      'ask',
      '--json',
      'How much did Kolkata pay for Mitchell Starc?',
      ...common,
    ]);

    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ abstained: false, refused: null, generator: 'extractive' });
    expect(answer.retrieved).toHaveLength(answer.retrieved_text.length);
    expect(answer.sources.length).toBeGreaterThan(0);
    for (const url of answer.sources) {
      expect(answer.retrieved).toContain(url);
    }
    for (const text of answer.retrieved_text) {
      expect(text.length).toBeLessThanOrEqual(1400);
    }
  });

  it('says that the evidence is missing and shows the nearest headlines', async () => {
    const { code, out } = await runProgram([
      'ask',
      'Who will captain England at the 2027 World Cup?',
      ...common,
    ]);

    expect(code).toBe(0);
    expect(out).toMatch(/^Not enough evidence: none of the \d+ passages \(newest: 2023-12-19\)/);
    expect(out).toContain('Closest');
  });

  it('answers JSON lines in order, bad ones too, and reads a follow-up in its thread', async () => {
    const lines = [
      { id: 'a', question: 'Who took his 500th Test wicket in Perth?' },
      { id: 'b', question: '' },
      { id: 'c', question: '', turns: ['How much did Kolkata pay for Mitchell Starc?', 'and who paid it?'] },
      {
        id: 'd',
        question: 'Who bowled?',
        passages: ['Nathan Lyon bowled all day in Perth and took four wickets.'],
      },
    ];
    const input = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`;

    const { code, out } = await runCli(['ask', '--jsonl', ...common], input);

    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(answers.map((answer) => answer.id)).toEqual(['a', 'b', 'c', 'd', null]);
    expect(answers[0].answer).toMatch(/\[1\]/);
    expect(answers[1].error).toContain('empty');
    expect(answers[2].answer).toContain('Kolkata');
    expect(answers[3].sources).toEqual([]);
    expect(answers[4].error).toBeTruthy();
  });

  it('finds a team by its short form', async () => {
    const { out } = await runProgram(['search', '--json', '-k', '5', 'KKR captain', ...common]);

    expect(JSON.stringify(JSON.parse(out).passages)).toContain('Kolkata Knight Riders');
  });
});

describe('ingest', () => {
  it('changes nothing when it runs again', async () => {
    const feeds = site.feeds.flatMap((feed) => ['--feed', feed.url]);
    const before = JSON.parse((await runProgram(['index', 'status', '--json', ...common])).out);

    const { out } = await runProgram(['ingest', '--json', ...feeds, ...common]);

    const report = JSON.parse(out);
    expect(
      report.feeds.every((feed: { new: number; changed: number }) => feed.new + feed.changed === 0),
    ).toBe(true);
    expect(report.chunks).toBe(before.chunks);
  });

  it('reads the good feeds when one is bad, and fails only when all are', async () => {
    const good = site.feeds[0]?.url ?? '';

    const some = await runProgram(['ingest', '--feed', `${site.url}/none.xml`, '--feed', good, ...common]);
    const none = await runProgram(['ingest', '--feed', `${site.url}/none.xml`, ...common]);

    expect(some.code).toBe(0);
    expect(some.out).toContain('404');
    expect(none.code).toBe(1);
  });

  it('makes the chunks anew when the chunking changes', async () => {
    const config = path.join(folder, 'reference.yaml');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(config, 'chunks: {style: reference, size: 100, overlap: 0}\n');

    const changed = JSON.parse(
      (await runProgram(['index', 'rebuild', '--json', '--config', config, ...common])).out,
    );
    const back = JSON.parse((await runProgram(['index', 'rebuild', '--json', ...common])).out);

    expect(changed.chunks).toBeGreaterThan(back.chunks * 3);
    expect(back.indexes[0]).toMatchObject({ count: back.chunks, behind: 0 });
  });
});
