// The data folder, made where it is not there.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { BotError } from './errors.js';

/** Error: `data_dir_unusable`. */
export function makeFolder(folder: string): void {
  try {
    makeMissing(path.resolve(folder));
  } catch (error) {
    throw new BotError('data_dir_unusable', `${folder} cannot be made; choose another --data-dir`, {
      cause: error,
    });
  }
}

/** Level by level: under /proc, Node's own recursive way tries for ever. */
function makeMissing(folder: string): void {
  if (existsSync(folder)) {
    return;
  }
  makeMissing(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Two processes may start at once.
    if (!existsSync(folder)) {
      throw error;
    }
  }
}
