// A backup in one file: a tar, packed with gzip when its name says so. Of a tar from outside only plain files that a
// backup may hold are unpacked, and no more bytes than the disk has room for.
import { statfsSync } from 'node:fs';
import { create, extract } from 'tar';
import { BotError, describeError } from '../../errors.js';
import { BACKUP_FILES, MANIFEST } from './manifest.js';

const NAMES = new Set<string>([MANIFEST, ...BACKUP_FILES]);

export const isArchiveName = (file: string): boolean => /\.(tar|tar\.gz|tgz)$/i.test(file);

/** Packs these files of a folder into the new file `archive`, for its owner's eyes alone. */
export async function pack(
  folder: string,
  names: string[],
  archive: string,
  { gzip }: { gzip: boolean },
): Promise<void> {
  await create({ file: archive, cwd: folder, gzip, portable: true, mode: 0o600 }, names);
}

/** Unpacks into a folder that exists. Error: `backup_unusable`. */
export async function unpack(archive: string, folder: string): Promise<void> {
  const { bavail, bsize } = statfsSync(folder);
  let room = bavail * bsize;
  try {
    await extract({
      file: archive,
      cwd: folder,
      strict: true,
      preserveOwner: false,
      filter(name, entry) {
        room -= entry.size ?? 0;
        if (room < 0) {
          throw new Error('there is no room for it on the disk');
        }
        return NAMES.has(name) && 'type' in entry && entry.type === 'File';
      },
    });
  } catch (error) {
    throw new BotError('backup_unusable', `${archive} cannot be unpacked: ${describeError(error)}`, {
      cause: error,
    });
  }
}
