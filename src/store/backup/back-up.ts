// Makes a backup beside a running bot: a copy of the store, the secret that ids in it are hashed with, and a manifest,
// as a folder or one archive. It appears under its name in one step, so that one that broke off is never taken for a
// backup. The indexes are not in it: they are made anew from the store.
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { BotError, describeError, isBotError } from '../../errors.js';
import { isArchiveName, pack } from './archive.js';
import { copyStore, type StoreFacts } from './copy-store.js';
import { BACKUP_FILES, type BackupManifest, describeFile, MANIFEST, writeManifest } from './manifest.js';

export interface BackupOptions {
  dataDir: string;
  /** A folder that is there gets the backup under a name of its own; FILE.tar, FILE.tar.gz and FILE.tgz are archives. */
  target: string;
  /** Of the program. */
  version: string;
  now: Date;
}

/** A backup that was made. */
export interface Backup {
  /** The folder or the archive. */
  place: string;
  manifest: BackupManifest;
}

/** Errors: `store_missing`, `backup_exists` (nothing is overwritten), `backup_failed`. */
export async function backUp({ dataDir, now, target, version }: BackupOptions): Promise<Backup> {
  const place = placeOf(target, now);
  if (existsSync(place)) {
    throw new BotError('backup_exists', `${place} is there already; name another place`);
  }
  const draft = `${place}.${process.pid}.part`;
  const archive = `${draft}.tar`;
  try {
    mkdirSync(path.dirname(draft), { recursive: true });
    // Not with its parents: where no folder can be made, as in /proc, Node would try that for ever.
    mkdirSync(draft, { mode: 0o700 });
    const facts = copyStore(path.join(dataDir, 'store.sqlite'), path.join(draft, 'store.sqlite'));
    const secret = path.join(dataDir, 'secret');
    if (existsSync(secret)) {
      copyFileSync(secret, path.join(draft, 'secret'));
    }
    const manifest = await sealFolder(draft, { now, version, facts });
    if (isArchiveName(place)) {
      const names = [MANIFEST, ...manifest.files.map(({ name }) => name)];
      await pack(draft, names, archive, { gzip: !place.toLowerCase().endsWith('.tar') });
      renameSync(archive, place);
    } else {
      renameSync(draft, place);
    }
    return { place, manifest };
  } catch (error) {
    throw isBotError(error)
      ? error
      : new BotError('backup_failed', `${place} cannot be written: ${describeError(error)}`, {
          cause: error,
        });
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(archive, { force: true });
  }
}

/** Writes the manifest of a folder that holds a store, which makes it a backup. */
export async function sealFolder(
  folder: string,
  { facts, now, version }: { facts: StoreFacts; now: Date; version: string },
): Promise<BackupManifest> {
  const names = BACKUP_FILES.filter((name) => existsSync(path.join(folder, name)));
  const files = await Promise.all(names.map((name) => describeFile(folder, name)));
  const manifest = { format: 1 as const, madeAt: now.toISOString(), version, ...facts, files };
  writeManifest(folder, manifest);
  return manifest;
}

/** A name that sorts by time and that every file system takes, as 2023-12-19T150500Z. */
export function stampOf(time: Date): string {
  return time.toISOString().replace(/\.\d+/, '').replaceAll(':', '');
}

function placeOf(target: string, now: Date): string {
  const isFolder = existsSync(target) && statSync(target).isDirectory();
  return path.resolve(isFolder ? path.join(target, `third-umpire-${stampOf(now)}`) : target);
}
