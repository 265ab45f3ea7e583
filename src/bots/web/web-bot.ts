// The console as a platform: its page is where people write and read, and its posts are kept in our own store.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain.js';
import type { Log } from '../../log.js';
import type { Bot, BotPlatform } from '../ports.js';
import type { Timers } from '../timers.js';
import type { Assets } from './assets.js';
import { createWebDigests, webNews } from './digest-port.js';
import type { GuardOptions } from './guard.js';
import { createLive } from './live.js';
import type { ConsoleDesk, WebPosts } from './ports.js';
import { sourceView } from './post-view.js';
import { PLATFORM } from './read-say.js';
import { createReply } from './reply.js';
import { type Served, type ServeOptions, serve } from './serve.js';
import { createWebApp } from './web-app.js';

export interface WebBotDeps {
  posts: WebPosts;
  desk: ConsoleDesk;
  assets: Assets;
  /** The real time. */
  clock: Clock;
  /** The time that the ages of sources are told by. */
  newsClock: Clock;
  timers: Timers;
  log: Log;
  /** Told where it can be reached, when it can. */
  onServed(url: string): void;
}

/** Starts with the error of `serve` when the port is taken. */
export function createWebBot(
  deps: WebBotDeps,
  options: ServeOptions & Omit<GuardOptions, 'style'>,
): BotPlatform {
  const { newsClock, posts } = deps;
  const live = createLive();
  let bot: Bot | undefined;
  let served: Served | undefined;
  const app = createWebApp({ ...deps, live, bot: () => bot }, options);

  return {
    name: PLATFORM,
    digests: createWebDigests({ ...deps, live }),
    news: async (to, answer) => ({ channel: to.channel, payload: webNews(to, answer) }),

    async start(given) {
      bot = given;
      served = await serve(app, options);
      deps.onServed(served.url);
    },

    async pause() {
      bot = undefined;
    },

    async stop() {
      await served?.close();
    },

    // A page hears the process that it is connected to.
    isBoundHere: () => true,
    open: (turn) => createReply({ ...deps, live }, turn),

    async remove({ thread }, posted) {
      await posts.remove(posted);
      live.tell(thread, { type: 'gone', ids: posted });
    },

    async tell({ thread, user }, notice) {
      const sources = notice.citations.map((citation) => sourceView(citation, newsClock()));
      const event = { type: 'notice' as const, id: randomUUID(), text: notice.text, sources };
      live.tell(thread, event, notice.isPrivate ? user : undefined);
    },
  };
}
