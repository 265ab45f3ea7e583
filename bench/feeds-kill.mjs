// kill -9 at any moment: ingests are killed at random moments and run again; then every row of the store and of the
// lexical index must be as after a run that nobody disturbed.
//   node bench/feeds-kill.mjs [--rounds 20] [--seed 1]
// Half of the rounds kill a first pass, half a second one over feeds that changed (articles replaced, chunks dropped).
// With a small embedding model and the exact scan, so that the semantic index is killed, too. Exit 1 = rows differ.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    model: { type: 'string', default: 'none' },
  },
});
const CLI = fileURLToPath(import.meta.resolve('#src/cli.js'));
const ARTICLES = 20;
const FEEDS = 3;
/** Order of writing, which differs between two undisturbed runs, too; and the jitter of the next poll. */
const UNSTEADY = new Set(['revision', 'next_poll', 'rowid', 'timestamp']);

let version = 1;
const server = createServer(({ headers, url }, response) => {
  const [, kind, feed, entry] = url.split('/');
  const known = kind === 'feed' || kind === 'page';
  response.writeHead(known ? 200 : 404, {
    'content-type': kind === 'feed' ? 'application/xml' : 'text/html',
  });
  response.end(kind === 'feed' ? feedOf(feed, headers.host) : kind === 'page' ? pageOf(feed, entry) : '');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const work = mkdtempSync(path.join(tmpdir(), 'feeds-kill-'));
writeFileSync(path.join(work, 'own.yaml'), 'chroma: { mode: exact }\nretention: { days: 30 }\n');

let state = Number(values.seed);
/** 0 to 1, the same for the same seed (mulberry32). */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

function ingest(folder, now) {
  const feeds = Array.from({ length: FEEDS }, (_, i) => ['--feed', `${origin}/feed/${i}`]).flat();
  const own = ['--config', path.join(work, 'own.yaml'), '--data-dir', folder, '--now', now];
  const args = [
    CLI,
    'ingest',
    ...feeds,
    ...own,
    '--allow-host',
    '127.0.0.1',
    '--embedding-model',
    values.model,
  ];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  return { child, ended: new Promise((resolve) => child.once('close', (code) => resolve(code))) };
}

async function undisturbed(folder, now) {
  const startedAt = performance.now();
  const code = await ingest(folder, now).ended;
  if (code !== 0) {
    throw new Error(`an undisturbed run ended with ${code}`);
  }
  return performance.now() - startedAt;
}

function rowsOf(folder) {
  const rows = {};
  for (const file of ['store.sqlite', 'lexical.sqlite']) {
    const database = new DatabaseSync(path.join(folder, file), { readOnly: true });
    const tables = database
      .prepare("select name from sqlite_master where type = 'table' and sql not like 'create virtual%'")
      .all()
      .map(({ name }) => name)
      .filter((name) => !/^(sqlite_|kysely_|words_)/.test(name));
    for (const table of tables) {
      const all = database.prepare(`select * from "${table}"`).all();
      rows[`${file} ${table}`] = all.map(steady).sort();
    }
    database.close();
  }
  return rows;
}

function steady(row) {
  const kept = Object.entries(row)
    .filter(([name]) => !UNSTEADY.has(name))
    .map(([name, value]) => [name, ArrayBuffer.isView(value) ? Buffer.from(value).toString('hex') : value]);
  return JSON.stringify(kept).replace(/\\"nextPollAt\\":\\"[^"]*\\"/g, '');
}

const FIRST = '2023-12-19T15:00:00Z';
const SECOND = '2023-12-19T17:00:00Z';
const clean = { 1: path.join(work, 'clean-1'), 2: path.join(work, 'clean-2') };
version = 1;
const firstMs = await undisturbed(clean[1], FIRST);
cpSync(clean[1], clean[2], { recursive: true });
version = 2;
const secondMs = await undisturbed(clean[2], SECOND);
const expected = { 1: rowsOf(clean[1]), 2: rowsOf(clean[2]) };
const sizes = Object.entries(expected[2]).map(([table, rows]) => `${table.split(' ')[1]} ${rows.length}`);
console.log(`clean runs: ${Math.round(firstMs)} and ${Math.round(secondMs)} ms; rows: ${sizes.join(', ')}`);

let different = 0;
const killed = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  version = round % 2 === 0 ? 1 : 2;
  const folder = path.join(work, `round-${round}`);
  if (version === 2) {
    cpSync(clean[1], folder, { recursive: true });
  }
  const now = version === 1 ? FIRST : SECOND;
  const atMs = random() * (version === 1 ? firstMs : secondMs);
  const { child, ended } = ingest(folder, now);
  await sleep(atMs);
  child.kill('SIGKILL');
  const code = await ended;
  killed.push(code === null);
  await undisturbed(folder, now);
  const rows = rowsOf(folder);
  for (const [table, wanted] of Object.entries(expected[version])) {
    const found = rows[table] ?? [];
    const lost = wanted.filter((row) => !found.includes(row));
    const extra = found.filter((row) => !wanted.includes(row));
    if (lost.length + extra.length > 0) {
      different += 1;
      console.log(
        `round ${round}, killed after ${Math.round(atMs)} ms: ${table} lacks ${lost.length}, has ${extra.length} more`,
      );
      console.log(`  ${(lost[0] ?? '').slice(0, 300)}\n  ${(extra[0] ?? '').slice(0, 300)}`);
    }
  }
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `${killed.length} kills, ${killed.filter(Boolean).length} of them before the run had ended; tables that differ: ${different}`,
);
server.close();
rmSync(work, { recursive: true, force: true });
process.exitCode = different > 0 ? 1 : 0;

function feedOf(feed, host) {
  // The second version brings two new entries, changes three and drops one.
  const numbers = Array.from({ length: ARTICLES + (version === 2 ? 2 : 0) }, (_, i) => i).slice(version - 1);
  const items = numbers.map((i) => {
    const isChanged = version === 2 && i % 7 === 3;
    return (
      `<item><title>Feed ${feed} report ${i}${isChanged ? ', updated' : ''}</title><link>http://${host}/page/${feed}/${i}</link>` +
      `<pubDate>Tue, 19 Dec 2023 ${String(i % 15).padStart(2, '0')}:00:00 GMT</pubDate></item>`
    );
  });
  return `<rss version="2.0"><channel><title>Feed ${feed}</title>${items.join('')}</channel></rss>`;
}

function pageOf(feed, entry) {
  // Every fifth page is the same report in all feeds: a wire copy.
  const of = entry % 5 === 0 ? entry : `${feed}-${entry}`;
  const isChanged = version === 2 && entry % 7 === 3;
  const paragraph = (i) =>
    `<p>On day ${i} of match ${of} they made ${100 + i * 7}${isChanged ? ' or more' : ''} runs: ${wordsOf(`${of}/${i}`)}.</p>`;
  const body = Array.from({ length: isChanged ? 8 : 12 }, (_, i) => paragraph(i)).join('');
  return `<!doctype html><html><head><title>Report</title></head><body><article><h1>Report ${of}</h1>${body}</article></body></html>`;
}

/** Forty invented words that no other paragraph has in this order. */
function wordsOf(key) {
  const letters =
    createHash('sha512').update(key).digest('hex') + createHash('sha512').update(`${key}+`).digest('hex');
  return (letters.match(/.{6}/g) ?? [])
    .map((part) => part.replace(/\d/g, (digit) => 'ghijklmnop'[digit]))
    .join(' ');
}
