import { expect, it } from 'vitest';
import { openStore } from '#src/store/open-store.js';
import { anArticle } from '../helpers/builders.js';
import { runCli } from '../helpers/run-cli.js';
import { runProgram } from '../helpers/run-program.js';
import { tempFolder } from '../helpers/temp-folder.js';

const COMMON = ['--embedding-model', 'none', '--now', '2023-12-20T08:00:00Z'];

it('shows what would be told now, and keeps nothing of it', { timeout: 120_000 }, async () => {
  const dataDir = tempFolder();
  const digest = (...args: string[]) => runProgram(['digest', ...args, '--data-dir', dataDir, ...COMMON]);
  const store = await openStore(dataDir);
  const article = anArticle();
  const text = 'Harbour won the final by six wickets. Mara Quill made 71.';
  const chunk = { id: `${article.id}:0:0`, articleId: article.id, ordinal: 0, header: article.title, text };
  await store.articles.put(article, [chunk], { at: article.publishedAt });
  await store.close();

  const shown = await digest();
  const asJson = await digest('--json', '--date', '2023-12-20');
  const quiet = await digest('--date', '2023-12-10');

  expect(shown).toMatchObject({ code: 0 });
  expect(shown.out).toMatch(/^Cricket, Wednesday 20 December\n1\. Harbour won the final by six wickets\./);
  expect(JSON.parse(asJson.out)).toMatchObject({
    channel: null,
    localDate: '2023-12-20',
    to: '2023-12-20T08:00:00.000Z',
    items: [{ articleIds: [article.id] }],
  });
  expect(quiet.out).toMatch(/^A quiet day: nothing new since/);
});

it('says what is wrong', { timeout: 120_000 }, async () => {
  const dataDir = tempFolder();
  const date = await runCli(['digest', '--date', '2023-02-30', '--data-dir', dataDir]);
  const channel = await runProgram(['digest', '--channel', 'slack:C01', '--data-dir', dataDir, ...COMMON]);

  expect(date).toMatchObject({ code: 2, error: '✗ --date 2023-02-30 is not a date (allowed: 2023-12-19)\n' });
  expect(channel.code).toBe(1);
  expect(channel.error).toContain('there is no digest of 2023-12-20 for it that is still kept');
});
