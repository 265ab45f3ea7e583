// `init` as a script runs it, and as a person does: on a pseudo-terminal, key by key.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { SECRET } from '../fixtures/secrets.mjs';
import { startSite } from '../helpers/feed-server.js';
import { runCli } from '../helpers/run-cli.js';
import { runProgram } from '../helpers/run-program.js';
import { tempFolder } from '../helpers/temp-folder.js';

const RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Own</title></channel></rss>';
const BOT = `xoxb-1234567890-${SECRET}`;
const APP = `xapp-1-1234567890-${SECRET}`;
const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_U = '\u0015';
const DOWN = '\u001b[B';
/** Slack is not asked: nothing listens there. */
const NO_SLACK = { SLACK_API_URL: 'http://127.0.0.1:9/api/' };

/** The program on a terminal of its own, in `folder`, with no settings named. */
function startOnTerminal(folder: string, args: string[]) {
  // A pseudo-terminal without a person behind it has no width.
  const size = ['stty', 'cols', '120', 'rows', '40;'];
  const command = [...size, process.execPath, path.resolve('dist/cli.js'), 'init', ...args];
  const child = spawn('script', ['-qefc', command.join(' '), '/dev/null'], {
    cwd: folder,
    env: { ...process.env, ...NO_SLACK, TERM: 'xterm', NO_COLOR: '1', THIRD_UMPIRE_CONFIG: '' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  let seen = 0;
  child.stdout.on('data', (part) => {
    screen += part;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    ended,
    screen: () => stripVTControlCharacters(screen),
    /** Waits for a text that was not there before the last keys, then types. */
    async answer(text: string, ...keys: string[]) {
      await expect
        .poll(() => stripVTControlCharacters(screen.slice(seen)), { timeout: 15_000 })
        .toContain(text);
      seen = screen.length;
      for (const key of keys) {
        child.stdin.write(key);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

it('asks on a terminal, writes, and looks whether it runs', async () => {
  const site = await startSite({ '/own.xml': RSS });
  const folder = tempFolder();
  const terminal = startOnTerminal(folder, ['--allow-host', site.host, '--embedding-model', 'none']);

  await terminal.answer("Slack's bot token", 'nonsense', ENTER);
  await terminal.answer('begins with xoxb-', CTRL_U, BOT, ENTER);
  await terminal.answer('app-level token', APP, ENTER);
  await terminal.answer("Discord's bot token", ENTER);
  await terminal.answer('Which feeds?', DOWN, DOWN, ENTER);
  await terminal.answer('Addresses of feeds', `${site.url}/own.xml`, ENTER);
  await terminal.answer('new digests follow', 'Indai', ENTER);
  await terminal.answer('nearest: India', CTRL_U, 'India, IPL', ENTER);
  await terminal.answer('Time zone', CTRL_U, 'London', ENTER);
  await terminal.answer('Which language model?', ENTER);
  await terminal.ended;

  expect(terminal.screen()).toContain('✓ feeds            1 of 1 answer');
  expect(terminal.screen()).toContain('Next: third-umpire ingest');
  expect(terminal.screen()).not.toMatch(/secret/);
  expect(readFileSync(path.join(folder, '.env'), 'utf8')).toBe(
    `SLACK_BOT_TOKEN=${BOT}\nSLACK_APP_TOKEN=${APP}\n`,
  );
  const config = readFileSync(path.join(folder, 'third-umpire.yaml'), 'utf8');
  expect(config).toContain('zone: Europe/London');
  expect(config).toContain('follow: [India, IPL]');
}, 60_000);

it('leaves nothing behind when it is interrupted', async () => {
  const folder = tempFolder();
  const terminal = startOnTerminal(folder, []);

  await terminal.answer("Slack's bot token", BOT, ENTER);
  await terminal.answer('app-level token', CTRL_C);

  expect(await terminal.ended).toBe(130);
  expect(readdirSync(folder)).toEqual([]);
}, 30_000);

it('asks before it replaces settings that are there', async () => {
  const folder = tempFolder();
  const config = path.join(folder, 'third-umpire.yaml');
  writeFileSync(config, 'logLevel: warn\n');
  const terminal = startOnTerminal(folder, []);

  await terminal.answer("Slack's bot token", ENTER);
  await terminal.answer("Discord's bot token", ENTER);
  await terminal.answer('Which feeds?', ENTER);
  await terminal.answer('new digests follow', ENTER);
  await terminal.answer('Time zone', ENTER);
  await terminal.answer('Which language model?', ENTER);
  await terminal.answer('Replace third-umpire.yaml?', 'n', ENTER);

  expect(await terminal.ended).toBe(130);
  expect(readFileSync(config, 'utf8')).toBe('logLevel: warn\n');
  expect(readdirSync(folder)).toEqual(['third-umpire.yaml']);
}, 30_000);

it('takes options and variables where there is no terminal, and replaces nothing by itself', async () => {
  const site = await startSite({ '/own.xml': RSS });
  const folder = tempFolder();
  const config = path.join(folder, 'own.yaml');
  const common = ['--config', config, '--data-dir', path.join(folder, 'data'), '--embedding-model', 'none'];
  const own = ['--allow-host', site.host, '--no-default-feeds', '--feed', `${site.url}/own.xml`];
  const environment = { ...NO_SLACK, SLACK_BOT_TOKEN: BOT };

  const first = await runCli(['init', ...common, ...own, '--zone', 'Kolkata'], '', environment);
  const text = readFileSync(config, 'utf8');
  const second = await runProgram(['init', ...common, '--zone', 'London'], environment);
  const kept = readFileSync(config, 'utf8');
  const forced = await runCli(['init', ...common, ...own, '--zone', 'London', '--force'], '', environment);

  // Slack cannot be reached, which is doctor's to say.
  expect(first).toMatchObject({ code: 1, out: expect.stringContaining('by the clock of Asia/Kolkata') });
  expect(first.error).toContain('Taken from the environment: SLACK_BOT_TOKEN');
  expect(first.out + first.error).not.toContain('secret');
  expect(text).toContain('zone: Asia/Kolkata');
  expect(second).toMatchObject({
    code: 1,
    error: expect.stringMatching(/own\.yaml is there already; --force/),
  });
  expect(kept).toBe(text);
  expect(forced.out).toContain('Europe/London');
  expect(readFileSync(`${config}.old`, 'utf8')).toBe(text);
}, 60_000);

it.each([
  [['--zone', 'Nowhere'], {}, '"Nowhere" is no time zone'],
  [['--follow', 'Indai'], {}, 'nearest: India'],
  [['--feed', 'example.org'], {}, '"example.org" is not an address'],
  [['--no-default-feeds'], {}, 'needs a --feed of your own'],
  [[], { SLACK_APP_TOKEN: `xoxb-1234567890-${SECRET}` }, 'SLACK_APP_TOKEN is none'],
])('refuses %j %j', async (args, environment, said) => {
  const folder = tempFolder();

  const { code, error } = await runProgram(
    ['init', '--config', path.join(folder, 'own.yaml'), ...args],
    environment,
  );

  expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(said) });
  expect(error).not.toContain('secret');
  expect(readdirSync(folder)).toEqual([]);
});
