// What operators have, as the composition gives it: opened only by the commands that ask for it.
import { BotError } from './errors.js';
import { createLog } from './log.js';
import type { Composition } from './ops/app.js';
import { VERSION } from './version.js';

export const operations: Pick<
  Composition,
  'copyStore' | 'openBackups' | 'openDigestWords' | 'openHealth' | 'openModels'
> = {
  async openModels(settings) {
    const { createModelDesk } = await import('./open-models.js');
    return createModelDesk(settings);
  },

  async openBackups(settings) {
    const { createBackups } = await import('./open-backups.js');
    return createBackups(settings);
  },

  async copyStore({ backups, database, dataDir, logLevel, secrets }, work) {
    if (!secrets.databaseUrl) {
      throw new BotError(
        'usage',
        'DATABASE_URL names no database to copy to (allowed: postgres://USER:PASSWORD@HOST:5432/NAME)',
      );
    }
    const { copyStore } = await import('./store/copy/copy-store.js');
    const upgrades = { ...backups, version: VERSION };
    const target = { url: secrets.databaseUrl, ...database, log: createLog(logLevel) };
    return copyStore({ dataDir, backups: upgrades, ...target, ...work });
  },

  async openDigestWords() {
    const [{ knownZone }, { followingOf }, { loadCricketNames }] = await Promise.all([
      import('./digest-desk.js'),
      import('./follow-names.js'),
      import('./cricket.js'),
    ]);
    return { zone: knownZone, checkFollow: (words) => void followingOf(words, loadCricketNames()) };
  },

  async openHealth(settings) {
    const { openHealth } = await import('./open-health.js');
    return openHealth(settings);
  },
};
