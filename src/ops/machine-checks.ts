// What `doctor` looks at of the machine itself: Node, the clock, the disk, the GPU.
import { accessSync, constants, statfsSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { makeFolder } from '../make-folder.js';
import type { CheckResult } from './doctor.js';
import { gigabytes } from './models/plan-memory.js';
import { type Gpu, noteOnCapability } from './models/query-gpu.js';

const OLDEST_NODE = [20, 19] as const;
const LITTLE_DISK_BYTES = 2e9;
const NO_DISK_BYTES = 2e8;
const YEAR_OF_THIS_PROGRAM = 2025;
/** Servers are a few seconds off, and answers take some. */
const MOST_OFF_SECONDS = 60;

export function checkNode(version: string): CheckResult {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return isOld
    ? { status: 'fail', fact: `Node ${version}`, fix: `install Node ${OLDEST_NODE.join('.')} or later` }
    : { status: 'ok', fact: `Node ${version}${isMainThread ? '' : ' (worker)'}` };
}

export function checkClock(now: Date, elsewhere?: Date): CheckResult {
  if (now.getUTCFullYear() < YEAR_OF_THIS_PROGRAM) {
    return {
      status: 'fail',
      fact: now.toISOString(),
      fix: 'set the clock; ages and "as of" lines are wrong',
    };
  }
  const fact = `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const offSeconds = elsewhere ? Math.round((now.getTime() - elsewhere.getTime()) / 1000) : 0;
  if (Math.abs(offSeconds) <= MOST_OFF_SECONDS) {
    return { status: 'ok', fact };
  }
  const way = offSeconds > 0 ? 'ahead' : 'behind';
  return {
    status: 'fail',
    fact: `${fact}, ${Math.abs(offSeconds)} s ${way} of other machines`,
    fix: 'switch time synchronisation on (timedatectl set-ntp true): Slack refuses what is five minutes off',
  };
}

export function checkDisk(dataDir: string): CheckResult {
  makeFolder(dataDir);
  accessSync(dataDir, constants.W_OK);
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const fact = `${(free / 1e9).toFixed(1)} GB free for ${dataDir}`;
  if (free < NO_DISK_BYTES) {
    return { status: 'fail', fact, fix: 'free some space or choose another --data-dir' };
  }
  return free < LITTLE_DISK_BYTES
    ? { status: 'warn', fact, fix: 'free some space soon' }
    : { status: 'ok', fact };
}

export function checkGpu(gpu: Gpu | undefined, wanted: string): CheckResult {
  if (!gpu) {
    return wanted === 'cuda'
      ? {
          status: 'fail',
          fact: 'no NVIDIA GPU is seen, and model.gpu is cuda',
          fix: 'install the driver (nvidia-smi must answer); in a container: --gpus all and the NVIDIA container toolkit',
        }
      : { status: 'ok', fact: 'no NVIDIA GPU is seen: a language model runs on the processor' };
  }
  const { computeCapability, driver, free, memory, name } = gpu;
  const fact = `${name}, ${gigabytes(free)} of ${gigabytes(memory)} free, driver ${driver || 'unknown'}, compute capability ${computeCapability || 'unknown'}`;
  const { advice } = computeCapability ? noteOnCapability(computeCapability) : {};
  return advice ? { status: 'warn', fact, fix: advice } : { status: 'ok', fact };
}
