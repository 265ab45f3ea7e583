// `backup` beside a running bot, and `restore` as a person runs them.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serveFeed } from '../helpers/feed-site.js';
import { until } from '../helpers/processes.js';
import { runCli, startCli } from '../helpers/run-cli.js';
import { tempFolder } from '../helpers/temp-folder.js';

it('copies a running bot, refuses to replace it, and answers from what is restored', {
  timeout: 60_000,
}, async () => {
  const site = await serveFeed(3);
  const folder = tempFolder();
  const options = ['--data-dir', path.join(folder, 'data'), '--embedding-model', 'none'];
  const archive = path.join(folder, 'copy.tar.gz');
  await runCli(['ingest', '--feed', `${site.url}/feed.xml`, '--allow-host', '127.0.0.1', ...options]);
  const bot = startCli(['start', ...options]);
  onTestFinished(() => void bot.kill('SIGKILL'));
  let said = '';
  bot.stderr?.on('data', (part) => {
    said += part;
  });
  await until('the bot is up', () => said.includes('Follows'));

  const made = await runCli(['backup', archive, ...options]);
  const refused = await runCli(['restore', archive, ...options]);
  bot.kill('SIGTERM');
  await until('the bot has ended', () => bot.exitCode !== null);
  await runCli(['articles', 'remove', '127.0.0.1', '--yes', ...options]);
  const restored = await runCli(['restore', archive, ...options]);

  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('3 articles') });
  expect(existsSync(archive)).toBe(true);
  expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('stop the bot') });
  expect(restored).toMatchObject({ code: 0, error: expect.stringContaining('undo: third-umpire restore') });
  const doctor = JSON.parse((await runCli(['index', 'status', '--json', ...options])).out);
  expect(JSON.stringify(doctor)).toContain('"behind":0');
});
