// What the checks of `doctor` look at, opened when the first of them asks.
import { existsSync } from 'node:fs';
import type { Settings } from './config.js';
import { discordChecksFor } from './discord.js';
import { BotError } from './errors.js';
import { createLog } from './log.js';
import { once } from './once.js';
import type { App, Composition } from './ops/app.js';
import { createChecks } from './ops/checks.js';
import { judgeSettings } from './rag-settings.js';
import { slackChecksFor } from './slack.js';

export function openChecks(
  settings: Settings,
  doors: Pick<Composition, 'openApp' | 'openNews' | 'openModels'>,
): ReturnType<Composition['openChecks']> {
  let app: Promise<App> | undefined;
  const openApp = () => {
    app ??= doors.openApp(settings);
    return app;
  };
  const feeds = once(async () => {
    // Two stores that open side by side in one process wait for each other's lock and hold the event loop meanwhile.
    const opened = await openApp().catch(() => undefined);
    if (opened) {
      return opened.feeds.list();
    }
    const news = await doors.openNews(settings, { clock: () => new Date() });
    try {
      return await news.feeds.list();
    } finally {
      await news.close();
    }
  });
  const checks = createChecks({
    dataDir: settings.dataDir,
    openApp,
    feeds,
    askServers: async () => (await doors.openModels(settings)).servers(),
    questionsAtOnce: settings.bots.concurrent,
    tryGuard: (signal) => tryGuard(settings, signal),
    async checkModel() {
      const desk = await doors.openModels(settings);
      const { file } = desk.named();
      return existsSync(file) ? desk.check(file) : undefined;
    },
    queryGpu: async () => (await import('./ops/models/query-gpu.js')).queryGpu(),
    wantedGpu: settings.model.gpu,
    timeElsewhere: async (signal) => timeAt((await feeds())[0]?.url, signal),
    async findBrowser() {
      const { findBrowser } = await import('./feeds/find-browser.js');
      return findBrowser(settings.pages.browser);
    },
    async fetchFeed(url, signal) {
      const { openFeeds } = await import('./feeds/open-feeds.js');
      const feeds = openFeeds({ log: createLog(settings.logLevel) }, settings);
      try {
        await feeds.fetchPage(url, signal);
      } finally {
        await feeds.close();
      }
    },
  });
  const close = async () => {
    const opened = await app?.catch(() => undefined);
    await opened?.close();
  };
  return { checks: [...checks, ...slackChecksFor(settings), ...discordChecksFor(settings)], close };
}

/** A server is asked; a model of this machine takes long to load, so that its file is looked at. */
async function tryGuard(settings: Settings, signal: AbortSignal): Promise<string | undefined> {
  const judge = judgeSettings(settings);
  if (judge?.kind === 'llama') {
    const { inspectModel } = await import('./rag/adapters/gguf/inspect.js');
    const { contextTokens, file, sequences } = judge.llama;
    const { name, quantization } = await inspectModel({ file, contextTokens, sequences });
    return `${name} ${quantization}, from ${file}`;
  }
  if (judge === undefined) {
    return undefined;
  }
  const { openJudge } = await import('./rag/open-judge.js');
  const opened = await openJudge({ log: createLog(settings.logLevel) }, judge);
  try {
    const harm = await opened.judge({ question: 'Who won the match?' }, signal);
    if (harm) {
      throw new BotError('guard_failed', 'it takes "Who won the match?" for harm');
    }
    return `answers at ${judge.remote.baseUrl}`;
  } finally {
    await opened.close();
  }
}

/** What the clock of a server says, by the header of its answer; a cache tells how old that is. */
async function timeAt(url: string | undefined, signal: AbortSignal): Promise<Date | undefined> {
  if (!url) {
    return undefined;
  }
  const { headers } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
  const date = Date.parse(headers.get('date') ?? '');
  const ageMs = (Number(headers.get('age')) || 0) * 1000;
  return Number.isNaN(date) ? undefined : new Date(date + ageMs);
}
