// Real files of Mixtral's shape, read by the real library in its own process.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadSettings } from '#src/config.js';
import { createModelDesk } from '#src/open-models.js';
import { adviceFor, planMemory, RESERVE_BYTES } from '#src/ops/models/plan-memory.js';
import { noteOnCapability, queryGpu } from '#src/ops/models/query-gpu.js';
import { makeDamagedModel } from '../../fixtures/gguf/damaged-model.mjs';
import { makeSparseModel, makeTinyModel } from '../../fixtures/gguf/make-model.mjs';
import { tempFolder } from '../../helpers/temp-folder.js';

function aDesk() {
  const dataDir = tempFolder();
  const models = path.join(dataDir, 'models');
  mkdirSync(models);
  return { desk: createModelDesk(loadSettings({ dataDir }, {})), models };
}

it('plans the full Mixtral for an 80 GB card, a 16 GB V100 and no GPU at all', async () => {
  const { desk, models } = aDesk();
  const file = path.join(models, 'full.gguf');
  makeSparseModel(file);
  const plan = (gpuBytes: number, computeCapability = '9.0') =>
    desk.check(file, { gpuBytes, computeCapability });

  const [big, small, none] = await Promise.all([plan(80e9), plan(16e9, '7.0'), plan(0)]);

  expect(big).toMatchObject({ experts: 8, expertsUsed: 2, quantization: 'Q4_K_M', advice: [] });
  expect(big.parameters / 1e9).toBeCloseTo(46.7, 1);
  // 32 layers, 8 heads of 128 numbers, keys and values, 2 bytes each, 4 x 4096 tokens.
  expect(big.plan).toMatchObject({ gpuLayers: 33, layers: 33, kvBytes: 32 * 8 * 128 * 2 * 2 * 4 * 4096 });
  expect(small.plan.gpuLayers).toBeGreaterThan(8);
  expect(small.plan.gpuLayers).toBeLessThan(25);
  expect(small.advice.join()).toMatch(/--build-arg CUDA=12.*model\.file: small/);
  expect(none.gpu).toBeUndefined();
  expect(none.plan).toMatchObject({ gpuLayers: 0, cpuBytes: none.plan.totalBytes });
}, 60_000);

it('lists what lies there, and why some of it cannot be used', async () => {
  const { desk, models } = aDesk();
  makeTinyModel(path.join(models, 'a.gguf'));
  for (const damage of ['split', 'truncated', 'foreign', 'page'] as const) {
    makeDamagedModel(damage, path.join(models, `${damage}.gguf`));
  }
  writeFileSync(path.join(models, 'b.gguf.part'), 'half');

  const listed = await desk.list();

  const said = Object.fromEntries(
    listed.map(({ file, model, problem }) => [path.basename(file), problem ?? model]),
  );
  expect(Object.keys(said)).toEqual(['a.gguf', 'foreign.gguf', 'page.gguf', 'split.gguf', 'truncated.gguf']);
  expect(said['a.gguf']).toMatchObject({ quantization: 'F16' });
  expect(said['split.gguf']).toMatch(/before April 2024.*third-umpire model pull/);
  expect(said['truncated.gguf']).toMatch(/ends too early/);
  expect(said['foreign.gguf']).toMatch(/of the architecture "/);
  expect(said['page.gguf']).toMatch(/no GGUF file|cannot be read/);
}, 60_000);

it('puts as many layers on a GPU as fit, and tells how many questions do', () => {
  const needs = {
    weightBytes: 4e9,
    gpuWeightBytes: [0, 1e9, 2e9, 3e9, 4e9],
    kvBytesPerToken: 1e5,
    bufferBytes: 1e8,
  };
  const at = (gpuBytes: number) => planMemory(needs, { contextTokens: 1000, sequences: 3, gpuBytes });

  expect(at(4.4e9 + RESERVE_BYTES)).toMatchObject({ gpuLayers: 4, sequencesThatFit: 3, cpuBytes: 0 });
  expect(at(4.39e9 + RESERVE_BYTES)).toMatchObject({ gpuLayers: 3, sequencesThatFit: 2 });
  expect(adviceFor(at(4.39e9 + RESERVE_BYTES), {}, 3, 64e9)).toEqual([
    expect.stringContaining('model.sequences: 2 (it is 3)'),
  ]);
  expect(at(0)).toMatchObject({ gpuLayers: 0, gpuBytes: 0, cpuBytes: 4.4e9 });
});

it.each([
  ['7.0', false, /CUDA=12/],
  ['6.1', false, /vulkan/],
  ['7.5', false, undefined],
  ['8.6', true, undefined],
  ['12.0', true, undefined],
])('knows what compute capability %s means', (capability, bfloat16, advice) => {
  const note = noteOnCapability(capability);

  expect(note.bfloat16).toBe(bfloat16);
  expect(note.advice ?? '').toMatch(advice ?? /^$/);
});

it('reads what the driver says, and does without one', async () => {
  const program = path.join(tempFolder(), 'nvidia-smi');
  writeFileSync(program, '#!/bin/sh\necho "Tesla V100-SXM2-16GB, 16384, 16000, 7.0, 535.1"\n');
  chmodSync(program, 0o755);

  expect(await queryGpu(program)).toEqual({
    name: 'Tesla V100-SXM2-16GB',
    memory: 16_384 * 1_048_576,
    free: 16_000 * 1_048_576,
    computeCapability: '7.0',
    driver: '535.1',
  });
  expect(await queryGpu('/no/such/program')).toBeUndefined();
});
