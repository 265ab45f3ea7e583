import { expect, it } from 'vitest';
import { createMeaning, type MeaningDeps, NO_MEANING } from '#src/rag/evidence/meaning.js';

const { signal } = new AbortController();
/** Each text's vector is [its length, 1], scaled to length 1. */
const vectorOf = (text: string) => {
  const length = Math.hypot(text.length, 1);
  return Float32Array.of(text.length / length, 1 / length);
};

function aMeaning(changes: Partial<MeaningDeps> = {}) {
  const embedded: string[] = [];
  const failures: unknown[] = [];
  const meaning = createMeaning({
    dense: () => ({
      embedder: {
        key: 'small-2',
        embed: async (texts) => {
          embedded.push(...texts);
          return texts.map(vectorOf);
        },
      },
    }),
    vectors: {
      vectors: async (_key, ids) => new Map(ids.filter((id) => id !== 'new').map((id) => [id, vectorOf(id)])),
    },
    onFailure: (error) => failures.push(error),
    ...changes,
  });
  return { meaning, embedded, failures };
}

it('compares sentences with the question, in order', async () => {
  const { meaning } = aMeaning();

  const [same, other] = (await meaning.ofSentences('four', ['word', 'a'], signal)) ?? [];

  expect(same).toBeCloseTo(1);
  expect(other).toBeLessThan(0.9);
});

it('embeds a sentence once', async () => {
  const { embedded, meaning } = aMeaning();

  await meaning.ofSentences('question', ['word'], signal);
  await meaning.ofSentences('another', ['word'], signal);

  expect(embedded.filter((text) => text === 'word')).toHaveLength(1);
});

it('reads the stored vectors of passages; one without has 0', async () => {
  const { embedded, meaning } = aMeaning();

  const [stored, absent] = (await meaning.ofPassages('four', ['word', 'new'], signal)) ?? [];

  expect(stored).toBeCloseTo(1);
  expect(absent).toBe(0);
  expect(embedded).toEqual(['four']);
});

it('is silent without a model, and when the model fails', async () => {
  const { failures, meaning } = aMeaning({
    vectors: { vectors: () => Promise.reject(new Error('gone')) },
  });

  expect(await meaning.ofPassages('four', ['word'], signal)).toBeUndefined();
  expect(failures).toHaveLength(1);
  expect(
    await aMeaning({ dense: () => undefined }).meaning.ofSentences('four', ['word'], signal),
  ).toBeUndefined();
  expect(await NO_MEANING.ofSentences('four', ['word'], signal)).toBeUndefined();
  expect(await NO_MEANING.ofPassages('four', ['word'], signal)).toBeUndefined();
});

it('passes an abort on', async () => {
  const stop = new AbortController();
  const { meaning } = aMeaning({
    vectors: {
      vectors: async () => {
        stop.abort(new Error('stopped'));
        throw new Error('half way');
      },
    },
  });

  await expect(meaning.ofPassages('four', ['word'], stop.signal)).rejects.toThrow('stopped');
});
