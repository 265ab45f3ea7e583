// Sentence vectors through @xenova/transformers in a worker thread, because one text takes tens of
// milliseconds of a core. Texts go one by one: the int8 models scale their numbers over a whole batch, so a
// vector would depend on its neighbours (cosine down to .98, measured), and padding makes batches slower.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Piscina } from 'piscina';
import { z } from 'zod';
import { BotError, describeError } from '../../errors.js';
import type { Embedder, Vector } from '../ports.js';
import { EMBEDDING_MODELS, missingFile } from './embedding-models.js';

const REMEMBERED_QUESTIONS = 500;
/** The tensors lie outside the heap; what a text leaves on it is little, and an idle thread gives none of it back. */
const YOUNG_MB = 8;
const configSchema = z.object({ hidden_size: z.number().int().positive() });

/** Key and dimension as the model's own configuration tells them, before it is loaded; undefined = it does not. */
export function embeddingKey(folder: string): Pick<Embedder, 'key' | 'dimension'> | undefined {
  try {
    const { hidden_size: dimension } = configSchema.parse(
      JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8')),
    );
    return { key: keyOf(folder, dimension), dimension };
  } catch {
    return undefined;
  }
}

function keyOf(folder: string, dimension: number): string {
  return `${nameOf(folder)}-${dimension}`;
}

function nameOf(folder: string): string {
  return path.basename(path.resolve(folder));
}

/**
 * Loads the model in `folder` (its name is the folder's last part; a preset's name sets pooling and prefix).
 * Errors: `model_missing` (names folder and file), `model_broken`.
 */
export async function openEmbedder(folder: string, options: { threads: number }): Promise<Embedder> {
  const absent = missingFile(folder);
  if (absent) {
    throw new BotError(
      'model_missing',
      `${folder} is no complete embedding model: ${absent} is missing; name another folder or a preset, or "none"`,
    );
  }
  const name = nameOf(folder);
  const { pooling, questionPrefix } = EMBEDDING_MODELS[name] ?? { pooling: 'mean', questionPrefix: '' };
  const pool = new Piscina({
    filename: new URL('./embedder-worker.js', import.meta.url).href,
    workerData: { folder: path.resolve(folder), pooling, threads: options.threads },
    minThreads: 1,
    maxThreads: 1,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  let dimension: number;
  try {
    dimension = (await pool.run(undefined, { name: 'load' })) as number;
  } catch (error) {
    await pool.destroy();
    throw new BotError(
      'model_broken',
      `${folder} cannot be loaded as an embedding model: ${describeError(error)}`,
      {
        cause: error,
      },
    );
  }
  const remembered = new Map<string, Vector>();

  async function embedAll(texts: string[], signal?: AbortSignal): Promise<Vector[]> {
    const vectors: Vector[] = [];
    for (const text of texts) {
      signal?.throwIfAborted();
      vectors.push((await pool.run(text, { name: 'embed' })) as Vector);
    }
    return vectors;
  }

  async function embedQuestion(text: string, signal?: AbortSignal): Promise<Vector> {
    const known = remembered.get(text);
    if (known) {
      return known;
    }
    const [vector] = await embedAll([questionPrefix + text], signal);
    remembered.set(text, vector as Vector);
    const oldest = remembered.keys().next().value;
    if (remembered.size > REMEMBERED_QUESTIONS && oldest !== undefined) {
      remembered.delete(oldest);
    }
    return vector as Vector;
  }

  return {
    key: keyOf(folder, dimension),
    dimension,
    embed: (texts, kind, signal) =>
      kind === 'question'
        ? Promise.all(texts.map((text) => embedQuestion(text, signal)))
        : embedAll(texts, signal),
    close: () => pool.destroy(),
  };
}
