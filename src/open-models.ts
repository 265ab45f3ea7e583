// The language models that commands see: named by the settings, fetched into their folder.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import path from 'node:path';
import { askServers } from './ask-servers.js';
import type { Settings } from './config.js';
import { describeError } from './errors.js';
import type { CheckedModel, CheckOptions, ListedModel, ModelDesk } from './ops/models/model-desk.js';
import { adviceFor, planMemory } from './ops/models/plan-memory.js';
import { type Gpu, noteOnCapability, queryGpu } from './ops/models/query-gpu.js';
import { namedModel } from './rag/adapters/language-models.js';

export function createModelDesk(settings: Settings): ModelDesk {
  const { model, modelsDir, secrets } = settings;
  const named = (name = model.file) => namedModel(name, modelsDir);
  return {
    named,

    async pull(name, options) {
      const { pullModel } = await import('./rag/adapters/pull-model.js');
      const { hubToken: token, proxies } = secrets;
      return pullModel(named(name), { hub: model.hub.replace(/\/+$/, ''), token, proxies, ...options });
    },

    check: (file, options) => check(settings, file, options),

    servers: () => askServers(settings),

    async list() {
      const names = existsSync(modelsDir)
        ? readdirSync(modelsDir).filter((name) => /\.gguf$/i.test(name))
        : [];
      const listed: ListedModel[] = [];
      for (const name of names.sort()) {
        const file = path.join(modelsDir, name);
        const { size: bytes } = statSync(file);
        try {
          const { contextTokens, sequences } = model;
          const { inspectModel } = await import('./rag/adapters/gguf/inspect.js');
          const facts = await inspectModel({ file, contextTokens, sequences });
          listed.push({ file, bytes, model: { name: facts.name, quantization: facts.quantization } });
        } catch (error) {
          listed.push({ file, bytes, problem: describeError(error) });
        }
      }
      return listed;
    },
  };
}

async function check(settings: Settings, file: string, options: CheckOptions = {}): Promise<CheckedModel> {
  const { contextTokens, gpu: wanted, sequences } = settings.model;
  const { inspectModel } = await import('./rag/adapters/gguf/inspect.js');
  const {
    bufferBytes,
    gpuWeightBytes,
    kvBytesPerToken,
    layers: _,
    weightBytes,
    ...facts
  } = await inspectModel({
    file,
    contextTokens,
    sequences,
  });
  const gpu = await gpuOf(options, wanted);
  const plan = planMemory(
    { bufferBytes, gpuWeightBytes, kvBytesPerToken, weightBytes },
    { contextTokens, sequences, gpuBytes: gpu?.free ?? 0 },
  );
  const note = gpu && { ...gpu, ...noteOnCapability(gpu.computeCapability) };
  const bytes = statSync(file).size;
  const common = { file, bytes, ...facts, contextTokens, sequences, gpu: note, plan, bufferBytes };
  return { ...common, advice: adviceFor(plan, note, sequences, totalmem()) };
}

async function gpuOf(
  { computeCapability = '', gpuBytes }: CheckOptions,
  wanted: string,
): Promise<Gpu | undefined> {
  if (gpuBytes === undefined) {
    return wanted === 'none' ? undefined : queryGpu();
  }
  return gpuBytes === 0
    ? undefined
    : { name: 'a GPU as told', memory: gpuBytes, free: gpuBytes, computeCapability, driver: '' };
}
