// The product's own composing of digests over a collection that was ingested, for the measurements; words alone, quotes alone.
import { loadSettings } from '#src/config.js';
import { loadCricketNames } from '#src/cricket.js';
import { createLog } from '#src/log.js';
import { openDigests } from '#src/open-digests.js';
import { openRag } from '#src/rag/open-rag.js';
import { ragSettings } from '#src/rag-settings.js';
import { openStore } from '#src/store/open-store.js';

/** `now` = the day on which all is read, as a date. */
export async function openNews(dataDir, now) {
  const settings = loadSettings({});
  const wanted = ragSettings(
    { ...settings, dataDir, embedding: { ...settings.embedding, model: 'none' } },
    {},
  );
  const names = loadCricketNames();
  const store = await openStore(dataDir);
  const deps = { log: createLog('error'), guard: { swearing: false }, names, clock: () => now };
  const rag = await openRag({ ...deps, openStore: async () => store }, wanted);
  const digests = openDigests({ names, store, stories: rag.stories });
  return {
    store,
    compose: digests.compose,
    isBorneOut: rag.stories.isBorneOut,
    async close() {
      await digests.close();
      await rag.close();
      await store.close();
    },
  };
}
