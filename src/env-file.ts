// Secrets in a file of their own, `.env`: NAME=value a line, as Node itself reads it. Nothing of it is ever shown.
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { BotError, describeError } from './errors.js';

/** Its variables; none where there is no such file. Error: `config_missing`. */
export function readEnvFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return {};
    }
    throw new BotError(
      'config_missing',
      `${file} cannot be read (${describeError(error)}); check its owner`,
      {
        cause: error,
      },
    );
  }
}
