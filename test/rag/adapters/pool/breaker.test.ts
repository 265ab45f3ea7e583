import { expect, it } from 'vitest';
import { createBreaker } from '#src/rag/adapters/pool/breaker.js';

function aBreaker() {
  const clock = { now: 0 };
  const breaker = createBreaker(() => clock.now, { failures: 3, restMs: 1000, longestRestMs: 5000 });
  return { breaker, clock };
}

it('opens after failures in a row, and only then', () => {
  const { breaker } = aBreaker();
  breaker.failed();
  breaker.failed();
  breaker.succeeded();
  breaker.failed();
  breaker.failed();
  expect(breaker.state()).toBe('closed');

  breaker.failed();

  expect(breaker.state()).toBe('open');
});

it('may be tried after its rest, and is trusted again after a success', () => {
  const { breaker, clock } = aBreaker();
  breaker.trip();
  clock.now = 999;
  expect(breaker.state()).toBe('open');
  clock.now = 1000;
  expect(breaker.state()).toBe('half-open');

  breaker.succeeded();
  breaker.failed();

  expect(breaker.state()).toBe('closed');
});

it('rests twice as long after each failed trial, up to a bound', () => {
  const { breaker, clock } = aBreaker();
  breaker.trip();
  const rests = [2000, 4000, 5000, 5000].map((rest) => {
    clock.now += 10_000;
    breaker.failed();
    clock.now += rest - 1;
    const before = breaker.state();
    clock.now += 1;
    return [before, breaker.state()];
  });

  expect(rests).toEqual(Array.from({ length: 4 }, () => ['open', 'half-open']));
});

it('is not made to rest longer by what fails while it rests', () => {
  const { breaker, clock } = aBreaker();
  breaker.trip();
  clock.now = 900;
  breaker.failed();
  clock.now = 1000;

  expect(breaker.state()).toBe('half-open');
});
