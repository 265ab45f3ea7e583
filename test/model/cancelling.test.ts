// An answer that nobody wants any more, in each of its phases.
import { expect, it, vi } from 'vitest';
import { until } from '../helpers/processes.js';
import { openTiny, SLOW_MS, WITHOUT_END, write } from '../helpers/tiny-llama.js';

vi.setConfig({ testTimeout: SLOW_MS });

const stopped = new Error('stopped');
/** Some 24,000 tokens, which even the tiny model reads for a while. */
const LONG = 'Kent won the match after tea. India lost the toss. '.repeat(2000);
const ENDLESS = { sampling: { maxTokens: 1500 } };

/** Each frees its place: the next answer comes. */
async function isFree(model: Awaited<ReturnType<typeof openTiny>>['model']) {
  await until('every slot is free', () => model.stats().writing === 0);
  return (await write(model, 'Kent?', { sampling: { maxTokens: 5 } })).text !== '';
}

it('is told before its turn comes, and does not take one', async () => {
  const { model } = await openTiny({ sequences: 1, sentences: WITHOUT_END });
  const first = write(model, 'Kent?', ENDLESS);
  const stop = new AbortController();
  let isBegun = false;
  const queued = write(model, 'Surrey?', { signal: stop.signal, onText: () => (isBegun = true) });
  await until('it waits', () => model.stats().waiting === 1);

  stop.abort(stopped);

  await expect(queued).rejects.toBe(stopped);
  expect(model.stats().waiting).toBe(0);
  await first;
  expect(isBegun).toBe(false);
});

it('is told while its prompt is read, before that has ended', async () => {
  const { model } = await openTiny({ sequences: 1, contextTokens: 32_768 });
  const stop = new AbortController();
  let isBegun = false;
  const reading = write(model, LONG, { signal: stop.signal, onText: () => (isBegun = true) });
  // The process answers in order: it has its prompt when it counts.
  await model.countTokens('Kent');

  stop.abort(stopped);

  await expect(reading).rejects.toBe(stopped);
  expect(await isFree(model)).toBe(true);
  expect(isBegun).toBe(false);
  expect(model.stats().answers).toBe(1);
});

it('is told while it is written, and gets no word more', async () => {
  const { model } = await openTiny({ sequences: 1, sentences: WITHOUT_END });
  const stop = new AbortController();
  let pieces = 0;
  const writing = write(model, 'Kent?', {
    ...ENDLESS,
    signal: stop.signal,
    onText: () => {
      pieces += 1;
      if (pieces === 3) {
        stop.abort(stopped);
      }
    },
  });

  await expect(writing).rejects.toBe(stopped);

  expect(await isFree(model)).toBe(true);
  expect(pieces).toBe(3);
});

it('is told in the moment of its turn, and writes nothing', async () => {
  const { model } = await openTiny({ sequences: 1, sentences: WITHOUT_END });
  const stop = new AbortController();
  let isBegun = false;
  const first = write(model, 'Kent?', { sampling: { maxTokens: 100 } });
  const second = write(model, 'Surrey?', {
    ...ENDLESS,
    signal: stop.signal,
    onText: () => (isBegun = true),
  }).catch((error: unknown) => error);
  const third = write(model, 'India?', {
    sampling: { maxTokens: 5 },
    // It moves up when the turn of the second has come.
    onWait: ({ ahead }) => ahead === 0 && stop.abort(stopped),
  });

  expect(await second).toBe(stopped);
  await Promise.all([first, third]);

  expect(isBegun).toBe(false);
  expect(await isFree(model)).toBe(true);
});

it('costs the others nothing', async () => {
  const { model } = await openTiny({ sequences: 2 });
  const alone = await write(model, 'Did India win?');
  const stop = new AbortController();

  const [ended, beside] = await Promise.all([
    write(model, 'Kent?', { signal: stop.signal, onText: () => stop.abort(stopped) }).catch(
      (error: unknown) => error,
    ),
    write(model, 'Did India win?'),
  ]);

  expect(ended).toBe(stopped);
  expect(beside).toEqual(alone);
});

it('is turned away at once when it was stopped before it was asked', async () => {
  const { model } = await openTiny();

  await expect(write(model, 'Kent?', { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped);

  expect(model.stats().writing).toBe(0);
});

it('ends with a reason when the program ends, also in the moment of its turn', async () => {
  const { model } = await openTiny({ sequences: 1, sentences: WITHOUT_END });
  const writing = write(model, 'Kent?', ENDLESS).catch((error: unknown) => error);
  const waiting = write(model, 'India?').catch((error: unknown) => error);
  await until('one waits', () => model.stats().waiting === 1);

  await model.close();

  expect(await writing).toMatchObject({ code: 'model_closed' });
  expect(await waiting).toMatchObject({ code: 'model_closed' });
  expect(model.stats()).toMatchObject({ state: 'closed', pid: undefined, writing: 0, waiting: 0 });
});
