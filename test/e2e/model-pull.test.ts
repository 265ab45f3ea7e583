// `model pull` as a person runs it, killed in the worst moment and run again.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { startModelHub } from '../helpers/model-hub.js';
import { runCli, startCli } from '../helpers/run-cli.js';
import { tempFolder } from '../helpers/temp-folder.js';

const MODEL = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * 7 + (i >> 8)) % 251));
const NAME = 'hf:user/Model-GGUF:Q4_K_M';

it.each(['SIGKILL', 'SIGINT'] as const)(
  'goes on after %s where it stopped',
  async (signal) => {
    const dataDir = tempFolder();
    const file = path.join(dataDir, 'models', 'Model.Q4_K_M.gguf');
    const kept = () => statSync(`${file}.part`, { throwIfNoEntry: false })?.size ?? 0;
    let isSlow = true;
    const hub = await startModelHub({
      files: { 'Model.Q4_K_M.gguf': MODEL },
      beforePiece: async (sent) => {
        while (isSlow && sent >= 1_500_000) {
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      },
    });
    const config = path.join(dataDir, 'own.yaml');
    writeFileSync(config, `model: { hub: '${hub.url}' }\n`);
    const args = ['model', 'pull', NAME, '--data-dir', dataDir, '--config', config];

    const first = startCli(args);
    let said = '';
    first.stderr?.on('data', (part) => {
      said += part;
    });
    await expect.poll(kept, { timeout: 20_000 }).toBeGreaterThan(1_400_000);
    first.kill(signal);
    const code = await new Promise((resolve) => first.once('close', resolve));
    const before = kept();
    isSlow = false;
    const second = await runCli(args);

    expect(code).toBe(signal === 'SIGINT' ? 130 : null);
    expect(said.includes('Stopped; what was finished is kept')).toBe(signal === 'SIGINT');
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('checksum as the hub names it') });
    expect(second.error).toContain(`third-umpire model check ${file}`);
    expect(hub.ranges).toEqual([undefined, `bytes=${before}-`]);
    expect(readFileSync(file).equals(MODEL)).toBe(true);
    expect(readdirSync(path.dirname(file))).toEqual(['Model.Q4_K_M.gguf']);
  },
  60_000,
);

it('names what it does not know, and what it cannot reach', async () => {
  const dataDir = tempFolder();
  const config = path.join(dataDir, 'own.yaml');
  writeFileSync(config, "model: { hub: 'http://127.0.0.1:9' }\n");

  const wrong = await runCli(['model', 'push', '--data-dir', dataDir]);
  const unknown = await runCli(['model', 'pull', 'gpt', '--data-dir', dataDir]);
  const far = await runCli(['model', 'pull', '--data-dir', dataDir, '--config', config]);

  expect(wrong).toMatchObject({ code: 2, error: expect.stringContaining('allowed: pull') });
  expect(unknown).toMatchObject({ code: 2, error: expect.stringContaining('allowed: mixtral, small, hf:') });
  expect(far).toMatchObject({ code: 1, error: expect.stringMatching(/ECONNREFUSED.*HTTPS_PROXY.*mirror/) });
});
