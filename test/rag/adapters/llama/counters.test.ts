import { expect, it } from 'vitest';
import { createCounters } from '#src/rag/adapters/llama/counters.js';

it('measures from the turn to the first token, the speed after it, and the wait before it', () => {
  let now = 0;
  const counters = createCounters(() => now);

  const waited = counters.wait();
  now += 500;
  waited();
  const answer = counters.answer();
  now += 200;
  answer.begun({ promptTokens: 1000, reusedTokens: 900 });
  now += 1000;
  answer.done(51);

  expect(counters.figures()).toEqual({
    answers: 1,
    waitMs: 500,
    firstTokenMs: 200,
    tokensPerSecond: 50,
    promptTokens: 1000,
    reusedTokens: 900,
  });
});

it('counts no answer that did not end', () => {
  const counters = createCounters(() => 0);

  counters.answer().begun({ promptTokens: 10, reusedTokens: 0 });

  expect(counters.figures()).toMatchObject({ answers: 0, promptTokens: 10, tokensPerSecond: undefined });
});
