// A PostgreSQL of one's own: made in a temporary folder, on a port of loopback, gone at the end. It
// orders texts by a language and asks for a password, as databases that people have do.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { SECRET } from '../fixtures/secrets.mjs';
import { freePort } from './free-port.js';

const DEBIAN = '/usr/lib/postgresql';
/** A crash of the machine may cost a cluster that is made anew each time; one of the server alone costs nothing. */
const FAST = ['fsync=off', 'full_page_writes=off', 'autovacuum_naptime=5'];
const OPTIONS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', ...FAST];
const START_MS = 20_000;

export interface Cluster {
  /** Of the superuser, to the database `postgres`. */
  url: string;
  /** Ends the server at once, as a power cut does, and starts it again in the same place. */
  restart(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Undefined = PostgreSQL is not installed. */
export async function openCluster(): Promise<Cluster | undefined> {
  const bin = findBinaries();
  if (!bin) {
    return undefined;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'third-umpire-postgres-'));
  const password = `${SECRET}${randomBytes(9).toString('base64url')}`;
  writeFileSync(path.join(folder, 'password'), password);
  const identity = serverIdentity();
  for (const place of identity ? [folder, path.join(folder, 'password')] : []) {
    chownSync(place, identity?.uid ?? 0, identity?.gid ?? 0);
  }
  const data = path.join(folder, 'data');
  const making = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'];
  const access = ['--username=umpire', '--auth=scram-sha-256', `--pwfile=${path.join(folder, 'password')}`];
  execFileSync(path.join(bin, 'initdb'), ['-D', data, '--no-sync', ...making, ...access], {
    ...{ ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  const port = await freePort();
  const url = `postgres://umpire:${password}@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const settings = [...OPTIONS, `port=${port}`].flatMap((option) => ['-c', option]);
    const child = spawn(path.join(bin as string, 'postgres'), ['-D', data, ...settings], {
      ...{ ...identity, cwd: folder, stdio: 'ignore' },
    });
    server = child;
    for (const end = Date.now() + START_MS; !(await answers(url)); ) {
      if (Date.now() > end || child.exitCode !== null) {
        throw new Error('the PostgreSQL of the tests does not start');
      }
    }
  }
  async function stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const child = server;
    server = undefined;
    if (child && child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
  }
  await start();
  return {
    ...{ url, start, stop },
    async restart() {
      await stop('SIGQUIT');
      await start();
    },
    async close() {
      await stop('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function databaseUrl(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

/** One statement, by a connection of its own. */
export async function runSql<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await runSql(url, 'select 1');
    return true;
  } catch {
    return new Promise((resolve) => setTimeout(resolve, 50, false));
  }
}

/** Folder of initdb, postgres and pg_dump: Debian keeps them out of PATH. */
export function findBinaries(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ];
  return folders.find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name))),
  );
}

/** PostgreSQL refuses to run as root. */
function serverIdentity(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const [, , uid, gid] = (users.find((line) => /^postgres:/.test(line)) ?? 'nobody:x:65534:65534').split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
