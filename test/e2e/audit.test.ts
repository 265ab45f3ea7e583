// The log of changes as whoever runs the bot reads it.
import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { loadSettings } from '#src/config.js';
import { createAudit } from '#src/open-audit.js';
import { openStore } from '#src/store/open-store.js';
import { runCli } from '../helpers/run-cli.js';
import { tempFolder } from '../helpers/temp-folder.js';

const USER = 'U0123456789';

it('tells what was changed in the terminal and on platforms, and forgets who', {
  timeout: 120_000,
}, async () => {
  const dataDir = tempFolder();
  const run = (...args: string[]) => runCli([...args, '--data-dir', dataDir]);
  const audit = async (...args: string[]) => JSON.parse((await run('audit', '--json', ...args)).out).audit;
  const settings = loadSettings({ dataDir }, {});
  const store = await openStore(dataDir);
  const { record, recordSettings } = createAudit({ store, clock: () => new Date() }, settings);
  await recordSettings();
  await recordSettings();
  const place = { platform: 'slack', tenant: 'T1', user: USER };
  await record({ ...place, action: 'digest paused', subject: 'C1', details: '' });
  await store.close();

  await run('subscriptions', 'add', 'slack:C01', '--time', '09:00');
  await run('subscriptions', 'remove', 'slack:C01');
  await run('articles', 'remove', 'example.org', '--yes', '--embedding-model', 'none');

  const account = userInfo().username;
  expect(await audit()).toMatchObject([
    { via: 'start', actor: account, action: 'settings', details: expect.stringContaining('scope: cricket') },
    { via: 'slack', tenant: 'T1', actor: expect.stringMatching(/^[0-9a-f]{32}$/), subject: 'C1' },
    { via: 'terminal', actor: account, action: 'digest added', subject: 'slack:C01', details: 'time 09:00' },
    { via: 'terminal', action: 'digest removed', subject: 'slack:C01' },
    { via: 'terminal', action: 'taken down', subject: 'example.org', details: 'articles 0' },
  ]);
  expect(await audit('--user', USER)).toMatchObject([{ action: 'digest paused' }]);
  expect((await run('audit')).out).toMatch(/slack\/T1\/[0-9a-f]{12} {2}digest paused C1/);

  expect((await run('forget', USER)).code).toBe(0);
  expect(await audit('--user', USER)).toEqual([]);
  const kept = await audit();
  expect(kept).toHaveLength(6);
  expect(kept.at(-1)).toMatchObject({ action: 'person forgotten', subject: '' });
  expect(JSON.stringify(kept)).not.toContain(USER);
});

it('says in one line what is wrong', async () => {
  const dataDir = tempFolder();
  const since = await runCli(['audit', '--since', 'soon', '--data-dir', dataDir]);
  const most = await runCli(['audit', '-n', '0', '--data-dir', dataDir]);

  expect(since).toMatchObject({ code: 2, error: expect.stringContaining('is not a time') });
  expect(most).toMatchObject({ code: 2, error: expect.stringContaining('1 to 1000') });
});
