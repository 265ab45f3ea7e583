import { expect, it } from 'vitest';
import { loadSettings } from '#src/config.js';
import { openChecks } from '#src/open-checks.js';
import { tempFolder } from './helpers/temp-folder.js';

type Doors = Parameters<typeof openChecks>[1];

/** What the feeds' check says when the doors open so. */
async function checkFeeds(openApp: () => Promise<unknown>, openNews: () => Promise<unknown>) {
  const settings = loadSettings({ dataDir: tempFolder() }, {});
  const { checks, close } = openChecks(settings, { openApp, openNews } as unknown as Doors);
  const result = await checks.find(({ name }) => name === 'feeds')?.run(AbortSignal.timeout(5000));
  await close();
  return result;
}
const news = { feeds: { list: async () => [] }, close: async () => {} };

it('opens no second store beside that of the app', async () => {
  const result = await checkFeeds(
    async () => news,
    async () => {
      throw new Error('database is locked');
    },
  );

  expect(result?.fact).toBe('none is followed');
});

it('reads the feeds by themselves where the app does not open', async () => {
  const result = await checkFeeds(
    async () => {
      throw new Error('no index');
    },
    async () => news,
  );

  expect(result?.fact).toBe('none is followed');
});
