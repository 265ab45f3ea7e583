// The data folder, made where it is not there.
import { mkdirSync } from 'node:fs';
import { BotError } from './errors.js';

/** Error: `data_dir_unusable`. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new BotError('data_dir_unusable', `${folder} cannot be made; choose another --data-dir`, {
      cause: error,
    });
  }
}
