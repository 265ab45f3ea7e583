// The lock file beside Chroma's folder: which process runs a server there, and where it answers.
import { closeSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const lockSchema = z.object({
  /** Process that stops the server. */
  owner: z.number(),
  /** Process of the server; 0 = not started yet. */
  server: z.number(),
  port: z.number(),
});
export type Lock = z.infer<typeof lockSchema>;

/** What the file says; undefined = no file, or one that is half written. */
export function readLock(file: string): Lock | undefined {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** True for the one process that makes the file. */
export function takeLock(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx');
    writeFileSync(descriptor, JSON.stringify({ owner: process.pid, server: 0, port: 0 }));
    closeSync(descriptor);
    return true;
  } catch {
    return false;
  }
}

/** Replaces the file in one step, so that no reader sees half of it. */
export function writeLock(file: string, lock: Lock): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(lock));
  renameSync(temporary, file);
}

/** Whether a process of that id lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
