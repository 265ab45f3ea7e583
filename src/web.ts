// The console in the browser as `start` and `demo` open it; Hono is loaded only where it is switched on.
import path from 'node:path';
import type { BotPlatform } from './bots/ports.js';
import { realTimers } from './bots/timers.js';
import type { ConsoleDesk } from './bots/web/ports.js';
import { CONFIG_FOLDER, type Settings } from './config.js';
import type { Clock } from './domain.js';
import { BotError } from './errors.js';
import type { Log } from './log.js';
import type { Store } from './store/open-store.js';

export interface WebParts {
  log: Log;
  newsClock: Clock;
  store: Pick<Store, 'webPosts'>;
  console: ConsoleDesk;
  /** Told where it is served; absent = nobody wants to know. */
  onServed?: ((url: string) => void) | undefined;
}

const SHORTEST_TOKEN = 16;

/** Undefined = it is switched off. Error: `web_token_missing`. */
export async function openWeb(parts: WebParts, { secrets, web }: Settings): Promise<BotPlatform | undefined> {
  if (!web.enabled) {
    return undefined;
  }
  const [{ createWebBot }, { readAssets }, { isLoopback }] = await Promise.all([
    import('./bots/web/web-bot.js'),
    import('./bots/web/assets.js'),
    import('./bots/web/serve.js'),
  ]);
  const token = secrets.webToken;
  // A name besides means that a proxy in front of it lets others in.
  const open = [web.host, ...web.hosts].find((name) => !isLoopback(name));
  if (open !== undefined && (token ?? '').length < SHORTEST_TOKEN) {
    throw new BotError(
      'web_token_missing',
      `${open} (web.host or web.hosts) opens the console to other machines: set THIRD_UMPIRE_WEB_TOKEN (${SHORTEST_TOKEN} characters or more), or name loopback addresses alone`,
    );
  }
  const { log, newsClock, onServed = () => {}, store } = parts;
  const assets = await readAssets(path.join(CONFIG_FOLDER, 'console'));
  const { host, port } = web;
  return createWebBot(
    {
      ...{ posts: store.webPosts, desk: parts.console, assets, log, newsClock, onServed },
      ...{ clock: () => new Date(), timers: realTimers },
    },
    { host, port, hosts: [host, ...web.hosts].map((name) => name.toLowerCase()), token },
  );
}
