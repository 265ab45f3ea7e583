import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type CheckDeps, createChecks } from '#src/ops/checks.js';
import { runChecks } from '#src/ops/doctor.js';
import { tempFolder } from '../helpers/temp-folder.js';

async function browserCheck(found: Awaited<ReturnType<CheckDeps['findBrowser']>>) {
  const checks = createChecks({ findBrowser: async () => found } as CheckDeps);
  const [result] = await runChecks(checks.filter(({ name }) => name === 'browser'));
  return result;
}

function aProgram(script: string): string {
  const file = path.join(tempFolder(), 'chromium');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

it('names the browser that is there', async () => {
  const file = aProgram('echo "Chromium 1.2.3"');

  expect(await browserCheck({ path: file })).toMatchObject({
    status: 'ok',
    fact: `Chromium 1.2.3 (${file})`,
  });
});

it('says how to get a browser where one is wanted, and is content where none is', async () => {
  expect(await browserCheck({ reason: 'install Chromium', isWanted: true })).toMatchObject({
    status: 'warn',
    fix: 'install Chromium',
  });
  expect(await browserCheck({ reason: 'pages.browser is none', isWanted: false })).toMatchObject({
    status: 'ok',
    fact: 'off (pages.browser is none)',
  });
});

it('fails with a browser that does not run', async () => {
  expect(await browserCheck({ path: aProgram('exit 1') })).toMatchObject({ status: 'fail' });
});
