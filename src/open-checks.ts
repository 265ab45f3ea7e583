// What the checks of `doctor` look at, opened when the first of them asks.
import { existsSync } from 'node:fs';
import type { Settings } from './config.js';
import { discordChecksFor } from './discord.js';
import { createLog } from './log.js';
import type { App, Composition } from './ops/app.js';
import { createChecks } from './ops/checks.js';
import { modelSettings } from './rag-settings.js';
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
  const checks = createChecks({
    dataDir: settings.dataDir,
    openApp,
    async feeds() {
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
    },
    async askServer() {
      const { openai } = modelSettings(settings);
      if (!openai) {
        return undefined;
      }
      const { openOpenai } = await import('./rag/adapters/openai/open-openai.js');
      const { close, contextTokens, name } = await openOpenai({ now: () => new Date() }, openai);
      await close();
      return { name, contextTokens };
    },
    async checkModel() {
      const desk = await doors.openModels(settings);
      const { file } = desk.named();
      return existsSync(file) ? desk.check(file) : undefined;
    },
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
