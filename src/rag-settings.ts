// The part of the settings that the core is opened with.
import path from 'node:path';
import type { Settings } from './config.js';
import type { OnNamedProgress } from './ops/app.js';
import { namedModel } from './rag/adapters/language-models.js';
import { PROMPT_PRESETS } from './rag/generate/prompt-presets.js';
import type { ModelSettings } from './rag/open-model.js';
import type { RagSettings } from './rag/open-rag.js';
import { serverSettings } from './server-settings.js';

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
    prompt: settings.model.prompt,
    model: modelSettings(settings),
    semantic: {
      model: embedding.model,
      threads: embedding.threads,
      hub: embedding.hub,
      proxies: secrets.proxies,
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

/** Which model is named and how each generator is opened. Error: `usage` for a name that means none. */
export function modelSettings(settings: Settings): ModelSettings {
  const { answers, model, modelsDir } = settings;
  const { contextTokens, gpu, gpuLayers, hangSeconds, sequences, template, threads } = model;
  const queue = { most: model.queue, perUser: model.queuePerUser, timeoutSeconds: model.queueSeconds };
  return {
    generator: answers.generator,
    name: model.file,
    llama: {
      file: namedModel(model.file, modelsDir).file,
      gpu,
      gpuLayers,
      contextTokens,
      sequences,
      threads: threads || undefined,
      hangSeconds,
      template,
      instructions: PROMPT_PRESETS[model.prompt].instructions,
      queue,
    },
    servers: serverSettings(settings, queue),
  };
}
