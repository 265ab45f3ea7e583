import { describe, expect, it } from 'vitest';
import { createScorer } from '#src/rag/guard/linear-model.js';
import { ngrams } from '#src/rag/guard/ngrams.js';

const SLOTS = 1 << 12;
const gramsOf = (text: string) => ngrams(text.split(' '), text.split(' '), SLOTS);
const cosine = (one: string, other: string) => {
  const theirs = gramsOf(other);
  return [...gramsOf(one)].reduce((sum, [slot, value]) => sum + value * (theirs.get(slot) ?? 0), 0);
};

describe('n-grams', () => {
  it('are a vector of length 1', () => {
    expect(cosine('who won the toss', 'who won the toss')).toBeCloseTo(1);
    expect(ngrams([], [], SLOTS).size).toBe(0);
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
    const bytes = Buffer.from(Int8Array.from([0, 10, -20, 0])).toString('base64');
    const meaning = { key: 'a model', weights: [1, -1] };
    const scorer = createScorer({ bias: 0.5, counts: [2], ngrams: bytes, step: 0.1, meaning });

    const features = {
      counts: [3],
      ngrams: new Map([
        [1, 1],
        [2, 0.5],
      ]),
    };

    expect(scorer.slots).toBe(4);
    expect(scorer.score(features)).toBeCloseTo(0.5 + 6 + 1 - 1);
    expect(scorer.score({ ...features, vector: Float32Array.from([1, 3]) })).toBeCloseTo(6.5 - 2);
  });
});
