import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { feedsFile, loadFeeds, loadSettings } from '#src/config.js';
import type { Answers } from '#src/ops/init/answers.js';
import { draftFiles, writeFiles } from '#src/ops/init/write-files.js';
import { SECRET } from '../../fixtures/secrets.mjs';
import { tempFolder } from '../../helpers/temp-folder.js';

const BOT = `xoxb-1234567890-${SECRET}`;
const DISCORD = `abcdefghijkl.abcdef.${SECRET}`;
const someAnswers = (changes: Partial<Answers> = {}): Answers => ({
  tokens: { SLACK_BOT_TOKEN: BOT, DISCORD_TOKEN: DISCORD },
  feeds: ['https://example.org/cricket.xml'],
  hasDefaultFeeds: false,
  zone: 'Europe/London',
  follow: ['India', 'IPL'],
  model: 'small',
  ...changes,
});

function written(changes?: Partial<Answers>, folder = tempFolder()) {
  const file = path.join(folder, 'third-umpire.yaml');
  writeFiles(draftFiles(file, someAnswers(changes)));
  return { folder, file, text: readFileSync(file, 'utf8'), env: path.join(folder, '.env') };
}

it('is read by the program as it was answered', () => {
  const { file } = written();

  const settings = loadSettings({ configFile: file }, {});

  expect(settings.digest).toMatchObject({ zone: 'Europe/London', follow: ['India', 'IPL'] });
  expect(settings.model.file).toBe('small');
  expect(settings.secrets.slack.botToken).toBe(BOT);
  expect(settings.secrets.discord.token).toBe(DISCORD);
  expect(loadFeeds(feedsFile(settings)).map(({ url }) => url)).toEqual(['https://example.org/cricket.xml']);
});

it('changes nothing else, and leaves feeds and model alone where nothing was said of them', () => {
  const { file, folder } = written({
    feeds: [],
    hasDefaultFeeds: true,
    model: 'none',
    tokens: {},
    follow: [],
  });

  const { baseDir: _, ...settings } = loadSettings({ configFile: file }, {});
  const { baseDir: __, ...defaults } = loadSettings({}, {});

  expect(settings).toEqual({ ...defaults, digest: { ...defaults.digest, zone: 'Europe/London' } });
  expect(readdirSync(folder)).toEqual(['third-umpire.yaml']);
});

it('keeps the list of the program before feeds of one’s own', () => {
  const { file } = written({ hasDefaultFeeds: true });

  const urls = loadFeeds(feedsFile(loadSettings({ configFile: file }, {}))).map(({ url }) => url);

  expect(urls).toEqual([
    ...loadFeeds(feedsFile(loadSettings({}, {}))).map(({ url }) => url),
    'https://example.org/cricket.xml',
  ]);
});

it('explains each setting as config/default.yaml does, and the file itself', () => {
  const { text } = written();
  const comments = (file: string) =>
    new Map([...file.matchAll(/^ *(\w+): .*? +# (.+)$/gm)].map(([, key = '', comment]) => [key, comment]));

  expect(text).toMatch(/^# Settings of this Third Umpire/);
  for (const key of ['zone', 'follow']) {
    expect(comments(text).get(key)).toBe(comments(readFileSync('config/default.yaml', 'utf8')).get(key));
  }
  expect(text).toMatch(/file: small +# mixtral/);
});

it('puts secrets into .env alone, for its owner’s eyes', () => {
  const { env, folder } = written();

  const holders = readdirSync(folder).filter((name) =>
    readFileSync(path.join(folder, name), 'utf8').includes(BOT),
  );

  expect(holders).toEqual(['.env']);
  expect(statSync(env).mode & 0o777).toBe(0o600);
});

it('lets a variable that is set win over .env', () => {
  const { file } = written();

  const { secrets } = loadSettings(
    { configFile: file },
    { SLACK_BOT_TOKEN: `xoxb-other-${SECRET}`, DISCORD_TOKEN: '' },
  );

  expect(secrets.slack.botToken).toBe(`xoxb-other-${SECRET}`);
  expect(secrets.discord.token).toBeUndefined();
});

it('keeps what a former .env says of other things, and former settings under another name', () => {
  const folder = tempFolder();
  const env = path.join(folder, '.env');
  writeFileSync(env, `LLM_API_KEY=${SECRET}\nexport SLACK_BOT_TOKEN=xoxb-former-${SECRET}\n# mine\n`);
  chmodSync(env, 0o644);
  writeFileSync(path.join(folder, 'third-umpire.yaml'), 'logLevel: warn\n');

  written({}, folder);

  expect(readFileSync(env, 'utf8')).toBe(
    `LLM_API_KEY=${SECRET}\n# mine\nSLACK_BOT_TOKEN=${BOT}\nDISCORD_TOKEN=${DISCORD}\n`,
  );
  expect(statSync(env).mode & 0o777).toBe(0o600);
  expect(readFileSync(path.join(folder, 'third-umpire.yaml.old'), 'utf8')).toBe('logLevel: warn\n');
});

it.each([`third-umpire.yaml.${process.pid}.new`, 'third-umpire.yaml'])(
  'writes nothing where a folder %s is in the way',
  (name) => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, name));

    expect(() => written({}, folder)).toThrowError(expect.objectContaining({ code: 'config_unwritable' }));

    expect(readdirSync(folder)).toEqual([name]);
  },
);
