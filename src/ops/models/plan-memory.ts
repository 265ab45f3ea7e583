// Whether a model fits into a GPU, how much of it, and what would: weights, keys and values of what is being read,
// and buffers. llama.cpp puts the last layers on the GPU first, the output with them.

/** What a model takes, as its file says. Bytes. */
export interface ModelNeeds {
  weightBytes: number;
  /** Of weights on the GPU with so many layers there; the last = all. */
  gpuWeightBytes: number[];
  kvBytesPerToken: number;
  bufferBytes: number;
}

export interface MemoryPlan {
  /** Weights, keys and values, and buffers, all on one device. */
  totalBytes: number;
  kvBytes: number;
  /** Layers that fit on the GPU, of how many; 0 = the processor does all. */
  gpuLayers: number;
  layers: number;
  gpuBytes: number;
  /** What is left for the machine's own memory. */
  cpuBytes: number;
  /** Questions at once that fit with all layers on the GPU; 0 = not even one. */
  sequencesThatFit: number;
}

/** What the driver and its libraries take before the first weight: measured publicly at 0.3 to 0.6 GB. */
export const RESERVE_BYTES = 0.6e9;

/** `gpuBytes` = the GPU's memory that is free; 0 = no GPU. */
export function planMemory(
  needs: ModelNeeds,
  { contextTokens, gpuBytes, sequences }: { contextTokens: number; sequences: number; gpuBytes: number },
): MemoryPlan {
  const { bufferBytes, gpuWeightBytes, kvBytesPerToken, weightBytes } = needs;
  const layers = gpuWeightBytes.length - 1;
  const kvBytes = kvBytesPerToken * contextTokens * sequences;
  // The output layer has no keys and values.
  const kvOn = (count: number) => (layers > 1 ? (kvBytes * Math.max(0, count - 1)) / (layers - 1) : kvBytes);
  const onGpu = (count: number) =>
    count === 0 ? 0 : (gpuWeightBytes[count] ?? 0) + kvOn(count) + bufferBytes + RESERVE_BYTES;
  let gpuLayers = layers;
  while (gpuLayers > 0 && onGpu(gpuLayers) > gpuBytes) {
    gpuLayers -= 1;
  }
  const free = gpuBytes - (gpuWeightBytes[layers] ?? 0) - bufferBytes - RESERVE_BYTES;
  const weightsBeside = weightBytes - (gpuWeightBytes[gpuLayers] ?? 0);
  return {
    totalBytes: weightBytes + kvBytes + bufferBytes,
    kvBytes,
    gpuLayers,
    layers,
    gpuBytes: onGpu(gpuLayers),
    cpuBytes: weightsBeside + (kvBytes - kvOn(gpuLayers)) + (gpuLayers === layers ? 0 : bufferBytes),
    sequencesThatFit: Math.max(0, Math.floor(free / (kvBytesPerToken * contextTokens))),
  };
}

/** What to change so that the model runs well; [] = nothing. `memory` = bytes of the machine itself. */
export function adviceFor(
  plan: MemoryPlan,
  gpu: { advice?: string | undefined } | undefined,
  sequences: number,
  memory: number,
): string[] {
  const advice = gpu?.advice ? [gpu.advice] : [];
  if (gpu && plan.gpuLayers < plan.layers) {
    advice.push(
      plan.sequencesThatFit > 0
        ? `all layers fit with model.sequences: ${plan.sequencesThatFit} (it is ${sequences})`
        : `it does not fit into this GPU: ${plan.gpuLayers} of ${plan.layers} layers do, and the rest makes it slow; "model.file: small" (a 7B, about 7.5 GB with four questions at once) fits`,
    );
  }
  if (plan.cpuBytes > memory) {
    advice.push(
      `it needs ${gigabytes(plan.cpuBytes)} of this machine's ${gigabytes(memory)}: take "model.file: small"`,
    );
  }
  return advice;
}

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
