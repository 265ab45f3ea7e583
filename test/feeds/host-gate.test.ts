import { expect, it } from 'vitest';
import { createHostGate } from '#src/feeds/host-gate.js';
import { never } from '../helpers/feed-engine.js';

const A = new URL('https://a.example/1');
const A2 = new URL('https://a.example/2');
const B = new URL('https://b.example/1');

/** A gate over a clock that moves only by waiting. */
function gateAt(gapMs: number, isFree = () => false) {
  const time = { now: 0 };
  const gate = createHostGate(
    { gapMs, isFree },
    {
      now: () => time.now,
      wait: async (milliseconds) => {
        time.now += milliseconds;
      },
    },
  );
  return { gate, time };
}

function open() {
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { done, finish };
}

it('asks one host one thing at a time, and other hosts meanwhile', async () => {
  const { gate } = gateAt(0);
  const first = open();
  const started: string[] = [];
  const work = (name: string, until?: Promise<void>) => async () => {
    started.push(name);
    await until;
  };

  const one = gate.run(A, work('a1', first.done), never);
  const two = gate.run(A2, work('a2'), never);
  await gate.run(B, work('b1'), never);
  expect(started).toEqual(['a1', 'b1']);
  first.finish();
  await Promise.all([one, two]);

  expect(started).toEqual(['a1', 'b1', 'a2']);
});

it('takes another port or scheme for another host', async () => {
  const { gate } = gateAt(0);
  const first = open();

  const one = gate.run(A, () => first.done, never);
  await gate.run(new URL('https://a.example:8443/'), async () => {}, never);
  await gate.run(new URL('http://a.example/'), async () => {}, never);
  first.finish();

  await expect(one).resolves.toBeUndefined();
});

it('leaves a gap between two requests, a longer one where the site wants it', async () => {
  const { gate, time } = gateAt(1000);
  const starts: number[] = [];
  const note = async () => {
    starts.push(time.now);
  };

  await gate.run(A, note, never);
  await gate.run(A, note, never);
  gate.slowDown(A, 5000);
  await gate.run(A, note, never);
  await gate.run(A, note, never);

  expect(starts).toEqual([0, 1000, 2000, 7000]);
});

it('lets the files of one page follow each other closely, unless the site wants a gap', async () => {
  const { gate, time } = gateAt(1000);
  const starts: number[] = [];
  const note = async () => {
    starts.push(time.now);
  };
  const part = { isPart: true };

  await gate.run(A, note, never);
  await gate.run(A, note, never, part);
  await gate.run(A, note, never, part);
  await gate.run(A, note, never);
  gate.slowDown(A, 5000);
  await gate.run(A, note, never, part);
  await gate.run(A, note, never, part);

  expect(starts).toEqual([0, 100, 200, 1200, 1300, 6300]);
});

it('lets free hosts be asked side by side', async () => {
  const { gate, time } = gateAt(1000, () => true);
  const first = open();

  const one = gate.run(A, () => first.done, never);
  await gate.run(A, async () => {}, never);
  first.finish();
  await one;

  expect(time.now).toBe(0);
});

it('refuses a paused host at once, also those already in line', async () => {
  const { gate, time } = gateAt(0);
  const first = open();

  const began = open();
  const work = () => {
    began.finish();
    return first.done;
  };

  const one = gate.run(A, work, never);
  const two = gate.run(A, async () => 'asked', never).catch((error: unknown) => error);
  await began.done;
  gate.pause(A, 90_000);
  first.finish();
  await one;

  expect(await two).toMatchObject({ code: 'host_paused' });
  await expect(gate.run(A, async () => {}, never)).rejects.toThrow('tried again in 2 min');
  time.now = 90_000;
  await expect(gate.run(A, async () => 'asked', never)).resolves.toBe('asked');
});

it('goes on after a request that failed or was given up', async () => {
  const { gate } = gateAt(0);
  const stop = new AbortController();

  const failed = gate.run(A, () => Promise.reject(new Error('down')), never);
  const stopped = gate.run(A, async () => 'asked', stop.signal);
  stop.abort(new Error('stopped'));

  await expect(failed).rejects.toThrow('down');
  await expect(stopped).rejects.toThrow('stopped');
  await expect(gate.run(A, async () => 'asked', never)).resolves.toBe('asked');
});
