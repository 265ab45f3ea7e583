import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { complaintCases } from '#src/ops/eval/complaint-cases.js';
import { loadQuestions } from '#src/ops/eval/question-file.js';
import { openTestStore } from '../../helpers/bots.js';
import { runCli } from '../../helpers/run-cli.js';
import { citationOf } from '../../helpers/scripted-ask.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const PLACE = { platform: 'room', tenant: 't1', channel: 'c1', thread: 'm1' };

async function folderWithComplaints(): Promise<string> {
  const folder = tempFolder();
  const { conversations } = await openTestStore(folder);
  const texts = ['Who won: "Harbour"?', 'And # who\nmade most: runs?', 'Was it good?'];
  for (const [i, text] of texts.entries()) {
    const id = `q${i}`;
    const lease = { owner: 'one', now: `2023-12-19T10:0${i}:00.000Z`, until: '2023-12-19T11:00:00.000Z' };
    const question = {
      ...PLACE,
      id,
      delivery: id,
      message: id,
      way: 'mention',
      user: 'u',
      userKey: 'k',
      text,
    };
    await conversations.claim(question, lease, []);
    await conversations.settle(id, { owner: 'one', epoch: 1 }, 'answered', lease.now, {
      text: `Harbour.\nBy six wickets: # yes`,
      verdict: undefined,
      citations: [citationOf('final')],
      passages: [citationOf('final'), citationOf('toss')],
      generator: 'scripted',
    });
  }
  await conversations.putFeedback('q0', 'a', 'down', '2023-12-19T12:00:00.000Z');
  await conversations.putFeedback('q1', 'a', 'wrong-source', '2023-12-20T12:00:00.000Z');
  await conversations.putFeedback('q1', 'b', 'down', '2023-12-20T12:00:00.000Z');
  await conversations.putFeedback('q2', 'a', 'down', '2023-12-20T12:00:00.000Z');
  await conversations.putFeedback('q2', 'a', 'up', '2023-12-20T12:01:00.000Z');
  return folder;
}

it('writes what people found wrong as questions that eval can read', async () => {
  const folder = await folderWithComplaints();

  const { code, out } = await runCli(['feedback', 'export', '--data-dir', folder]);
  const file = path.join(folder, 'cases.yaml');
  writeFileSync(file, out);
  const { questions } = loadQuestions(file);

  expect(code).toBe(0);
  expect(out).toContain('# down, wrong-source; answered by "scripted": "Harbour.\\nBy six wickets: # yes"');
  expect(out).toContain('# read, too: "https://news.example/toss"');
  expect(questions.map(({ earlier, id, text }) => ({ earlier, id, text }))).toEqual([
    { id: 'q0', text: 'Who won: "Harbour"?', earlier: [] },
    { id: 'q1', text: 'And # who\nmade most: runs?', earlier: ['Who won: "Harbour"?'] },
  ]);
  expect(questions[0]?.now).toEqual(new Date('2023-12-19T10:00:00.000Z'));
});

it('takes those since a time, says when there is none, and refuses what it does not know', async () => {
  const folder = await folderWithComplaints();

  const some = await runCli(['feedback', 'export', '--since', '2023-12-20', '--data-dir', folder]);
  const none = await runCli(['feedback', 'export', '--since', '2023-12-21', '--data-dir', folder]);
  const wrong = await runCli(['feedback', 'import', '--data-dir', folder]);

  expect(some.out.match(/- id/g)).toHaveLength(1);
  expect([none.code, none.out, none.error]).toEqual([
    0,
    '',
    'Nobody marked an answer as wrong since 2023-12-21.\n',
  ]);
  expect([wrong.code, wrong.error]).toEqual([2, expect.stringContaining('no such action (allowed: export)')]);
  expect(complaintCases([])).toBeUndefined();
});
