// The secret of an installation: ids in logs and in the store are hashed with it. Given by the environment, or made on
// the first start and kept: in the data folder, for its owner's eyes alone, or in the database that replicas share.
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BotError } from './errors.js';

const SHORTEST = 16;

/** Error: `secret_unusable`. */
export function ownSecret(dataDir: string, given: string | undefined): string {
  if (given !== undefined) {
    return checked(given, 'THIRD_UMPIRE_SECRET');
  }
  const file = path.join(dataDir, 'secret');
  try {
    return checked(readFileSync(file, 'utf8').trim(), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw unusable(file, error);
    }
  }
  makeOnce(file);
  return checked(readFileSync(file, 'utf8').trim(), file);
}

/**
 * That of an installation whose store is shared between machines is kept there, unless the environment gives one.
 * Error: `secret_unusable`.
 */
export async function secretOf(
  { dataDir, secrets }: { dataDir: string; secrets: { own?: string | undefined } },
  { sharedSecret }: { sharedSecret?: ((made: string) => Promise<string>) | undefined },
): Promise<string> {
  return sharedSecret && secrets.own === undefined
    ? sharedSecret(randomBytes(32).toString('hex'))
    : ownSecret(dataDir, secrets.own);
}

/** Whole or not at all, and of two processes that start together the first one's. */
function makeOnce(file: string): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw unusable(file, error);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

function checked(secret: string, place: string): string {
  if (secret.length < SHORTEST) {
    throw new BotError(
      'secret_unusable',
      `${place} is no secret: it needs ${SHORTEST} characters or more (openssl rand -hex 32 makes one)`,
    );
  }
  return secret;
}

function unusable(file: string, cause: unknown): BotError {
  return cause instanceof BotError
    ? cause
    : new BotError(
        'secret_unusable',
        `${file} cannot be read or made; check the folder and its permissions`,
        {
          cause,
        },
      );
}
