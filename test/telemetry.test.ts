// What the measuring tells, and that it changes nothing of the events.
import { expect, it } from 'vitest';
import type { Ask } from '#src/domain.js';
import { BotError } from '#src/errors.js';
import { readMetrics } from '#src/metrics.js';
import { observe, observedAsk } from '#src/telemetry.js';
import { scriptedAsk } from './helpers/scripted-ask.js';

const SIGNAL = new AbortController().signal;
const countOf = async (stage: string) => {
  const { text } = await readMetrics();
  return Number(new RegExp(`stage_duration_seconds_count{stage="${stage}"} (\\d+)`).exec(text)?.[1] ?? 0);
};
async function all(ask: Ask) {
  const events = [];
  for await (const event of ask({ id: 'q', text: 'Who won?' }, SIGNAL)) {
    events.push(event);
  }
  return events;
}

it('hands every event on, and times the answer and its first words', async () => {
  const before = [await countOf('ask'), await countOf('first_text')];

  const events = await all(observedAsk(scriptedAsk().ask));

  expect(events).toEqual(await all(scriptedAsk().ask));
  expect([await countOf('ask'), await countOf('first_text')]).toEqual(before.map((count) => count + 1));
});

it('ends what it watches when nobody listens any more', async () => {
  let hasEnded = false;
  const endless = observedAsk(async function* forever() {
    try {
      for (;;) {
        yield { type: 'status' as const, text: 'reading' };
      }
    } finally {
      hasEnded = true;
    }
  });

  for await (const _ of endless({ id: 'q', text: 'Who won?' }, SIGNAL)) {
    break;
  }

  expect(hasEnded).toBe(true);
});

it('times a step that fails, and throws what it throws', async () => {
  const before = await countOf('retrieve');

  const failing = observe({ name: 'retrieve' }, () =>
    Promise.reject(new BotError('chroma_unreachable', 'gone')),
  );

  await expect(failing).rejects.toMatchObject({ code: 'chroma_unreachable' });
  expect(await countOf('retrieve')).toBe(before + 1);
});
