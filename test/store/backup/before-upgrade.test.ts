// An upgrade is preceded by a backup, of which the last few are kept.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Kysely, Migrator } from 'kysely';
import { expect, it } from 'vitest';
import { readManifest } from '#src/store/backup/manifest.js';
import { createSqliteDialect, openDatabase } from '#src/store/dialect.js';
import { MIGRATION_NAMES, migrations } from '#src/store/migrations.js';
import { openStore } from '#src/store/open-store.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const BACKUPS = { keep: 2, version: '0.2.0' };
const backupsIn = (dataDir: string) => readdirSync(path.join(dataDir, 'backups')).sort();

/** The folder of a store that has not seen the last migration. */
async function anOlderStore(): Promise<string> {
  const dataDir = tempFolder();
  const all = Object.entries(await migrations.getMigrations()).sort();
  const provider = { getMigrations: async () => Object.fromEntries(all.slice(0, -1)) };
  const db = new Kysely({ dialect: createSqliteDialect(openDatabase(path.join(dataDir, 'store.sqlite'))) });
  await new Migrator({ db, provider, allowUnorderedMigrations: true }).migrateToLatest();
  await db.destroy();
  return dataDir;
}

it('copies an older store before it is upgraded', async () => {
  const dataDir = await anOlderStore();

  const store = await openStore(dataDir, { backups: BACKUPS });
  await store.close();

  const [made = ''] = backupsIn(dataDir);
  expect(made).toMatch(/^before-upgrade-/);
  const { schema, version } = readManifest(path.join(dataDir, 'backups', made));
  expect({ schema, version }).toEqual({ schema: MIGRATION_NAMES.slice(0, -1), version: '0.2.0' });
});

it('keeps the last of them, and everything else that lies there', async () => {
  const dataDir = await anOlderStore();
  for (const name of ['before-upgrade-2025-01-01T000000Z-1', 'before-upgrade-2025-02-01T000000Z-1', 'mine']) {
    mkdirSync(path.join(dataDir, 'backups', name), { recursive: true });
  }

  const store = await openStore(dataDir, { backups: BACKUPS });
  await store.close();

  expect(backupsIn(dataDir)).toEqual([
    'before-upgrade-2025-02-01T000000Z-1',
    expect.stringMatching(/^before-upgrade-20[2-9]\d-/),
    'mine',
  ]);
});

it.each([
  ['of this version', async () => tempFolder(), BACKUPS],
  ['of an older one, when none is kept', anOlderStore, { ...BACKUPS, keep: 0 }],
])('copies nothing of a store %s', async (_, folder, backups) => {
  const dataDir = await folder();

  for (let i = 0; i < 2; i += 1) {
    const store = await openStore(dataDir, { backups });
    await store.close();
  }

  expect(existsSync(path.join(dataDir, 'backups'))).toBe(false);
});
