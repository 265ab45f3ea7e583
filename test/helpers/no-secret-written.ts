// In every test file, of every project: nothing that was written while it ran holds a secret of the tests, whether by the
// test, by the program in its process or by the processes and threads that it started (fixtures/watch-writes.mjs).
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { afterAll } from 'vitest';
import { watch } from '../fixtures/secrets.mjs';

const MOST = 20;
const folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-secrets-'));
const list = path.join(folder, 'found');
process.env['SECRETS_FOUND'] = list;

// Vitest takes the console's lines to its own process without writing them here.
const { log } = console;
if (log.name !== 'watched') {
  for (const name of ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const) {
    const write = console[name];
    console[name] = function watched(...parts: unknown[]) {
      watch('console', format(...parts));
      write(...parts);
    };
  }
}

afterAll(() => {
  const found = existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : [];
  rmSync(folder, { recursive: true });
  if (found.length > 0) {
    throw new Error(`${found.length} secrets were written:\n${found.slice(0, MOST).join('\n')}`);
  }
});
