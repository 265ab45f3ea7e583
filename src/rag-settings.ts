// The part of the settings that the core is opened with.
import path from 'node:path';
import type { Settings } from './config.js';
import { BotError } from './errors.js';
import type { OnNamedProgress } from './ops/app.js';
import { namedModel } from './rag/adapters/language-models.js';
import { PROMPT_PRESETS } from './rag/generate/prompt-presets.js';
import type { JudgeSettings } from './rag/open-judge.js';
import type { ModelSettings } from './rag/open-model.js';
import type { RagSettings } from './rag/open-rag.js';
import { serverSettings } from './server-settings.js';

/** `download` lets missing weights of a preset be fetched now. */
export function ragSettings(
  settings: Settings,
  options: { download?: boolean; onProgress?: OnNamedProgress },
): RagSettings {
  const { answers, baseDir, chroma, dataDir, embedding, index, retrieval, secrets } = settings;
  return {
    dataDir,
    snapshots: index.snapshots ? path.resolve(baseDir, index.snapshots) : undefined,
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
        tenant: secrets.chromaTenant,
        database: secrets.chromaDatabase,
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

/** A conversation's last turn and the task before it; what is longer has no verdict. */
const GUARD_TOKENS = 2048;
/** Questions and answers that are judged side by side, and those that wait. */
const GUARD_SEQUENCES = 2;
const GUARD_QUEUE = 1000;

/** The guard model, where one is wanted. Error: `config_invalid` for one that is not named. */
export function judgeSettings({
  model,
  moderation,
  modelsDir,
  secrets,
}: Settings): JudgeSettings | undefined {
  const { model: name, timeoutSeconds, use } = moderation.guard;
  const timeoutMs = timeoutSeconds * 1000;
  if (use === 'none') {
    return undefined;
  }
  if (use === 'llama') {
    if (!/\.gguf$/i.test(name)) {
      throw new BotError('config_invalid', 'moderation.guard.model must name a .gguf file for "use: llama"');
    }
    const { gpu, gpuLayers, hangSeconds, threads } = model;
    const llama = {
      ...{
        file: namedModel(name, modelsDir).file,
        gpu,
        gpuLayers,
        hangSeconds,
        template: 'llama-guard' as const,
      },
      ...{ contextTokens: GUARD_TOKENS, sequences: GUARD_SEQUENCES, threads: threads || undefined },
      queue: { most: GUARD_QUEUE, perUser: GUARD_QUEUE, timeoutSeconds },
    };
    return { kind: 'llama', llama, timeoutMs };
  }
  const { guardApiKey: apiKey, guardBaseUrl: baseUrl, proxies } = secrets;
  if (baseUrl === undefined) {
    throw new BotError(
      'config_invalid',
      `moderation.guard.use: ${use} needs GUARD_BASE_URL, the server's address`,
    );
  }
  return {
    kind: 'remote',
    remote: { api: use, baseUrl, apiKey, model: name || undefined, timeoutMs, proxies },
  };
}
