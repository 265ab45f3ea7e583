// A Hono app on a port of this machine. Whoever has another app (health, metrics) mounts it with `app.route` before.
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Env, Hono } from 'hono';
import { BotError } from '../../errors.js';

export interface ServeOptions {
  /** An address or name of this machine: "127.0.0.1"; "0.0.0.0" = all of them. */
  host: string;
  /** 0 = any that is free. */
  port: number;
}

export interface Served {
  /** Where it can be reached: "http://127.0.0.1:8321". */
  url: string;
  /** The port that was taken. */
  port: number;
  /** Takes no more connections and ends the open ones; comes back when all are closed. */
  close(): Promise<void>;
}

/** Headers must be here by then, and the rest of a request: whoever is slower would hold a connection for nothing. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** Answers under way may end so long; streams never end by themselves. */
const CLOSING_MS = 250;

/** Comes back when it listens. Error: `web_port_taken` (in use, or not ours to take), naming host and port. */
export async function serve<E extends Env>(app: Hono<E>, { host, port }: ServeOptions): Promise<Served> {
  const serverOptions = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS };
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions, overrideGlobalObjects: false });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const why = `cannot listen on ${host}:${port} (${(cause as NodeJS.ErrnoException).code})`;
      reject(new BotError('web_port_taken', `${why}; choose another web.port`, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const taken = (server.address() as AddressInfo).port;
  const shown = isEvery(host) ? '127.0.0.1' : host;
  return {
    url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${taken}`,
    port: taken,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const cut = setTimeout(() => {
        if ('closeAllConnections' in server) {
          server.closeAllConnections();
        }
      }, CLOSING_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

const isEvery = (host: string) => host === '0.0.0.0' || host === '::';

/** Whether only this machine reaches it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
