// The files of a snapshot of the lexical index: copied out of a living index, brought to the disk, and copied in whole.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Piscina } from 'piscina';
import { describeError } from '../../errors.js';

/** Nobody is still writing into a copy that was not touched for so long. */
const COPIED_MS = 10 * 60_000;

/** In a thread that lives as long as that takes. */
export async function copyIndex(
  from: string,
  to: string,
): Promise<{ revision: number; erased: number; version: number }> {
  const pool = new Piscina({
    filename: new URL('./lexical-snapshot-worker.js', import.meta.url).href,
    minThreads: 1,
    maxThreads: 1,
  });
  try {
    return await pool.run({ from, to }, { name: 'copy' });
  } finally {
    await pool.close();
  }
}

/** Brings the file to the disk; gives its size and digest. */
export async function sealed(file: string): Promise<{ bytes: number; sha256: string }> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  const hash = createHash('sha256');
  for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(part as Buffer);
  }
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

/** Copies the file; gives what is wrong with it. */
export async function copyWhole(
  from: string,
  to: string,
  { bytes, sha256 }: { bytes: number; sha256: string },
): Promise<string | undefined> {
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(part, _, done) {
      hash.update(part as Buffer);
      done(null, part);
    },
  });
  try {
    await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), hashed, createWriteStream(to));
  } catch (error) {
    return `it cannot be read (${describeError(error)})`;
  }
  return (await stat(to)).size === bytes && hash.digest('hex') === sha256 ? undefined : 'it is damaged';
}

/** What a process left that was killed while it copied. */
export async function sweepBeside(file: string): Promise<void> {
  const beside = await readdir(path.dirname(file));
  for (const one of beside.filter((name) => name.startsWith(`${path.basename(file)}.snapshot-`))) {
    const left = path.join(path.dirname(file), one);
    const { mtimeMs } = await stat(left).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > COPIED_MS) {
      await rm(left, { force: true });
    }
  }
}
