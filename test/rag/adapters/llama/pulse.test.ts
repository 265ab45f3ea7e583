import { expect, it } from 'vitest';
import { createPulse } from '#src/rag/adapters/llama/pulse.js';

it('beats while nothing is done', () => {
  const pulse = createPulse();

  expect([pulse.beats(), pulse.beats()]).toEqual([true, true]);
});

it('beats in the midst of work only when it is further than before', () => {
  const pulse = createPulse();
  const end = pulse.work();
  const endOther = pulse.work();

  const still = pulse.beats();
  pulse.step();
  const further = pulse.beats();
  const stillAgain = pulse.beats();
  end();
  const halfDone = pulse.beats();
  endOther();

  expect([still, further, stillAgain, halfDone, pulse.beats()]).toEqual([false, true, false, false, true]);
});
