// A cross-encoder through @xenova/transformers in a worker thread. Pairs go one by one, for the reasons that texts
// do in embedder.ts.
import path from 'node:path';
import { Piscina } from 'piscina';
import { BotError, describeError } from '../../errors.js';
import type { Reranker } from '../ports.js';
import { missingFile } from './embedding-models.js';

/** Whether a complete model lies in the folder. */
export function hasReranker(folder: string): boolean {
  return missingFile(folder) === undefined;
}

/** Loads the model in `folder`. Error: `model_broken`. */
export async function openReranker(folder: string, options: { threads: number }): Promise<Reranker> {
  const pool = new Piscina({
    filename: new URL('./reranker-worker.js', import.meta.url).href,
    workerData: { folder: path.resolve(folder), threads: options.threads },
    minThreads: 1,
    maxThreads: 1,
  });
  try {
    await pool.run({ question: 'who won?', text: 'They did.' }, { name: 'rate' });
  } catch (error) {
    await pool.destroy();
    throw new BotError('model_broken', `${folder} cannot be loaded as a reranker: ${describeError(error)}`, {
      cause: error,
    });
  }
  return {
    async rate(question, texts, signal) {
      const ratings: number[] = [];
      for (const text of texts) {
        signal?.throwIfAborted();
        ratings.push((await pool.run({ question, text }, { name: 'rate' })) as number);
      }
      return ratings;
    },
    close: () => pool.destroy(),
  };
}
