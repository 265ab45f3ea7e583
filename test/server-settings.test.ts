// How LLM_BASE_URL and the settings of single servers come together, and what a wrong one says.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { askServers } from '#src/ask-servers.js';
import { loadSettings } from '#src/config.js';
import { modelSettings } from '#src/rag-settings.js';
import { SECRET } from './fixtures/secrets.mjs';
import { startModelServer } from './helpers/model-server.js';
import { tempFolder } from './helpers/temp-folder.js';

function settingsOf(addresses: string, servers: object[] = []) {
  const dataDir = tempFolder();
  const configFile = path.join(dataDir, 'own.yaml');
  writeFileSync(configFile, JSON.stringify({ model: { openai: { servers } } }));
  return loadSettings({ dataDir, configFile }, { LLM_BASE_URL: addresses, LLM_API_KEY: SECRET });
}

const serversOf = (addresses: string, servers: object[] = []) =>
  modelSettings(settingsOf(addresses, servers)).servers;

it('reads several addresses, each once, with what is said of single ones', () => {
  const addresses = ' http://gpu1:8080, https://gpu2/v1/\nhttp://gpu1:8080/ http://[::1]:9 ';
  const own = [
    { url: 'https://gpu2', name: 'far', limit: 64 },
    { url: 'http://gpu1:8080/v1', limit: 2 },
  ];

  expect(serversOf(addresses, own)?.each).toMatchObject([
    { name: 'server-1', baseUrl: 'http://gpu1:8080/v1', limit: 2, apiKey: SECRET },
    { name: 'far', baseUrl: 'https://gpu2/v1', limit: 64 },
    { name: 'server-3', baseUrl: 'http://[::1]:9/v1', limit: undefined },
  ]);
  expect(serversOf('  ')).toBeUndefined();
});

it.each([
  ['gpu1:8080', [], 'LLM_BASE_URL: the address is none of a server'],
  ['http://gpu1, ftp://gpu2', [], 'LLM_BASE_URL: the 2. address is none of a server'],
  [`http://me:${SECRET}@gpu1`, [], 'a key goes into LLM_API_KEY'],
  ['http://gpu1', [{ url: 'http://gpu7' }], 'servers.0.url: http://gpu7/v1 does not stand in LLM_BASE_URL'],
  ['http://gpu1,http://gpu2', [{ url: 'http://gpu2', name: 'server-1' }], '"server-1" stands there twice'],
  ['http://gpu1', [{ url: 'http://gpu1', name: 'two words' }], 'model.openai.servers.0.name'],
])('says of %j with %j what is wrong, on one line and without a password', (addresses, servers, words) => {
  let told = '';
  try {
    serversOf(addresses, servers);
  } catch (error) {
    told = (error as Error).message;
  }

  expect(told).toContain(words);
  expect(told).not.toMatch(/\n|s3cr3t/);
});

it('asks each server what it runs, and tells of each that does not answer', async () => {
  const well = await startModelServer({ key: SECRET, slots: 3 });
  const locked = await startModelServer({ key: 'another' });
  const gone = await startModelServer();
  await gone.stop();

  const asked = await askServers(
    settingsOf([well, locked, gone].map(({ baseUrl }) => baseUrl).join(), [
      { url: gone.baseUrl, name: 'far' },
    ]),
  );

  expect(asked).toMatchObject([
    { name: 'server-1', model: { name: 'mixtral', contextTokens: 2048, limit: 3 } },
    { name: 'server-2', problem: expect.stringContaining('check LLM_API_KEY') },
    { name: 'far', url: gone.baseUrl, problem: expect.stringContaining(`${gone.baseUrl} does not answer`) },
  ]);
});
