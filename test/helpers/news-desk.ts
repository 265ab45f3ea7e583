// The feed side as the program composes it, over a real store and a clock that the test moves.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { loadSettings } from '#src/config.js';
import { createLog } from '#src/log.js';
import { createNewsWork } from '#src/news-work.js';
import { openHold } from '#src/open-hold.js';
import { createNews } from '#src/open-news.js';
import type { WorkReport } from '#src/ops/news.js';
import { createChunker } from '#src/rag/index/chunk.js';
import { openStore, type Store } from '#src/store/open-store.js';
import type { TestSite } from './feed-server.js';
import { tempFolder } from './temp-folder.js';

const HOUR_MS = 3_600_000;

interface DeskOptions {
  feeds?: string;
  retentionDays?: number;
  /** Absent = a fresh one. */
  store?: Store;
  /** Name of the process that it stands for, on another machine; absent = this one. */
  owner?: string;
  /** Whether the store's time is taken, and not one that the test moves. */
  isOnTime?: boolean;
}

export async function aNewsDesk(
  site: TestSite,
  { feeds = '[]', isOnTime = false, owner, retentionDays = 0, ...given }: DeskOptions = {},
) {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'own-feeds.yaml'), `feeds: ${feeds}\n`);
  writeFileSync(
    path.join(folder, 'own.yaml'),
    `feeds: { file: own-feeds.yaml }\nretention: { days: ${retentionDays} }\n`,
  );
  const configFile = path.join(folder, 'own.yaml');
  const settings = loadSettings({ configFile, dataDir: folder, allowHosts: [site.host] }, {});
  const store = given.store ?? (await openStore(folder));
  onTestFinished(async () => {
    await (given.store ? undefined : store.close());
  });
  const notices: string[] = [];
  let now = new Date('2023-12-19T15:00:00.000Z');
  const deps = { log: createLog('silent'), store, clock: isOnTime ? store.clock : () => now };
  const news = createNews(deps, settings);
  const work = createNewsWork(
    {
      ...deps,
      hold: openHold(store, owner),
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
