// Chroma's own server as a supervised child on a free loopback port. Two servers on one folder would spoil
// it and Chroma does not prevent that, so a lock file beside the folder says who runs one and where: a second
// process shares it, and one whose owner was killed is adopted.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BotError } from '../../errors.js';
import type { Log } from '../../log.js';
import { dropLock, isAlive, isHeld, type Lock, readLock, takeLock, writeLock } from './chroma-lock.js';
import { createRestartPauses } from './restart-pauses.js';

export interface ChromaServer {
  /** "http://127.0.0.1:PORT" */
  url: string;
  /** Process id of the server itself. */
  pid: number;
  /** Stops the server when this process runs it; leaves a shared one alone. */
  stop(): Promise<void>;
}

const POLL_MS = 40;
const STOP_TIMEOUT_MS = 3000;
/** Between two looks at whether the server answers, and how many it may miss. */
const PULSE_MS = 4000;
const MOST_SILENT = 4;

/** Errors: `chroma_unusable` (it cannot run here, or did not answer in time). */
export async function startChroma(
  deps: { log: Log },
  options: { folder: string; startTimeoutMs: number },
): Promise<ChromaServer> {
  const { folder } = options;
  const lockFile = `${folder}.lock`;
  mkdirSync(path.dirname(folder), { recursive: true });
  const deadline = Date.now() + options.startTimeoutMs;
  while (Date.now() < deadline) {
    const lock = readLock(lockFile);
    if (lock && (await isAnswering(lock))) {
      return isHeld(lockFile, lock) ? shared(lock) : adopt(lockFile, lock);
    }
    if (!lock || !isHeld(lockFile, lock) || isLost(lockFile, lock)) {
      dropLock(lockFile);
    }
    if (takeLock(lockFile)) {
      return launch(deps.log, folder, lockFile, deadline);
    }
    await sleep(POLL_MS);
  }
  throw new BotError(
    'chroma_unusable',
    `another process holds ${lockFile} but its Chroma does not answer; stop that process`,
  );
}

/** Lock files of the servers that this process runs and starts again. */
const launched = new Set<string>();

/** Whether a server that we adopted has died: nobody else starts it again. */
function isLost(lockFile: string, { owner, server }: Lock): boolean {
  return owner === process.pid && server > 0 && !isAlive(server) && !launched.has(lockFile);
}

async function launch(log: Log, folder: string, lockFile: string, deadline: number): Promise<ChromaServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess;
  let isStopping = false;
  const pauses = createRestartPauses(() => performance.now());

  function begin(): ChildProcess {
    const started = spawnServer(folder, port);
    pauses.begun();
    writeLock(lockFile, { owner: process.pid, server: started.pid ?? 0, port });
    started.once('exit', (code) => {
      if (isStopping) {
        return;
      }
      const { inARow, pauseMs } = pauses.ended();
      log.warn({ code, inARow, pauseMs }, 'chroma ended by itself and is started again');
      setTimeout(() => {
        child = isStopping ? child : begin();
      }, pauseMs).unref();
    });
    return started;
  }

  const killNow = () => child.kill('SIGKILL');
  async function stop(): Promise<void> {
    isStopping = true;
    process.off('exit', killNow);
    clearInterval(watching);
    launched.delete(lockFile);
    await endProcess(child.pid ?? 0);
    dropLock(lockFile);
  }

  // One that hangs is ended, and so started again.
  let silent = 0;
  async function feelPulse(): Promise<void> {
    silent = (await answers(url, PULSE_MS - 500)) ? 0 : silent + 1;
    if (silent >= MOST_SILENT && !isStopping) {
      silent = 0;
      log.warn('chroma hangs and is ended');
      killNow();
    }
  }
  const watching = setInterval(() => void feelPulse(), PULSE_MS);
  watching.unref();

  launched.add(lockFile);
  child = begin();
  process.once('exit', killNow);
  // A taken port makes the server exit 0 while a stranger answers, so our own child must live, too.
  while (child.exitCode === null && Date.now() < deadline) {
    if (await answers(url)) {
      return { url, pid: child.pid ?? 0, stop };
    }
    await sleep(POLL_MS);
  }
  await stop();
  throw new BotError(
    'chroma_unusable',
    `Chroma's server in ${folder} did not start; the exact scan answers instead`,
  );
}

function spawnServer(folder: string, port: number): ChildProcess {
  const entry = path.join(path.dirname(fileURLToPath(import.meta.resolve('chromadb'))), 'cli.mjs');
  const args = [entry, 'run', '--host', '127.0.0.1', '--port', String(port), '--path', folder];
  // Its own process group: Ctrl-C at the terminal is ours to handle, in order.
  const child = spawn(process.execPath, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
  return child;
}

function shared({ port, server }: Lock): ChromaServer {
  return { url: `http://127.0.0.1:${port}`, pid: server, stop: async () => {} };
}

/** A server whose owner was killed: it is ours to stop now. */
function adopt(lockFile: string, lock: Lock): ChromaServer {
  writeLock(lockFile, { ...lock, owner: process.pid });
  const stop = async () => {
    await endProcess(lock.server);
    dropLock(lockFile);
  };
  return { url: `http://127.0.0.1:${lock.port}`, pid: lock.server, stop };
}

/** SIGINT (some versions never end on SIGTERM), SIGKILL after 3 s. */
async function endProcess(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  for (const end = Date.now() + STOP_TIMEOUT_MS; isAlive(pid) && Date.now() < end; ) {
    await sleep(POLL_MS / 2);
  }
  signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

async function isAnswering({ port, server }: Lock): Promise<boolean> {
  return server > 0 && isAlive(server) && answers(`http://127.0.0.1:${port}`);
}

/** Whether a Chroma server answers there. */
export function answers(url: string, timeout = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const heartbeat = get(`${url}/api/v2/heartbeat`, { timeout, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    heartbeat.once('timeout', () => heartbeat.destroy()).once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
