// The lock file beside Chroma's folder: which process runs a server there, and where it answers.
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const lockSchema = z.object({
  /** Process that stops the server. */
  owner: z.number(),
  /** Process of the server; 0 = not started yet. */
  server: z.number(),
  port: z.number(),
});
export type Lock = z.infer<typeof lockSchema>;

/** Lock files that this process made or took over. */
const own = new Set<string>();

/** Whether the process that wrote the lock lives. Our own number may be that of a process before us: a container restarts. */
export function isHeld(file: string, { owner }: Lock): boolean {
  return owner === process.pid ? own.has(file) : isAlive(owner);
}

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
    own.add(file);
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
  own.add(file);
}

/** Gives the lock back. */
export function dropLock(file: string): void {
  own.delete(file);
  rmSync(file, { force: true });
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
