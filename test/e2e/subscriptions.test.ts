import { expect, it } from 'vitest';
import { runCli } from '../helpers/run-cli.js';
import { runProgram } from '../helpers/run-program.js';
import { tempFolder } from '../helpers/temp-folder.js';

it('adds, changes, pauses and removes a subscription', { timeout: 120_000 }, async () => {
  const dataDir = tempFolder();
  const subscriptions = (...args: string[]) =>
    runProgram(['subscriptions', ...args, '--data-dir', dataDir, '--now', '2023-12-19T05:00:00Z']);
  const shown = async () => JSON.parse((await subscriptions('--json')).out).subscriptions;

  const added = await subscriptions('add', 'slack:C01', '--zone', 'London', '--follow', 'India', 'IPL');
  expect(added).toMatchObject({ code: 0, error: '' });
  expect(added.out).toContain('slack:C01  08:00 Europe/London, every day · India, Indian Premier League');
  expect(added.out).toContain('next in 3 h');
  expect(await shown()).toMatchObject([
    { platform: 'slack', tenant: '', channel: 'C01', nextAt: '2023-12-19T08:00:00.000Z', counts: {} },
  ]);

  const changed = await subscriptions('change', 'slack:C01', '--days', 'sat,sun', '--spoilers', 'hide');
  expect(changed.out).toContain('Sat, Sun');
  expect(await shown()).toMatchObject([
    { days: [6, 7], spoilers: 'hide', zone: 'Europe/London', nextAt: '2023-12-23T08:00:00.000Z' },
  ]);

  expect((await subscriptions('pause', 'slack:C01')).out).toContain('paused');
  expect((await subscriptions('resume', 'slack:C01')).out).toContain('next in 4 days');
  expect((await subscriptions('remove', 'slack:C01')).code).toBe(0);
  expect((await subscriptions()).out).toContain('No channel is subscribed');
});

it('says in one line what is wrong', { timeout: 60_000 }, async () => {
  const dataDir = tempFolder();
  const add = await runCli(['subscriptions', 'add', 'slack:C01', '--zone', 'Londn', '--data-dir', dataDir]);
  const change = await runCli(['subscriptions', 'change', 'slack:C01', '--data-dir', dataDir]);

  expect(add).toMatchObject({ code: 2, error: '✗ "Londn" is no time zone (nearest: Europe/London)\n' });
  expect(change.code).toBe(1);
  expect(change.error).toContain('slack:C01 has no subscription');
});
