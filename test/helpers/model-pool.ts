// Pools over servers of the tests, with the settings of the program.
import { onTestFinished } from 'vitest';
import { type OpenaiOptions, openOpenai } from '#src/rag/adapters/openai/open-openai.js';
import { openPool, type PoolDeps, type PoolOptions } from '#src/rag/adapters/pool/open-pool.js';
import { watchedLog } from './watched-log.js';

export const POOL: PoolOptions = {
  limit: 16,
  retries: 2,
  failures: 3,
  restMs: 1000,
  longestRestMs: 60_000,
  checkMs: 10_000,
  queue: { most: 100, perUser: 100, timeoutSeconds: 60 },
};

export const OPENAI: Omit<OpenaiOptions, 'baseUrl'> = {
  contextTokens: 4096,
  connectMs: 2000,
  firstTextMs: 5000,
  silenceMs: 5000,
};

export type PooledServer = Partial<OpenaiOptions> & { baseUrl: string; name?: string; limit?: number };

/** A pool over these servers, each named by its place ("a", "b", …) where it has no name; closed with the test. */
export async function aPool(
  servers: PooledServer[],
  options: Partial<PoolOptions> = {},
  deps: Partial<PoolDeps> = {},
) {
  const waits: number[] = [];
  const pool = await openPool(
    { log: watchedLog(), wait: async (ms) => void waits.push(ms), ...deps },
    servers.map((server, i) => ({
      name: server.name ?? String.fromCharCode(97 + i),
      limit: server.limit,
      open: (signal) => openOpenai({ now: () => new Date() }, { ...OPENAI, ...server }, signal),
    })),
    { ...POOL, ...options },
  );
  onTestFinished(() => pool.close());
  return { pool, waits };
}
