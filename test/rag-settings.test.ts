import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadSettings } from '#src/config.js';
import { judgeSettings } from '#src/rag-settings.js';
import { SECRET } from './fixtures/secrets.mjs';
import { tempFolder } from './helpers/temp-folder.js';

function settings(guard: object, environment: Record<string, string> = {}) {
  const configFile = path.join(tempFolder(), 'own.yaml');
  writeFileSync(configFile, JSON.stringify({ moderation: { guard } }));
  return loadSettings({ configFile, dataDir: '/data' }, environment);
}

it('asks for no guard model unless it is told to', () => {
  expect(judgeSettings(loadSettings({}, {}))).toBeUndefined();
});

it('opens a guard of this machine from its file, by its own template', () => {
  const judge = judgeSettings(settings({ use: 'llama', model: '/models/Llama-Guard-3-8B.Q4_K_M.gguf' }));

  expect(judge).toMatchObject({
    kind: 'llama',
    llama: { file: '/models/Llama-Guard-3-8B.Q4_K_M.gguf', template: 'llama-guard' },
    timeoutMs: 10_000,
  });
});

it('asks a server, with the key of the environment', () => {
  const environment = { GUARD_BASE_URL: 'https://guard.example/v1', GUARD_API_KEY: SECRET };
  const judge = judgeSettings(settings({ use: 'moderations', timeoutSeconds: 3 }, environment));

  expect(judge).toMatchObject({
    kind: 'remote',
    remote: { api: 'moderations', baseUrl: 'https://guard.example/v1', apiKey: SECRET, timeoutMs: 3_000 },
  });
});

it.each([
  [{ use: 'llama' }, 'moderation.guard.model'],
  [{ use: 'chat' }, 'GUARD_BASE_URL'],
])('does not start with %j alone', (guard, named) => {
  expect(() => judgeSettings(settings(guard))).toThrow(
    expect.objectContaining({ code: 'config_invalid', message: expect.stringContaining(named) }),
  );
});
