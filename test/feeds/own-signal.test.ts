import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { withOwnSignal } from '#src/feeds/own-signal.js';

it('aborts with the outer signal, for its reason', async () => {
  const outer = new AbortController();

  const run = withOwnSignal(outer.signal, async (signal) => {
    outer.abort(new Error('stopped by the operator'));
    signal.throwIfAborted();
  });

  await expect(run).rejects.toThrow('stopped by the operator');
  await expect(withOwnSignal(outer.signal, async () => 'begun')).rejects.toThrow('stopped by the operator');
});

it('leaves nothing behind, whether its work ends well or not', async () => {
  const { signal } = new AbortController();

  await withOwnSignal(signal, async () => {});
  await withOwnSignal(signal, () => Promise.reject(new Error('failed'))).catch(() => {});

  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
