// `store copy` killed with -9 again and again: the database must hold what the file holds in the end, row by row.
//   DATABASE_URL=postgres://… node bench/store-copy.mjs DATA_DIR WORK_DIR [--chunks 200000] [--kills 10] [--seed 1]
// DATA_DIR = a store ingested from the kit, of whose sentences the large one is made in WORK_DIR. The database must be
// empty. Kills are spread over the whole copy, each at a random moment within half a second. Exit 1 = something differs.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import pg from 'pg';
import { TABLES } from '#src/store/tables.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    chunks: { type: 'string', default: '200000' },
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    make: { type: 'boolean', default: false },
  },
});
const [dataDir, workDir] = positionals;
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const SELF = fileURLToPath(import.meta.url);

if (values.make) {
  const [{ openStore }, { makeCorpus }] = await Promise.all([
    import('#src/store/open-store.js'),
    import('./corpus.mjs'),
  ]);
  const source = await openStore(dataDir);
  await makeCorpus(source, workDir, Number(values.chunks));
  await source.close();
  process.exit();
}

// In a process of its own: the connection of a store lives on until its statements are collected.
execFileSync(process.execPath, [SELF, dataDir, workDir, '--make', '--chunks', values.chunks], {
  stdio: 'inherit',
});
let state = Number(values.seed);
/** 0 to 1, the same for the same seed (linear congruence). */
const random = () => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return state / 0x80000000;
};

const copy = () =>
  spawn(process.execPath, [CLI, 'store', 'copy', '--data-dir', workDir], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, THIRD_UMPIRE_CONFIG: '/dev/null' },
  });
const database = new pg.Client({ connectionString: process.env.DATABASE_URL });
await database.connect();

/** Articles, chunks and vectors that are there; 0 = not even the schema is. */
async function rowsThere() {
  const count = (table) => `(select count(*) from ${table})`;
  const sum = ['articles', 'chunks', 'vectors'].map(count).join(' + ');
  const found = await database.query(`select (${sum})::int as n`).catch(() => undefined);
  return found?.rows[0].n ?? 0;
}

const begun = performance.now();
const total = Math.round(Number(values.chunks) * 2.2);
let kills = 0;
for (let kill = 1; kill <= Number(values.kills); kill += 1) {
  const child = copy();
  const ended = once(child, 'close');
  // The last kill comes when all is there, while both sides are compared.
  while (
    child.exitCode === null &&
    (await rowsThere()) < Math.floor((total * (kill - 1)) / (Number(values.kills) - 1))
  ) {
    await sleep(100);
  }
  await sleep(random() * 500);
  child.kill('SIGKILL');
  await ended;
  kills += child.signalCode === 'SIGKILL' ? 1 : 0;
  process.stdout.write(`kill ${kill}: ${await rowsThere()} of ${total} rows are there\n`);
}
const last = copy();
let trouble = '';
last.stderr.on('data', (part) => {
  trouble += part;
});
const [code] = await once(last, 'close');
process.stdout.write(`${trouble.slice(-500)}\n${((performance.now() - begun) / 1000).toFixed(0)} s in all\n`);

const file = new DatabaseSync(`${workDir}/store.sqlite`, { readOnly: true });
const plain = (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value));
/** Of its own, not the program's: every column of every row, in the order of the keys. */
function hashOf(rows) {
  const hash = createHash('sha256');
  for (const row of rows) {
    hash.update(
      `${Object.keys(row)
        .sort()
        .map((name) => `${name}=${plain(row[name])}`)
        .join('\u0001')}\n`,
    );
  }
  return `${rows.length} ${hash.digest('hex').slice(0, 16)}`;
}
let different = 0;
for (const { key, name } of TABLES.filter((table) => table.name !== 'settings')) {
  const order = key.map((column) => `"${column}"`).join(', ');
  const wanted = hashOf(file.prepare(`select * from ${name} order by ${order}`).all());
  const found = hashOf((await database.query(`select * from ${name} order by ${order}`)).rows);
  different += wanted === found ? 0 : 1;
  process.stdout.write(`${wanted === found ? 'same' : 'DIFFERS'} ${name}: ${found}\n`);
}
await database.end();
process.stdout.write(`killed ${kills} times, exit code ${code}, ${different} tables differ\n`);
process.exit(code === 0 && different === 0 ? 0 : 1);
