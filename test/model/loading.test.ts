// Model files that cannot be loaded, as operators meet them: each is told with what was found and the way out.
import { expect, it, vi } from 'vitest';
import { openLlama } from '#src/rag/adapters/llama/llama.js';
import { type Damage, makeDamagedModel } from '../fixtures/gguf/damaged-model.mjs';
import { makeTinyModel } from '../fixtures/gguf/make-model.mjs';
import { until } from '../helpers/processes.js';
import { tempFolder } from '../helpers/temp-folder.js';
import { aLog, llamaOptions, openTiny, SLOW_MS, write } from '../helpers/tiny-llama.js';

vi.setConfig({ testTimeout: SLOW_MS });

const opening = (file: string, options = {}) =>
  openLlama({ log: aLog().log }, llamaOptions({ file, ...options }));

it.each<[Damage, string, RegExp]>([
  ['truncated', 'model_broken', /ends too early; download it again/],
  ['beheaded', 'model_broken', /ends too early; download it again/],
  ['foreign', 'model_broken', /architecture "hawkeye"/],
  ['split', 'model_old_format', /before April 2024/],
  ['page', 'model_broken', /no GGUF file/],
])('tells what is wrong with a file that is %s', async (damage, code, message) => {
  const file = `${tempFolder()}/${damage}.gguf`;
  makeDamagedModel(damage, file);

  const error = await opening(file).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(error).toMatchObject({ message: expect.stringContaining(file) });
});

it('names a file that is not there', async () => {
  await expect(opening('/nowhere/mixtral.gguf')).rejects.toMatchObject({
    code: 'model_missing',
    message: expect.stringContaining('/nowhere/mixtral.gguf'),
  });
});

it('says that the GPU which was named cannot be used', async () => {
  const file = `${tempFolder()}/tiny.gguf`;
  makeTinyModel(file);

  await expect(opening(file, { gpu: 'metal' })).rejects.toMatchObject({
    code: 'gpu_missing',
    message: expect.stringContaining('"metal"'),
  });
});

it('logs what it tries, and what it has loaded', async () => {
  const { logged, model } = await openTiny({ contextTokens: 1024 });

  expect(logged.map(({ msg }) => msg)).toEqual(['loading the model', 'the model is loaded']);
  expect(logged.at(-1)).toMatchObject({ gpuLayers: 0, contextTokens: 1024, template: 'mixtral' });
  expect(model.stats()).toMatchObject({ state: 'ready', device: 'cpu', gpuLayers: 0, vramBytes: 0 });
  expect(model.contextTokens).toBe(1024);
});

it('ends its process when nobody needs the model any more while it loads', async () => {
  const file = `${tempFolder()}/tiny.gguf`;
  makeTinyModel(file);
  const { log, logged } = aLog();
  const stop = new AbortController();
  const loading = openLlama({ log }, llamaOptions({ file }), stop.signal).catch((error: unknown) => error);
  await until('it loads', () => logged.length > 0);

  stop.abort(new Error('stopped'));

  expect(await loading).toMatchObject({ message: 'stopped' });
  expect(logged.map(({ msg }) => msg)).toEqual(['loading the model']);
});

it('counts nothing more when it is closed', async () => {
  const { model } = await openTiny();

  await model.close();

  await expect(model.countTokens('Kent')).rejects.toMatchObject({ code: 'model_closed' });
  await expect(write(model, 'Kent?')).rejects.toMatchObject({ code: 'model_closed' });
});
