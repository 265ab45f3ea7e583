// A pool as the program opens it, over fresh servers in processes of their own.
import { createLog } from '../dist/log.js';
import { openOpenai } from '../dist/rag/adapters/openai/open-openai.js';
import { openPool } from '../dist/rag/adapters/pool/open-pool.js';
import { startServer } from './model-pool-kit.mjs';

/** `given`: `{slots, seconds}` of each. Comes back when all are ready. */
export async function openOver(count, given) {
  const started = await Promise.all(Array.from({ length: count }, () => startServer(given)));
  const pool = await openPool(
    { log: createLog('silent') },
    started.map(({ baseUrl }, i) => ({
      name: `server-${i + 1}`,
      open: (signal) =>
        openOpenai(
          { now: () => new Date() },
          { baseUrl, contextTokens: 4096, connectMs: 10_000, firstTextMs: 120_000, silenceMs: 30_000 },
          signal,
        ),
    })),
    {
      limit: 16,
      retries: 3,
      failures: 3,
      restMs: 1000,
      longestRestMs: 60_000,
      checkMs: 10_000,
      queue: { most: 100_000, perUser: 1000, timeoutSeconds: 3600 },
    },
  );
  while (pool.servers().some(({ state }) => state !== 'ready')) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const close = async () => {
    await pool.close();
    for (const one of started) {
      one.kill();
    }
  };
  return { pool, started, close };
}
