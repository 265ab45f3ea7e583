// Reads a model file in a process of its own: the native library simulates what a context takes, and a damaged file
// may end it. Told once, over the channel to the parent; then it ends.
import { statSync } from 'node:fs';
import { type GgufFileInfo, GgufFileType, GgufInsights, readGgufFileInfo } from 'node-llama-cpp';
import { describeError } from '../../../errors.js';
import type { InspectOrder, InspectReport } from './gguf-facts.js';

/** A tensor for each expert, as conversions of before April 2024 have them (llama.cpp issue 10244). */
const SPLIT_EXPERT = /\.ffn_(?:gate|down|up)\.\d+\.weight$/;
const HALF_BYTES = 2;

process.once('message', (order: InspectOrder) => {
  void inspect(order)
    .catch((error: unknown): InspectReport => ({ problem: problemOf(describeError(error)) }))
    .then((report) => process.send?.(report, () => process.exit(0)));
});

async function inspect({ contextTokens, file, sequences }: InspectOrder): Promise<InspectReport> {
  const info = await readGgufFileInfo(file, { sourceType: 'filesystem', logWarnings: false });
  const insights = await GgufInsights.from(info);
  const { architectureMetadata: shape, metadata, tensorInfo = [] } = info;
  const layers = insights.totalLayers;
  const kvBytesPerToken = kvBytes(shape);
  const common = {
    name: metadata.general.name ?? '',
    architecture: String(metadata.general.architecture),
    quantization: (GgufFileType[metadata.general.file_type ?? -1] ?? '').replace(/^(MOSTLY|ALL)_/, ''),
    parameters: insights.totalParameters,
    experts: shape.expert_count ?? 0,
    expertsUsed: shape.expert_used_count ?? 0,
    trainedTokens: insights.trainContextSize ?? 0,
    layers,
  };
  if (common.experts > 0 && tensorInfo.some(({ name }) => SPLIT_EXPERT.test(name))) {
    return { ...common, problem: 'old-format' };
  }
  const wanted = (info.infoEndOffset ?? 0) + insights.modelSize;
  if (info.splicedParts === 1 && statSync(file).size < wanted) {
    return { ...common, problem: 'truncated', wantedBytes: wanted };
  }
  if (!insights.isSupportedByLlamaCpp) {
    return { ...common, problem: 'architecture' };
  }
  const context = await insights.estimateContextResourceRequirementsV2({
    contextSize: contextTokens,
    modelGpuLayers: 0,
    sequences,
    flashAttention: 'auto',
  });
  const weights = (gpuLayers: number) =>
    insights.estimateModelResourceRequirements({ gpuLayers, useMmap: true, gpuSupportsMmap: false });
  return {
    ...common,
    weightBytes: weights(0).cpuRam,
    gpuWeightBytes: Array.from({ length: layers + 1 }, (_, count) => weights(count).gpuVram),
    kvBytesPerToken,
    bufferBytes: Math.max(0, context.cpuRam - kvBytesPerToken * contextTokens * sequences),
  };
}

/** Keys and values of one token over all layers, at 16 bits. */
function kvBytes(shape: GgufFileInfo['architectureMetadata']): number {
  const heads = one(shape.attention?.head_count) || 1;
  const headSize = (shape.embedding_length ?? 0) / heads;
  const { head_count_kv: kvHeads = heads, key_length: key, value_length: value } = shape.attention ?? {};
  const layers = shape.block_count ?? 0;
  const allHeads = Array.isArray(kvHeads) ? kvHeads.reduce((sum, n) => sum + n, 0) : one(kvHeads) * layers;
  return allHeads * ((one(key) || headSize) + (one(value) || headSize)) * HALF_BYTES;
}

const one = (value: unknown): number => (typeof value === 'number' ? value : 0);

function problemOf(message: string): string {
  return /magic/i.test(message)
    ? 'no-gguf'
    : /EOF|end of file|range|bounds|offset/i.test(message)
      ? 'truncated'
      : message;
}
