import { expect, it } from 'vitest';
import { createRestartPauses } from '#src/rag/adapters/restart-pauses.js';

function open() {
  let time = 0;
  const pauses = createRestartPauses(() => time);
  return (livedMs: number) => {
    pauses.begun();
    time += livedMs;
    return pauses.ended().pauseMs;
  };
}

it('rests longer each time, and never so long that half a minute passes until it runs', () => {
  const pauseAfter = open();

  expect([10, 10, 10, 10, 10, 10].map(pauseAfter)).toEqual([200, 1000, 5000, 15_000, 15_000, 15_000]);
});

it('forgets former endings of a server that ran for a minute', () => {
  const pauseAfter = open();
  for (const lived of [10, 10, 10, 59_999]) {
    pauseAfter(lived);
  }

  expect([pauseAfter(60_000), pauseAfter(10)]).toEqual([200, 1000]);
});
