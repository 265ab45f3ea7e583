// An upgrade changes the store for good, so a backup is made before it; the last few of these are kept.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { backUp, stampOf } from './back-up.js';

export interface UpgradeBackups {
  /** How many are kept; 0 = none is made. */
  keep: number;
  /** Of the program. */
  version: string;
}

/** Folder of all backups that are made without being told where, below the data folder. */
export const BACKUPS = 'backups';
const PREFIX = 'before-upgrade-';

/** Backs up the store into DATA_DIR/backups and lets the oldest such backups go. Errors: those of `backUp`. */
export async function backUpBefore(dataDir: string, { keep, version }: UpgradeBackups): Promise<void> {
  if (keep === 0) {
    return;
  }
  const folder = path.join(dataDir, BACKUPS);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const now = new Date();
  // Two processes may start after one upgrade.
  const target = path.join(folder, `${PREFIX}${stampOf(now)}-${process.pid}`);
  await backUp({ dataDir, now, target, version });
  const made = readdirSync(folder).filter((name) => name.startsWith(PREFIX) && !name.endsWith('.part'));
  for (const name of made.sort().slice(0, -keep)) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
