import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openEmbedder } from '#src/rag/adapters/embedder.js';
import type { Vector } from '#src/rag/ports.js';
import { MODEL_DIMENSION, makeEmbeddingModel } from '../../helpers/make-embedding-model.js';
import { tempFolder } from '../../helpers/temp-folder.js';

async function anEmbedder(name = 'own-model') {
  const embedder = await openEmbedder(makeEmbeddingModel(path.join(tempFolder(), name)), { threads: 1 });
  onTestFinished(() => embedder.close());
  return embedder;
}

const dot = (a: Vector | undefined, b: Vector | undefined) =>
  (a ?? new Float32Array()).reduce((sum, x, i) => sum + x * (b?.[i] ?? 0), 0);

it('is named by its folder and dimension', async () => {
  const embedder = await anEmbedder();

  expect([embedder.key, embedder.dimension]).toEqual([`own-model-${MODEL_DIMENSION}`, MODEL_DIMENSION]);
});

it('gives one vector of length 1 a text, in order, whatever stands beside it', async () => {
  const embedder = await anEmbedder();
  const texts = Array.from({ length: 19 }, (_, i) => `Harbour won match ${i}. ${'rain '.repeat(i)}`);

  const together = await embedder.embed(texts, 'passage');

  expect(together.map((vector) => vector.length)).toEqual(texts.map(() => MODEL_DIMENSION));
  for (const [i, text] of texts.entries()) {
    const [alone] = await embedder.embed([text], 'passage');
    expect(dot(together[i], together[i])).toBeCloseTo(1, 5);
    expect(dot(alone, together[i])).toBeCloseTo(1, 5);
  }
});

it('puts texts near each other that share words', async () => {
  const embedder = await anEmbedder();

  const [question, same, other] = await embedder.embed(
    ['who won the final', 'Harbour won the final', 'Valley coach in rain at Quayside'],
    'passage',
  );

  expect(dot(question, same)).toBeGreaterThan(dot(question, other) + 0.2);
});

it('embeds no text and an empty text', async () => {
  const embedder = await anEmbedder();

  expect(await embedder.embed([], 'passage')).toEqual([]);
  expect(dot((await embedder.embed([''], 'passage'))[0], new Float32Array(MODEL_DIMENSION))).toBe(0);
});

it('cuts a text that is longer than the model reads', async () => {
  const embedder = await anEmbedder();

  const [long] = await embedder.embed(['spin '.repeat(5000)], 'passage');

  expect(dot(long, long)).toBeCloseTo(1, 5);
});

it('computes a question once', async () => {
  const embedder = await anEmbedder();

  const [first] = await embedder.embed(['who won?'], 'question');
  const [again] = await embedder.embed(['who won?'], 'question');
  const [other] = await embedder.embed(['who lost?'], 'question');

  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

it('reads a preset as it was trained: the first token alone', async () => {
  const embedder = await anEmbedder('bge-small-en-v1.5');

  const [one, two] = await embedder.embed(['Harbour won', 'rain again at Quayside'], 'passage');

  // In this model the first token's vector depends on nothing else.
  expect(dot(one, two)).toBeCloseTo(1, 5);
});

it('stops between texts when it is aborted', async () => {
  const embedder = await anEmbedder();
  const signal = AbortSignal.abort(new Error('given up'));

  await expect(embedder.embed(['Harbour won'], 'passage', signal)).rejects.toThrow('given up');
  await expect(embedder.embed(['Harbour won'], 'question', signal)).rejects.toThrow('given up');
});

it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'])(
  'names %s when it is missing',
  async (file) => {
    const folder = makeEmbeddingModel(path.join(tempFolder(), 'own-model'));
    rmSync(path.join(folder, file));

    await expect(openEmbedder(folder, { threads: 1 })).rejects.toMatchObject({
      code: 'model_missing',
      message: expect.stringMatching(
        new RegExp(`own-model is no complete embedding model: ${file} is missing`),
      ),
    });
  },
);

it('says in one line that the weights are broken', async () => {
  const folder = makeEmbeddingModel(path.join(tempFolder(), 'own-model'));
  writeFileSync(path.join(folder, 'onnx/model_quantized.onnx'), 'no weights');

  const failure = openEmbedder(folder, { threads: 1 });

  await expect(failure).rejects.toMatchObject({
    code: 'model_broken',
    message: expect.stringMatching(/^.*own-model cannot be loaded as an embedding model: .+$/),
  });
});

it('writes a model small enough for a test', () => {
  const folder = makeEmbeddingModel(tempFolder());

  expect(statSync(path.join(folder, 'onnx/model_quantized.onnx')).size).toBeLessThan(100_000);
});

const REAL = path.resolve('../shared/models/all-MiniLM-L6-v2');
if (!existsSync(REAL)) {
  console.warn('no real weights beside the project: int8 vectors beside other texts are not tested');
}

it.skipIf(!existsSync(REAL))('gives the same int8 vector alone and beside a long text', async () => {
  const embedder = await openEmbedder(REAL, { threads: 1 });
  onTestFinished(() => embedder.close());

  const text = 'Lyon took his 500th wicket in Perth.';
  const [alone] = await embedder.embed([text], 'passage');
  const [, beside] = await embedder.embed([`${text} `.repeat(40), text], 'passage');

  expect(beside).toEqual(alone);
});
