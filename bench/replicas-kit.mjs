// What the measurements of replicas share: PostgreSQL, Chroma, feeds and a model on loopback, and the real program in
// processes that take themselves for machines of their own.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { compileTestFolder } from './compile-tests.mjs';
import { readinessAt } from './life-kit.mjs';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const NAME = new URL('replica-name.mjs', import.meta.url).href;

/** An empty database `umpire` on a PostgreSQL of its own: {url, pool, restart, close}. */
export async function openDatabase() {
  const helpers = compileTestFolder('helpers', ['postgres-server', 'free-port']);
  const { databaseUrl, openCluster, runSql } = await import(`${helpers}/postgres-server.js`);
  const cluster = await openCluster();
  if (!cluster) {
    throw new Error('PostgreSQL is not installed here');
  }
  await runSql(cluster.url, 'create database umpire');
  const url = databaseUrl(cluster.url, 'umpire');
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => {});
  return {
    url,
    restart: cluster.restart,
    /** Rows; undefined while the database is away. */
    rows: (sql) =>
      pool.query(sql).then(
        ({ rows }) => rows,
        () => undefined,
      ),
    async close() {
      await pool.end();
      await cluster.close();
    },
  };
}

/** Chroma's own server: {url, restart, close}. */
export async function openChromaServer(folder) {
  const helpers = compileTestFolder('helpers', ['free-port']);
  const { freePort } = await import(`${helpers}/free-port.js`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const entry = path.join(path.dirname(fileURLToPath(import.meta.resolve('chromadb'))), 'cli.mjs');
  let child;
  async function start() {
    // In a group of its own: the program that listens is a child of the one that is started here.
    child = spawn(
      process.execPath,
      [entry, 'run', '--host', '127.0.0.1', '--port', String(port), '--path', folder],
      {
        stdio: 'ignore',
        detached: true,
      },
    );
    const isUp = () =>
      fetch(`${url}/api/v2/heartbeat`).then(
        ({ ok }) => ok,
        () => false,
      );
    while (!(await isUp())) {
      await sleep(50);
    }
  }
  async function stop() {
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
  await start();
  return {
    url,
    async restart() {
      await stop();
      await start();
    },
    close: stop,
  };
}

/**
 * Feeds that take 1 to `seconds` to answer and have something new at each look, which is wanted every five minutes. `asked`
 * holds the times of all requests by feed, in milliseconds.
 */
export async function openFeedServer({ count, entries, seconds }) {
  const asked = new Map();
  const server = createServer(({ headers, url }, response) => {
    const times = asked.get(url) ?? [];
    asked.set(url, [...times, Date.now()]);
    const feed = Number(url.split('/').at(-1));
    const timer = setTimeout(
      () => {
        response
          .writeHead(200, { 'content-type': 'application/xml' })
          .end(feedOf(headers.host, feed, entries + times.length));
      },
      (1 + (feed % seconds)) * 1000,
    );
    response.once('close', () => clearTimeout(timer));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${server.address().port}`;
  return {
    host,
    urls: Array.from({ length: count }, (_, i) => `http://${host}/feed/${i}`),
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const TEAMS = ['Harbour', 'Valley', 'Northfield', 'Eastgate', 'Kingsmead', 'Riverside', 'Oldham', 'Lakeside'];

function feedOf(host, feed, entries) {
  const items = Array.from({ length: entries }, (_, i) => {
    const [home, away] = [TEAMS[i % TEAMS.length], TEAMS[(i + 1 + (feed % 7)) % TEAMS.length]];
    const title = `${home} beat ${away} by ${20 + i} runs in match ${feed}-${i}`;
    const text = `${title} on a dry evening at the ${home} ground. The captain of ${home} said that the bowlers had won match ${feed}-${i} for them.`;
    // Old enough at the first look, and ten minutes apart.
    const at = new Date(Date.now() - (entries - i) * 600_000).toUTCString();
    return `<item><pubDate>${at}</pubDate><title>${title}</title><link>http://${host}/${feed}/${i}</link><description>${text}</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ${feed}</title><link>http://${host}/</link><description>d</description>${items.join('')}</channel></rss>`;
}

/** Settings that all replicas share, and what begins one. `settings` is laid over the defaults. */
export function replicasOf({ cluster, chroma, environment, feeds, settings, embedding }) {
  const work = mkdtempSync(path.join(tmpdir(), 'replicas-'));
  writeFileSync(
    path.join(work, 'own-feeds.yaml'),
    JSON.stringify({ feeds: feeds.urls.map((url) => ({ url, pages: 'feed-only' })) }),
  );
  const own = { ...process.env, NO_COLOR: '1', DATABASE_URL: cluster.url, ...environment };
  if (chroma) {
    own.CHROMA_URL = chroma.url;
  }
  const optionsOf = (name, over) => {
    const file = path.join(work, `${name}.yaml`);
    const config = {
      feeds: { file: 'own-feeds.yaml', allowHosts: [feeds.host] },
      logLevel: 'warn',
      ...settings,
      ...over,
    };
    writeFileSync(file, JSON.stringify(config));
    const dataDir = path.join(work, name);
    mkdirSync(dataDir, { recursive: true });
    return ['--config', file, '--data-dir', dataDir, '--embedding-model', embedding];
  };
  return {
    /** Copies a store from its folder into the database. */
    copyStore: (dataDir) =>
      execFileSync(process.execPath, [CLI, 'store', 'copy', ...optionsOf('copy'), '--data-dir', dataDir], {
        env: own,
        stdio: 'pipe',
      }),
    /** Starts the replica; `isReady` once it says so itself. `onEnd` is told when it ends though nobody ended it. */
    start(name, port, onEnd) {
      const options = optionsOf(name, { health: { port } });
      const log = path.join(work, `${name}.log`);
      const child = spawn(process.execPath, ['--import', NAME, CLI, 'start', ...options], {
        env: { ...own, REPLICA: name },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let isKilled = false;
      child.once('exit', (code, signal) => isKilled || onEnd({ name, code, signal }));
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (part) => writeFileSync(log, part, { flag: 'a' }));
      }
      const ended = once(child, 'exit');
      return {
        ...{ name, child, ended },
        said: () => readFileSync(log, 'utf8'),
        isReady: async () => (await readinessAt(port)) !== undefined,
        async kill() {
          isKilled = true;
          child.kill('SIGKILL');
          await ended;
        },
        async stop() {
          isKilled = true;
          child.kill('SIGTERM');
          return (await ended)[0];
        },
      };
    },
    remove: () => rmSync(work, { recursive: true, force: true }),
  };
}
