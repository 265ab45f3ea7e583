// The console as a platform of tests: its real server on loopback, its posts in a store.
import { createHash } from 'node:crypto';
import type { BotPlatform } from '#src/bots/ports.js';
import { realTimers } from '#src/bots/timers.js';
import { readAssets } from '#src/bots/web/assets.js';
import type { ConsoleDesk, WebPosts } from '#src/bots/web/ports.js';
import type { ThreadEvent } from '#src/bots/web/views.js';
import { createWebBot } from '#src/bots/web/web-bot.js';
import { watchedLog } from './watched-log.js';

const assets = await readAssets('config/console');

/** Nothing is followed, read or indexed. */
export const EMPTY_DESK: ConsoleDesk = {
  feeds: async () => [],
  stories: async () => [],
  digest: async () => ({ title: '', items: [], matches: [], sources: [], facts: '' }),
  isUnwelcome: () => false,
  subscriptions: async () => [],
  changeSubscription: async () => [],
  state: async () => ({ articles: 0, passages: 0, indexes: [], notices: [], open: 0, ended: [] }),
  passages: async () => [],
};

export interface WebUnderTest {
  platform: BotPlatform;
  /** Undefined until it is started. */
  url(): string | undefined;
}

export function webAdapter(
  posts: WebPosts,
  over: { desk?: Partial<ConsoleDesk>; token?: string } = {},
): WebUnderTest {
  const clock = () => new Date();
  let url: string | undefined;
  const platform = createWebBot(
    {
      ...{ posts, assets, clock, newsClock: clock, timers: realTimers, log: watchedLog() },
      desk: { ...EMPTY_DESK, ...over.desk },
      onServed(at) {
        url = at;
      },
    },
    { host: '127.0.0.1', port: 0, hosts: [], token: over.token },
  );
  return { platform, url: () => url };
}

/** A browser of that name, as far as the console can tell. */
export function aBrowser(name: string) {
  const cookie = `third-umpire-browser=${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  return {
    async post(
      url: string,
      path: string,
      body: unknown,
    ): Promise<{ status: number; told: Record<string, unknown> }> {
      const headers = { cookie, origin: url, 'content-type': 'application/json' };
      const response = await fetch(`${url}/api${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return { status: response.status, told: (await response.json()) as Record<string, unknown> };
    },
    async thread(url: string, thread: string): Promise<ThreadEvent[]> {
      const response = await fetch(`${url}/api/threads/${thread}`, { headers: { cookie } });
      return ((await response.json()) as { events: ThreadEvent[] }).events;
    },
    cookie,
  };
}
