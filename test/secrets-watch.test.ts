// The watch over all tests (helpers/no-secret-written.ts) finds what is planted, and says where without saying what.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { SECRET } from './fixtures/secrets.mjs';
import { tempFolder } from './helpers/temp-folder.js';

const TOKEN = `xoxb-12-${SECRET}-34`;
const LOG = pathToFileURL('dist/log.js').href;
const NODE_OPTIONS = `--import=${pathToFileURL('test/fixtures/watch-writes.mjs').href}`;

/** The findings of a process that runs the lines, with a list of its own; its files are in `folder`. */
function foundIn(lines: string): { found: string[]; folder: string; status: number | null } {
  const folder = tempFolder();
  const list = path.join(tempFolder(), 'found');
  const script = path.join(folder, 'plants.mjs');
  const start = `import fs from 'node:fs'; import { spawnSync } from 'node:child_process';
    import { Worker } from 'node:worker_threads'; import { createLog } from '${LOG}';
    const token = process.env.PLANTED; process.chdir(import.meta.dirname);
    process.on('exit', () => fs.rmSync('own.log', { force: true }));\n`;
  writeFileSync(script, start + lines);
  writeFileSync(list, '');
  const { status } = spawnSync(process.execPath, [script], {
    env: { ...process.env, NODE_OPTIONS, SECRETS_FOUND: list, PLANTED: TOKEN },
  });
  const told = readFileSync(list, 'utf8').split('\n').slice(0, -1);
  return { found: told.map((line) => line.replace(/ \(written by .*/, '')), folder, status };
}

it.each([
  [
    "createLog('info').warn({ token }, 'refused')",
    /^stderr:1: \{"level":40,.*"token":"•••","msg":"refused"\}$/,
  ],
  ['console.log("one\\ntwo " + token)', /^stdout:2: two •••$/],
  ['fs.writeFileSync("own.log", "one\\n\\nthree " + token)', /own\.log:3: three •••$/],
  ['await fs.promises.appendFile("own.log", Buffer.from(token))', /own\.log:1: •••$/],
  ['fs.createWriteStream("own.log").end(token)', /own\.log:1: •••$/],
  ['await (await fs.promises.open("own.log", "w")).write("at " + token)', /own\.log:1: at •••$/],
  ['console.error("Basic " + btoa("me:" + token))', /^stderr:1: Basic •••$/],
  ['console.error(Buffer.from(token).toString("hex"))', /^stderr:1: •••$/],
  ['spawnSync(process.execPath, ["-e", "console.error(process.env.PLANTED)"])', /^stderr:1: •••$/],
  [
    'fs.writeFileSync("w.cjs", "require(\'fs\').writeSync(2, process.env.PLANTED)"); new Worker("./w.cjs")',
    /^stderr:1: •••$/,
  ],
  [
    'fs.mkdirSync("store"); spawnSync("sh", ["-c", "echo $PLANTED > store/rows"]); fs.rmSync("store", { recursive: true })',
    /store\/rows:1: •••$/,
  ],
])('finds what is written by %s', (lines, line) => {
  const { found, status } = foundIn(lines);

  expect(status).toBe(0);
  expect(found.length).toBeGreaterThan(0);
  for (const finding of found) {
    expect(finding).toMatch(line);
    expect(finding).not.toMatch(/s3cr3t|xoxb|-34/);
  }
});

it('leaves alone what holds no secret, and the places where they are kept', () => {
  expect(foundIn('console.log("xoxb-…"); fs.writeFileSync(".env", token); fs.rmSync(".env")').found).toEqual(
    [],
  );
});
