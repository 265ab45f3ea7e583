// Fetches a preset's embedding weights on first use: a handful of files, complete only together.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OnProgress } from '../../domain.js';
import { BotError, describeError, isBotError } from '../../errors.js';
import { downloadFile } from './download-file.js';
import { EMBEDDING_MODELS, MODEL_FILES, missingFile, WEIGHTS_FILE } from './embedding-models.js';
import { createHttpAgent, type Proxies } from './http-agent.js';

export interface EnsureOptions {
  /** Folder that holds one folder a model. */
  cacheDir: string;
  /** Address of the hub, "https://huggingface.co". */
  hub: string;
  proxies?: Proxies | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

const CONNECT_MS = 10_000;

/**
 * Makes sure that the preset lies complete in its folder and gives that folder. Errors: `model_unknown`,
 * `model_unreachable`, `model_checksum`; each says how to bring the files by hand.
 */
export async function ensureModel(name: string, options: EnsureOptions): Promise<string> {
  const { cacheDir, hub, onProgress, proxies, signal } = options;
  const model = EMBEDDING_MODELS[name];
  const folder = path.join(cacheDir, name);
  if (!model) {
    const known = Object.keys(EMBEDDING_MODELS).join(', ');
    throw new BotError(
      'model_unknown',
      `"${name}" is no embedding model (allowed: ${known}, a folder, or none)`,
    );
  }
  if (!missingFile(folder)) {
    return folder;
  }
  const agent = createHttpAgent(proxies, { connectMs: CONNECT_MS });
  try {
    for (const file of MODEL_FILES.filter((one) => !existsSync(path.join(folder, one)))) {
      const isWeights = file === WEIGHTS_FILE;
      await downloadFile(`${hub}/${model.repository}/resolve/main/${file}`, path.join(folder, file), {
        agent,
        signal,
        sha256: isWeights ? model.sha256 : undefined,
        onProgress: isWeights ? onProgress : undefined,
        // Whoever waits for an answer does not wait for a hub that is down.
        tries: 1,
      });
    }
    return folder;
  } catch (error) {
    signal?.throwIfAborted();
    if (isBotError(error, 'model_checksum')) {
      throw error;
    }
    throw new BotError(
      'model_unreachable',
      `${name} cannot be fetched from ${hub} (${describeError(error) || 'no answer'}); bring ${MODEL_FILES.join(', ')} of ${model.repository} to ${folder}`,
      { cause: error },
    );
  } finally {
    await agent.destroy();
  }
}
