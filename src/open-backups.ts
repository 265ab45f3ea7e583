// Backups as the commands see them: where they go when nothing is said, and what this version knows.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from './config.js';
import { BotError } from './errors.js';
import type { Backups } from './ops/app.js';
import { backUp } from './store/backup/back-up.js';
import { BACKUPS } from './store/backup/before-upgrade.js';
import { restore } from './store/backup/restore.js';
import { MIGRATION_NAMES } from './store/migrations.js';
import { VERSION } from './version.js';

export function createBackups({ dataDir, secrets }: Settings): Backups {
  if (secrets.databaseUrl) {
    throw new BotError(
      'backup_elsewhere',
      'The store is in the database of DATABASE_URL: back it up and restore it with pg_dump and pg_restore, which come with PostgreSQL',
    );
  }
  return {
    async backUp(target, now) {
      const folder = path.join(dataDir, BACKUPS);
      if (target === undefined) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
      }
      return backUp({ dataDir, target: target ?? folder, version: VERSION, now });
    },
    restore: (source, now) => restore({ dataDir, source, version: VERSION, known: MIGRATION_NAMES, now }),
  };
}
