import { expect, it } from 'vitest';
import { streamText } from '#src/rag/answer/stream-text.js';

const soon = () => new Promise((resolve) => setImmediate(resolve));

async function read(stream: AsyncGenerator<string, string>) {
  const pieces: string[] = [];
  let step = await stream.next();
  for (; !step.done; step = await stream.next()) {
    pieces.push(step.value);
  }
  return { pieces, result: step.value };
}

it('gives pieces as they come, in order, and the result at the end', async () => {
  const stream = streamText(async (onText) => {
    onText('a');
    onText('b');
    await soon();
    onText('c');
    return 'all';
  });

  expect(await read(stream)).toEqual({ pieces: ['a', 'b', 'c'], result: 'all' });
});

it('throws what the writer throws, after its last piece', async () => {
  const stream = streamText(async (onText): Promise<string> => {
    onText('a');
    await soon();
    throw new Error('crashed');
  });

  expect((await stream.next()).value).toBe('a');
  await expect(stream.next()).rejects.toThrow('crashed');
});

it('waits for the writer to stop when nobody reads on', async () => {
  const stop = new AbortController();
  let hasStopped = false;
  const stream = streamText(async (onText): Promise<string> => {
    onText('a');
    while (!stop.signal.aborted) {
      await soon();
    }
    hasStopped = true;
    throw new Error('stopped');
  });

  await stream.next();
  stop.abort();
  await stream.return('');

  expect(hasStopped).toBe(true);
});
