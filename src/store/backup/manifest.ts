// What a backup says of itself: which program made it, which migrations its store has seen, how much it holds, and the
// checksum of each file. Everything in it comes from outside when it is restored, so it is parsed with limits.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { BotError, describeError } from '../../errors.js';

export const MANIFEST = 'manifest.json';
/** All that a backup may hold beside its manifest: the store, and the secret that ids in it are hashed with. */
export const BACKUP_FILES = ['store.sqlite', 'secret'] as const;
const MOST_MANIFEST_BYTES = 1_000_000;

const manifestSchema = z.strictObject({
  /** Of this file's own layout. */
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Version of the program. */
  version: z.string().min(1).max(100),
  /** Names of the migrations that the store has seen, in order. */
  schema: z.array(z.string().min(1).max(200)).min(1).max(1000),
  /** Rows by table. */
  counts: z.record(z.string().max(200), z.number().int().nonnegative()),
  files: z
    .array(
      z.strictObject({
        name: z.enum(BACKUP_FILES),
        bytes: z.number().int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(BACKUP_FILES.length),
});
export type BackupManifest = z.infer<typeof manifestSchema>;

export function writeManifest(folder: string, manifest: BackupManifest): void {
  writeFileSync(path.join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
}

/** Error: `backup_unusable`. */
export function readManifest(folder: string): BackupManifest {
  const file = path.join(folder, MANIFEST);
  try {
    if (statSync(file).size > MOST_MANIFEST_BYTES) {
      throw new Error('it is too large');
    }
    return manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new BotError(
      'backup_unusable',
      `${folder} is no backup of Third Umpire: ${MANIFEST} cannot be read (${describeError(error)})`,
      { cause: error },
    );
  }
}

/** What the manifest says of one file. */
export async function describeFile(
  folder: string,
  name: BackupManifest['files'][number]['name'],
): Promise<BackupManifest['files'][number]> {
  const file = path.join(folder, name);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { name, bytes: statSync(file).size, sha256: hash.digest('hex') };
}

/** Compares each file with its checksum. Error: `backup_unusable` with the file's name. */
export async function checkFiles(folder: string, { files }: BackupManifest): Promise<void> {
  for (const expected of files) {
    const found = await describeFile(folder, expected.name).catch((error: unknown) => {
      throw new BotError('backup_unusable', `${expected.name} of the backup is missing or cannot be read`, {
        cause: error,
      });
    });
    if (found.sha256 !== expected.sha256 || found.bytes !== expected.bytes) {
      throw new BotError(
        'backup_unusable',
        `${expected.name} of the backup is not what was backed up: its checksum differs; take another backup`,
      );
    }
  }
}
