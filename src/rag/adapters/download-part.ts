// What lies beside a download that is not whole: a note on what it belongs to, and a lock, so that two processes
// never write one file.
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { BotError } from '../../errors.js';
import { isAlive } from './chroma-lock.js';

const noteSchema = z.object({
  url: z.string(),
  /** Checksum or ETag of the edition that the bytes belong to; absent = the server named none. */
  validator: z.string().optional(),
});
export type PartNote = z.output<typeof noteSchema>;

export function readNote(part: string): PartNote | undefined {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(`${part}.json`, 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeNote(part: string, note: { url: string; validator: string | undefined }): void {
  writeFileSync(`${part}.json`, JSON.stringify(note));
}

/** Gives what unlocks it. Error: `download_busy`. A lock whose process is gone counts for nothing. */
export function lockPart(part: string): () => void {
  const file = `${part}.lock`;
  for (const isLast of [false, true]) {
    try {
      const descriptor = openSync(file, 'wx');
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        throw error;
      }
      const owner = ownerOf(file);
      if (isLast || isAlive(owner)) {
        throw new BotError(
          'download_busy',
          `${part.replace(/\.part$/, '')} is being fetched by process ${owner}; wait for it, or end it and run the command again`,
          { cause: error },
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new Error(`${file} cannot be locked`);
}

/** 0 = nobody can tell; no process has it. */
function ownerOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8')) || Number.MAX_SAFE_INTEGER;
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}
