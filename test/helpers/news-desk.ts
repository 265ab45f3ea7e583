// The feed side as the program composes it, over a real store and a clock that the test moves.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { loadSettings } from '#src/config.js';
import { createLog } from '#src/log.js';
import { createNewsWork } from '#src/news-work.js';
import { createNews } from '#src/open-news.js';
import type { WorkReport } from '#src/ops/news.js';
import { createChunker } from '#src/rag/index/chunk.js';
import { openStore } from '#src/store/open-store.js';
import type { TestSite } from './feed-server.js';
import { tempFolder } from './temp-folder.js';

const HOUR_MS = 3_600_000;

export async function aNewsDesk(site: TestSite, { feeds = '[]', retentionDays = 0 } = {}) {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'own-feeds.yaml'), `feeds: ${feeds}\n`);
  writeFileSync(
    path.join(folder, 'own.yaml'),
    `feeds: { file: own-feeds.yaml }\nretention: { days: ${retentionDays} }\n`,
  );
  const configFile = path.join(folder, 'own.yaml');
  const settings = loadSettings({ configFile, dataDir: folder, allowHosts: [site.host] }, {});
  const store = await openStore(folder);
  onTestFinished(() => store.close());
  const notices: string[] = [];
  let now = new Date('2023-12-19T15:00:00.000Z');
  const deps = { log: createLog('silent'), store, clock: () => now };
  const news = createNews(deps, settings);
  const work = createNewsWork(
    {
      ...deps,
      chunkArticle: createChunker(settings.chunks),
      onNotice: ({ code }) => notices.push(code),
    },
    settings,
  );
  const jobs = await work.openWork();
  onTestFinished(() => jobs.close());
  const signal = new AbortController().signal;

  return {
    ...news,
    work,
    store,
    notices,
    jobs,
    /** Does what is due now; what another process has done is left out. */
    async doWhatIsDue(): Promise<WorkReport[]> {
      const reports: WorkReport[] = [];
      for (const due of await jobs.due()) {
        const report = await due.run(signal);
        reports.push(...(report ? [report] : []));
      }
      return reports;
    },
    pass(hours: number) {
      now = new Date(now.getTime() + hours * HOUR_MS);
    },
    async healthOf(url: string) {
      return (await news.feeds.health()).find((feed) => feed.url === url);
    },
  };
}
