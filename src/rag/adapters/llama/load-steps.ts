// What is tried when a model does not fit: all its layers on the GPU, then fewer, an eighth at a time, then the
// processor alone, and at last shorter prompts. The processor is slow, but a shorter prompt is a worse answer.
import type { LlamaOptions } from './llama-options.js';

export interface LoadStep {
  gpuLayers: number;
  contextTokens: number;
}

/** With less, the instructions, a passage and an answer have no room. */
const LEAST_CONTEXT = 1024;
const SHARE = 8;

/** In the order in which they are tried; `layers` are those that the model has. */
export function loadSteps(
  { contextTokens, gpuLayers }: Pick<LlamaOptions, 'contextTokens' | 'gpuLayers'>,
  layers: number,
  hasGpu: boolean,
): LoadStep[] {
  const most = hasGpu ? Math.min(gpuLayers === 'max' ? layers : gpuLayers, layers) : 0;
  const counts = new Set(
    Array.from({ length: SHARE + 1 }, (_, step) => Math.floor((most * (SHARE - step)) / SHARE)),
  );
  const steps = [...counts].map((count) => ({ gpuLayers: count, contextTokens }));
  for (let shorter = contextTokens / 2; shorter >= LEAST_CONTEXT; shorter /= 2) {
    steps.push({ gpuLayers: 0, contextTokens: Math.floor(shorter) });
  }
  return steps;
}
