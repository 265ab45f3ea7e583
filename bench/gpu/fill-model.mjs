// The full Mixtral shape at Q4_K_M with random weights, 28.4 GB: a sparse file with the right header first, then
// 16 writers fill it. Plain Node; run it on the machine that has the GPU, while the CUDA backend compiles.
//   node bench/gpu/fill-model.mjs OUT [--writers 16] [--layers 32] [--embedding 4096] [--feed-forward 14336]
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { makeSparseModel, randomTensor } from '../../test/fixtures/gguf/make-model.mjs';
import { FULL_SIZE, mixtralTensors } from '../../test/fixtures/gguf/mixtral.mjs';
import { createRandom } from '../../test/fixtures/gguf/random.mjs';

if (isMainThread) {
  await main();
} else {
  fill(workerData);
}

async function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      writers: { type: 'string', default: '16' },
      layers: { type: 'string', default: String(FULL_SIZE.layers) },
      embedding: { type: 'string', default: String(FULL_SIZE.embedding) },
      'feed-forward': { type: 'string', default: String(FULL_SIZE.feedForward) },
    },
  });
  const file = positionals[0];
  if (!file) {
    throw new Error('usage: fill-model.mjs OUT [--writers 16] [--layers 32] …');
  }
  const shape = {
    ...FULL_SIZE,
    layers: Number(values.layers),
    embedding: Number(values.embedding),
    feedForward: Number(values['feed-forward']),
  };
  const startedAt = performance.now();
  const { bytes, offsets } = makeSparseModel(file, shape);
  const tensors = mixtralTensors(shape, shape.vocabulary);
  const writers = Number(values.writers);
  await Promise.all(
    Array.from({ length: writers }, (_, writer) => {
      const own = tensors.filter((_, index) => index % writers === writer);
      return finished(
        new Worker(new URL(import.meta.url), { workerData: { file, offsets, own, shape, writer } }),
      );
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${file}: ${(bytes / 1e9).toFixed(2)} GB in ${seconds.toFixed(1)} s`);
}

function finished(worker) {
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a writer ended with ${code}`))));
  });
}

function fill({ file, offsets, own, shape, writer }) {
  const random = createRandom(writer + 1);
  const handle = openSync(file, 'r+');
  for (const tensor of own) {
    let offset = offsets.get(tensor.name);
    for (const part of randomTensor(tensor, shape, random)) {
      writeSync(handle, part, 0, part.length, offset);
      offset += part.length;
    }
  }
  closeSync(handle);
}
