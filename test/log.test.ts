import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
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

it('keeps what one line says out of the next', () => {
  const lines: string[] = [];
  const log = pino(
    { base: null, timestamp: false, mixin: aboutQuestion },
    { write: (line: string) => void lines.push(line) },
  );

  forQuestion('q1', () => {
    log.warn({ code: 'away' }, 'no answer');
    log.warn('question ended');
  });

  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    { level: 40, question: 'q1', code: 'away', msg: 'no answer' },
    { level: 40, question: 'q1', msg: 'question ended' },
  ]);
});
