import { describe, expect, it } from 'vitest';
import { createScorer } from '#src/rag/guard/linear-model.js';
import { countGrams, ngrams, RARITY_STEP, weighed } from '#src/rag/guard/ngrams.js';

const SLOTS = 1 << 12;
const gramsOf = (text: string, rarity?: Uint8Array) => ngrams({ words: text.split(' ') }, SLOTS, rarity);
const cosine = (one: string, other: string) => {
  const [ours, theirs] = [gramsOf(one), gramsOf(other)];
  const length = (grams: Map<number, number>) => Math.hypot(...grams.values());
  const sum = [...ours].reduce((all, [slot, value]) => all + value * (theirs.get(slot) ?? 0), 0);
  return sum / (length(ours) * length(theirs));
};

describe('n-grams', () => {
  it('are words, runs of letters and classes, each of length 1', () => {
    const length = (blocks: Map<number, number>[]) => Math.hypot(...weighed(blocks).values());
    const blocks = countGrams({ words: ['who', 'won'], classes: ['ASKS', 'WON'] }, SLOTS);

    expect(blocks.map((block) => length([block]))).toEqual([1, 1, 1].map((one) => expect.closeTo(one)));
    expect(gramsOf('').size).toBeLessThan(8);
    expect(ngrams({ words: [] }, SLOTS).size).toBe(0);
  });

  it('weigh more the rarer they are', () => {
    const common = [...(countGrams({ words: ['the'] }, SLOTS)[0]?.keys() ?? [])];
    const rarity = new Uint8Array(SLOTS).fill(200);
    for (const slot of common) {
      rarity[slot] = 20;
    }

    const grams = gramsOf('the jaffa', rarity);

    expect(Math.max(...common.map((slot) => grams.get(slot) ?? 0))).toBeLessThan(
      Math.max(...grams.values()) / 4,
    );
  });

  it('are nearer to a misspelling than to another word', () => {
    expect(cosine('wicket', 'wickte')).toBeGreaterThan(cosine('wicket', 'garden') + 0.1);
  });

  it('stay within their slots', () => {
    expect(Math.max(...gramsOf('a long line of many different words').keys())).toBeLessThan(SLOTS);
  });
});

describe('a scorer', () => {
  it('adds what each feature is worth', () => {
    const [slots, words] = [4, ['toss']];
    const weights = Buffer.from(Int8Array.from([10, -20, 30, 40])).toString('base64');
    const rarity = Uint8Array.from({ length: slots }, () => Math.round(1 / RARITY_STEP));
    const model = {
      bias: 0.5,
      counts: [2],
      ngrams: weights,
      step: 0.1,
      meaning: { key: 'a model', weights: [1, -1] },
    };
    const score = createScorer({ ...model, rarity: Buffer.from(rarity).toString('base64') });
    const ofWords = [...ngrams({ words }, slots)].reduce(
      (sum, [slot, value]) => sum + value * ([1, -2, 3, 4][slot] ?? 0),
      0,
    );

    expect(score({ counts: [3], words })).toBeCloseTo(0.5 + 6 + ofWords);
    expect(score({ counts: [3], words, vector: Float32Array.from([1, 3]) })).toBeCloseTo(6.5 + ofWords - 2);
  });
});
