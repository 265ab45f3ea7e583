// The part of the settings that the core is opened with.
import path from 'node:path';
import type { Settings } from './config.js';
import type { OnNamedProgress } from './ops/app.js';
import type { RagSettings } from './rag/open-rag.js';

/** `download` lets missing weights of a preset be fetched now. */
export function ragSettings(
  settings: Settings,
  options: { download?: boolean; onProgress?: OnNamedProgress },
): RagSettings {
  const { answers, chroma, dataDir, embedding, retrieval, secrets } = settings;
  return {
    dataDir,
    retrieval,
    // A name without a folder of its own is a model among the downloaded ones.
    reranker: /[\\/]/.test(retrieval.reranker)
      ? path.resolve(retrieval.reranker)
      : path.join(dataDir, 'models', retrieval.reranker),
    answers: { minConfidence: answers.minConfidence, maxWords: answers.maxWords },
    semantic: {
      model: embedding.model,
      threads: embedding.threads,
      hub: embedding.hub,
      download: embedding.download && (options.download ?? false),
      onDownload: (progress) => options.onProgress?.(`download ${embedding.model}`, progress),
      chroma: {
        mode: chroma.mode,
        url: secrets.chromaUrl,
        apiKey: secrets.chromaApiKey,
        startTimeoutMs: chroma.startTimeoutSeconds * 1000,
      },
    },
  };
}
