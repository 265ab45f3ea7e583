// Health and metrics of the real program.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../helpers/free-port.js';
import { until } from '../helpers/processes.js';
import { startCli } from '../helpers/run-cli.js';
import { tempFolder } from '../helpers/temp-folder.js';

const LIMIT_MS = 60_000;

it('says how it does from its start to its end', { timeout: 2 * LIMIT_MS }, async () => {
  const folder = tempFolder();
  const port = await freePort();
  const config = path.join(folder, 'own.yaml');
  writeFileSync(path.join(folder, 'none.yaml'), 'feeds: []\n');
  writeFileSync(config, `feeds: { file: none.yaml }\nhealth: { port: ${port} }\n`);
  const bot = startCli(['start', '--config', config, '--data-dir', folder, '--embedding-model', 'none']);
  onTestFinished(() => void bot.kill('SIGKILL'));
  const ask = (where: string) => fetch(`http://127.0.0.1:${port}${where}`);
  const isWell = (where: string) => () =>
    ask(where).then(
      ({ ok }) => ok,
      () => false,
    );

  await until('it is alive', isWell('/livez'), LIMIT_MS);
  await until('it is ready', isWell('/readyz'), LIMIT_MS);
  type Told = { status: string; checks: Record<string, { status: string; fact: string }> };
  const { checks, status } = (await (await ask('/readyz')).json()) as Told;
  const metrics = await (await ask('/metrics')).text();
  bot.kill('SIGTERM');
  await until('it has ended', () => bot.exitCode !== null, LIMIT_MS);

  expect(status).toBe('degraded');
  expect(checks['store']?.status).toBe('ok');
  expect(checks['chroma']).toEqual({
    status: 'degraded',
    fact: expect.stringContaining('semantic search is off'),
  });
  expect(checks['model']).toEqual({
    status: 'degraded',
    fact: expect.stringContaining('answers are quoted'),
  });
  expect(metrics).toMatch(/^third_umpire_build_info\{version="\d+\.\d+\.\d+"\} 1$/m);
  expect(metrics).toMatch(/^third_umpire_index_lag_revisions\{index="lexical"\} 0$/m);
  expect(metrics).toMatch(/^process_resident_memory_bytes \d+/m);
  expect(bot.exitCode).toBe(0);
});
