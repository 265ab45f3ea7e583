import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { aboutQuestion, forQuestion } from '#src/log.js';

it('carries the question through everything that its answering waits for, and no further', async () => {
  async function* deep() {
    await setImmediate();
    yield aboutQuestion();
  }
  const inside = async () => {
    for await (const found of deep()) {
      return found;
    }
    return {};
  };

  const found = await Promise.all([forQuestion('q1', inside), forQuestion('q2', inside), inside()]);

  expect(found).toEqual([{ question: 'q1' }, { question: 'q2' }, {}]);
});
