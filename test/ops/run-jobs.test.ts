import { expect, it } from 'vitest';
import type { DueWork, WorkReport } from '#src/ops/news.js';
import { createJobRunner } from '#src/ops/run-jobs.js';

const report = (removed: number): WorkReport => ({ kind: 'retention', removed });

/** A runner over work that ends when the test says so. */
function aRunner(due: () => DueWork[], { concurrency = 2, isBehind = false } = {}) {
  const told: string[] = [];
  const controller = new AbortController();
  const runner = createJobRunner({
    concurrency,
    signal: controller.signal,
    jobs: {
      due: async () => due(),
      isBehind: async () => isBehind,
      catchUp: async () => {
        told.push('catch up');
      },
    },
    onReport: (one) => told.push(one.kind === 'retention' ? `removed ${one.removed}` : one.kind),
    onFailure: (line) => told.push(line),
  });
  return { controller, runner, told };
}

function work(key: string, result: () => Promise<WorkReport | undefined> = async () => undefined) {
  const started: AbortSignal[] = [];
  return {
    started,
    due: {
      key,
      run(signal: AbortSignal) {
        started.push(signal);
        return result();
      },
    } satisfies DueWork,
  };
}

it('reports what was done, and lets the indexes follow what changed', async () => {
  const { runner, told } = aRunner(() => [work('a', async () => report(3)).due]);

  await runner.tick();
  await runner.idle();

  expect(told).toEqual(['removed 3', 'catch up']);
});

it('leaves the indexes alone when nothing changed, and says nothing of what another process does', async () => {
  const { runner, told } = aRunner(() => [work('a', async () => report(0)).due, work('b').due]);

  await runner.tick();
  await runner.idle();

  expect(told).toEqual(['removed 0']);
});

it('never does one piece twice at once, and only some side by side', async () => {
  const release: (() => void)[] = [];
  const pieces = ['a', 'b', 'c'].map((key) =>
    work(
      key,
      () =>
        new Promise((resolve) => {
          release.push(() => resolve(undefined));
        }),
    ),
  );
  const { runner } = aRunner(() => pieces.map(({ due }) => due));

  await runner.tick();
  await runner.tick();
  expect(pieces.map(({ started }) => started.length)).toEqual([1, 1, 0]);
  for (const end of release.splice(0)) {
    end();
  }
  await new Promise(setImmediate);
  expect(pieces.map(({ started }) => started.length)).toEqual([1, 1, 1]);
  release[0]?.();
  await runner.idle();
});

it('tells a failure in one line and goes on', async () => {
  const { runner, told } = aRunner(() => [
    work('a', () => Promise.reject(new Error('the disk is full\n  at x'))).due,
    work('b', async () => report(0)).due,
  ]);

  await runner.tick();
  await runner.idle();

  expect(told.sort()).toEqual(['removed 0', 'the disk is full']);
});

it('catches up when another process has changed the store', async () => {
  const { runner, told } = aRunner(() => [], { isBehind: true });

  await runner.tick();
  await runner.idle();

  expect(told).toEqual(['catch up']);
});

it('begins nothing after the signal, and is silent about what it cut short', async () => {
  let fail: (reason: Error) => void = () => {};
  const cut = work(
    'a',
    () =>
      new Promise((_, reject) => {
        fail = reject;
      }),
  );
  const { controller, runner, told } = aRunner(() => [cut.due, work('b', async () => report(1)).due], {
    concurrency: 1,
  });

  await runner.tick();
  controller.abort();
  fail(new Error('aborted'));
  await runner.idle();
  await runner.tick();

  expect(told).toEqual([]);
});
