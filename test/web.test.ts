import { pino } from 'pino';
import { expect, it } from 'vitest';
import { loadSettings, type Settings } from '#src/config.js';
import { openWeb, type WebParts } from '#src/web.js';

const PARTS = { log: pino({ level: 'silent' }), newsClock: () => new Date() } as WebParts;

function settingsWith(web: Partial<Settings['web']>, webToken?: string): Settings {
  const settings = loadSettings({});
  return {
    ...settings,
    web: { ...settings.web, enabled: true, ...web },
    secrets: { ...settings.secrets, webToken },
  };
}

it.each([
  ['another address', { host: '0.0.0.0' }],
  ['a name that a proxy has', { hosts: ['umpire.example.org'] }],
])('wants a token when it is opened by %s', async (_, web) => {
  await expect(openWeb(PARTS, settingsWith(web))).rejects.toMatchObject({ code: 'web_token_missing' });
  await expect(openWeb(PARTS, settingsWith(web, 'short'))).rejects.toMatchObject({
    code: 'web_token_missing',
  });
});
