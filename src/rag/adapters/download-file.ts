// Fetches one large file: resumed where it stopped, in this run or a later one, checked by its SHA-256, and in its
// place only when it is whole. What has arrived lies in FILE.part, what it belongs to in FILE.part.json.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { OnProgress } from '../../domain.js';
import { BotError, describeError, isBotError } from '../../errors.js';
import { checkDisk } from './download-disk.js';
import { openDownload } from './download-open.js';
import { lockPart, readNote, writeNote } from './download-part.js';

export interface DownloadOptions {
  agent: Dispatcher;
  /** Sent to the address's own host only, never to where it leads. */
  token?: string | undefined;
  /** 64 hex digits; absent = what the server says counts. */
  sha256?: string | undefined;
  /** Tries in a row that bring nothing (5). */
  tries?: number | undefined;
  /** Waits between tries; tests have their own. */
  wait?: ((ms: number) => Promise<unknown>) | undefined;
  /** Bytes that are free in a folder; tests have their own. */
  freeBytes?: ((folder: string) => number) | undefined;
  /** Bytes; also while what is there already is read again for its checksum. */
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface Downloaded {
  bytes: number;
  sha256: string;
  /** False = the server named no checksum. */
  isChecked: boolean;
}

const TRIES = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
const READ_BYTES = 4_194_304;

/**
 * Brings `url` to `target`. Errors: `download_refused` (401, 403), `download_missing` (404), `download_failed`,
 * `download_busy` (another process fetches it), `model_checksum` (it arrived damaged and was deleted), `disk_full`;
 * an abort throws the signal's reason and keeps what has arrived.
 */
export async function downloadFile(
  url: string,
  target: string,
  options: DownloadOptions,
): Promise<Downloaded> {
  const { signal, tries = TRIES, wait = (ms) => sleep(ms, undefined, signal ? { signal } : {}) } = options;
  mkdirSync(path.dirname(target), { recursive: true });
  const unlock = lockPart(`${target}.part`);
  try {
    const known = await readPart(`${target}.part`, options);
    for (let failures = 0; ; ) {
      const before = known.bytes;
      try {
        return await fetchRest(url, target, known, options);
      } catch (error) {
        signal?.throwIfAborted();
        failures = known.bytes > before ? 1 : failures + 1;
        if (isBotError(error) || failures >= tries) {
          throw asBotError(error, url, target);
        }
        await wait(Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS));
      }
    }
  } finally {
    unlock();
  }
}

/** The checksum over what lies in the part, to be gone on with. */
interface Progress {
  hash: Hash;
  bytes: number;
}

/** One connection: from where the part ends to the end. */
async function fetchRest(
  url: string,
  target: string,
  known: Progress,
  options: DownloadOptions,
): Promise<Downloaded> {
  const { agent, freeBytes, onProgress, signal, token } = options;
  const part = `${target}.part`;
  const { body, from, sha256, total, validator } = await openDownload(url, {
    agent,
    token,
    signal,
    from: known.bytes,
    note: readNote(part),
  });
  try {
    checkDisk(path.dirname(target), (total ?? 0) - known.bytes, total ?? 0, freeBytes);
    writeNote(part, { url, validator });
    if (from === 0) {
      Object.assign(known, { hash: createHash('sha256'), bytes: 0 });
    }
    const file = await open(part, from === 0 ? 'w' : 'a');
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        signal?.throwIfAborted();
        await file.appendFile(chunk);
        known.hash.update(chunk);
        known.bytes += chunk.length;
        onProgress?.({ done: known.bytes, total });
      }
      // In its place it counts as whole, after a power cut too.
      await file.sync();
    } finally {
      await file.close();
    }
    if (total !== undefined && known.bytes !== total) {
      throw new Error(`the connection ended after ${known.bytes} of ${total} bytes`);
    }
    return finish(url, target, known, options.sha256 ?? sha256);
  } finally {
    body.on('error', () => {}).destroy();
  }
}

function finish(url: string, target: string, known: Progress, wanted: string | undefined): Downloaded {
  const part = `${target}.part`;
  const found = known.hash.digest('hex');
  if (wanted && found !== wanted) {
    rmSync(part);
    rmSync(`${part}.json`, { force: true });
    throw new BotError(
      'model_checksum',
      `${url} arrived damaged (SHA-256 ${found.slice(0, 12)}…, not ${wanted.slice(0, 12)}…) and was deleted; run the command again`,
    );
  }
  renameSync(part, target);
  rmSync(`${part}.json`, { force: true });
  return { bytes: known.bytes, sha256: found, isChecked: Boolean(wanted) };
}

/** Reads what an earlier run has left. */
async function readPart(part: string, { onProgress, signal }: DownloadOptions): Promise<Progress> {
  const known: Progress = { hash: createHash('sha256'), bytes: 0 };
  if (sizeOf(part) > 0) {
    for await (const chunk of createReadStream(part, {
      highWaterMark: READ_BYTES,
    }) as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      known.hash.update(chunk);
      known.bytes += chunk.length;
      onProgress?.({ done: known.bytes });
    }
  }
  return known;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function asBotError(error: unknown, url: string, target: string): BotError {
  if (isBotError(error)) {
    return error;
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new BotError(
      'disk_full',
      `The disk of ${target} is full; free some space and run the command again`,
      {
        cause: error,
      },
    );
  }
  return new BotError(
    'download_failed',
    `${url} cannot be fetched (${describeError(error) || 'no answer'})`,
    {
      cause: error,
    },
  );
}
