// Answers that are written at once must share their batches: on a GPU that is most of what sharing gains.
import path from 'node:path';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { expect, it, onTestFinished } from 'vitest';
import { templateOf } from '#src/rag/adapters/llama/template.js';
import { createWriter } from '#src/rag/adapters/llama/writer.js';
import { makeTinyModel } from '../fixtures/gguf/make-model.mjs';
import { tempFolder } from '../helpers/temp-folder.js';

const TOKENS = 40;

it.each([2, 3, 4])('computes a token of each of %i answers in every batch', async (answers) => {
  const { batches, write } = await openWriter();

  await Promise.all(Array.from({ length: answers }, (_, index) => write(`Question ${index}`)));

  // The prompts come in one after the other; from then on every batch holds all.
  expect(batches.length).toBeLessThanOrEqual(TOKENS + 3 * answers);
  expect(batches.filter((items) => items === answers).length).toBeGreaterThan(TOKENS - 2 * answers);
});

async function openWriter() {
  const file = path.join(tempFolder(), 'model.gguf');
  makeTinyModel(file, { sentences: 0 });
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: 1,
    logLevel: LlamaLogLevel.disabled,
  });
  onTestFinished(() => llama.dispose());
  const model = await llama.loadModel({ modelPath: file });
  const batches: number[] = [];
  const context = await model.createContext({
    contextSize: 512,
    sequences: 4,
    batching: {
      itemPrioritizationStrategy({ items }) {
        batches.push(items.length);
        return items.map((item) => ({ item, processAmount: item.tokens.length }));
      },
    },
  });
  const loaded = { name: '', model, context, contextTokens: 512, layers: 2, device: 'cpu', vramBytes: 0 };
  const writer = createWriter(
    loaded,
    templateOf('mixtral', { chatTemplate: undefined, hasInstToken: false }),
  );
  return {
    batches,
    write: (content: string) =>
      writer.write(
        { instructions: '', content, written: '' },
        { temperature: 0, repetitionPenalty: 1, maxTokens: TOKENS, seed: 1 },
        { signal: new AbortController().signal, onBegun() {}, onText() {}, onStep() {} },
      ),
  };
}
