import { statfsSync } from 'node:fs';
import { BotError } from '../../errors.js';

/** The store and the indexes beside it go on writing. */
const SPARE_BYTES = 200e6;

/** Refuses what will not fit before a byte of it is fetched. Error: `disk_full`. */
export function checkDisk(
  folder: string,
  missing: number,
  total: number,
  freeBytes: (folder: string) => number = freeBytesOf,
): void {
  const free = freeBytes(folder);
  if (missing > 0 && missing + SPARE_BYTES > free) {
    throw new BotError(
      'disk_full',
      `${gigabytes(missing)} of ${gigabytes(total)} are missing and ${gigabytes(free)} are free in ${folder}; free some space or choose another --data-dir`,
    );
  }
}

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
