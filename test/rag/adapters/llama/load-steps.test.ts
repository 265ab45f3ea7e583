import { expect, it } from 'vitest';
import { loadSteps } from '#src/rag/adapters/llama/load-steps.js';

it('tries all layers on the GPU, then fewer, then the processor, then shorter prompts', () => {
  const steps = loadSteps({ gpuLayers: 'max', contextTokens: 4096 }, 33, true);

  expect(steps.map(({ gpuLayers }) => gpuLayers)).toEqual([33, 28, 24, 20, 16, 12, 8, 4, 0, 0, 0]);
  expect(steps.map(({ contextTokens }) => contextTokens).slice(-4)).toEqual([4096, 4096, 2048, 1024]);
});

it('begins with the layers that were asked for, and no more than there are', () => {
  expect(loadSteps({ gpuLayers: 8, contextTokens: 4096 }, 33, true)[0]?.gpuLayers).toBe(8);
  expect(loadSteps({ gpuLayers: 99, contextTokens: 4096 }, 33, true)[0]?.gpuLayers).toBe(33);
});

it('puts nothing on a GPU that is not there', () => {
  expect(loadSteps({ gpuLayers: 'max', contextTokens: 2048 }, 33, false)).toEqual([
    { gpuLayers: 0, contextTokens: 2048 },
    { gpuLayers: 0, contextTokens: 1024 },
  ]);
});

it('tries no step twice', () => {
  const steps = loadSteps({ gpuLayers: 'max', contextTokens: 1024 }, 3, true).map((step) =>
    JSON.stringify(step),
  );

  expect(new Set(steps).size).toBe(steps.length);
});
