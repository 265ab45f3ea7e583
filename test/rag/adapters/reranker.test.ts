import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hasReranker, openReranker } from '#src/rag/adapters/reranker.js';
import { makeRerankingModel } from '../../helpers/make-embedding-model.js';
import { tempFolder } from '../../helpers/temp-folder.js';

const aModel = () => makeRerankingModel(path.join(tempFolder(), 'own-reranker'));

it('rates each text beside the question, 0 to 1, in order, whatever stands beside it', async () => {
  const reranker = await openReranker(aModel(), { threads: 1 });
  onTestFinished(() => reranker.close());
  const texts = ['Harbour won the final.', 'rain', 'x '.repeat(2000)];

  const together = await reranker.rate('who won the final', texts);

  expect(together).toHaveLength(3);
  expect(together.every((rating) => rating > 0 && rating < 1)).toBe(true);
  for (const [i, text] of texts.entries()) {
    expect((await reranker.rate('who won the final', [text]))[0]).toBeCloseTo(together[i] ?? 9, 6);
  }
  expect(together[0]).not.toBeCloseTo(together[1] ?? 0, 3);
  const [otherQuestion] = await reranker.rate('coach', texts);
  expect(otherQuestion).not.toBeCloseTo(together[0] ?? 0, 3);
});

it('stops when it is told to', async () => {
  const reranker = await openReranker(aModel(), { threads: 1 });
  onTestFinished(() => reranker.close());

  await expect(reranker.rate('who', ['a'], AbortSignal.abort(new Error('given up')))).rejects.toThrow(
    'given up',
  );
});

it('knows whether its model is there, and says when it is broken', async () => {
  const folder = aModel();
  expect(hasReranker(folder)).toBe(true);
  writeFileSync(path.join(folder, 'onnx/model_quantized.onnx'), 'no graph');

  await expect(openReranker(folder, { threads: 1 })).rejects.toMatchObject({ code: 'model_broken' });

  rmSync(path.join(folder, 'config.json'));
  expect(hasReranker(folder)).toBe(false);
});
