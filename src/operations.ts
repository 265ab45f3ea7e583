// What operators have, as the composition gives it: opened only by the commands that ask for it.
import type { Composition } from './ops/app.js';

export const operations: Pick<Composition, 'openBackups' | 'openDigestWords' | 'openHealth' | 'openModels'> =
  {
    async openModels(settings) {
      const { createModelDesk } = await import('./open-models.js');
      return createModelDesk(settings);
    },

    async openBackups(settings) {
      const { createBackups } = await import('./open-backups.js');
      return createBackups(settings);
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
