import { describe, expect, it } from 'vitest';
import type { Answer, AnswerEvent, Ask } from '#src/domain.js';
import { BotError } from '#src/errors.js';
import { createGuardedAsk, type GuardDeps } from '#src/rag/guard/guarded-ask.js';
import { citationOf } from '../../helpers/scripted-ask.js';

const citation = citationOf('the match');
const answer: Answer = {
  text: 'One. Two.',
  citations: [citation],
  retrieved: [],
  abstained: false,
  publishersAgree: 0,
  warnings: [],
  dropped: 0,
  generator: 'scripted',
};

/** Says two sentences; notes whether it was stopped. */
function asker() {
  const state = { asked: 0, ended: false };
  const ask: Ask = async function* () {
    state.asked += 1;
    try {
      yield { type: 'status', text: 'reading' };
      yield { type: 'citation', citation };
      yield { type: 'delta', text: 'One.' };
      yield { type: 'delta', text: ' Two.' };
      yield { type: 'done', answer };
    } finally {
      state.ended = true;
    }
  };
  return { ask, state };
}

async function run(deps: GuardDeps, text = 'Who won?') {
  const { ask, state } = asker();
  const events: AnswerEvent[] = [];
  for await (const event of createGuardedAsk(ask, deps)({ id: '1', text }, new AbortController().signal)) {
    events.push(event);
  }
  const shown = events.map((event) => (event.type === 'delta' ? event.text : '')).join('');
  const last = events.at(-1);
  return { events, shown, answer: last?.type === 'done' ? last.answer : undefined, state };
}

const finds =
  (word: string): GuardDeps['moderate'] =>
  (text) =>
    text.includes(word) ? { category: 'abuse', rule: word } : undefined;

describe('rules', () => {
  it('pass an answer on, piece by piece', async () => {
    const { answer: found, shown } = await run({ moderate: () => undefined });

    expect(shown).toBe('One. Two.');
    expect(found).toEqual(answer);
  });

  it('refuse a question before anything is done for it', async () => {
    const { answer: found, shown, state } = await run({ moderate: finds('rude') }, 'something rude');

    expect(found).toMatchObject({ refused: 'abuse', abstained: true, citations: [] });
    expect(shown).toBe(found?.text);
    expect(state.asked).toBe(0);
  });

  it('give a helpline to somebody in danger', async () => {
    const { shown } = await run({ moderate: () => ({ category: 'self-harm', rule: '' }) });

    expect(shown).toContain('116 123');
  });

  it('leave the sources of an answer that must not be shown, and stop its writer', async () => {
    const { answer: found, shown, state } = await run({ moderate: finds('Two') });

    expect(shown).toBe('One.\nI keep the rest to the articles themselves. [1]');
    expect(found).toMatchObject({ text: shown, refused: 'answer', citations: [citation] });
    expect(state.ended).toBe(true);
  });

  it('tell the operator the rule and nothing of the text', async () => {
    const told: object[] = [];

    await run({ moderate: finds('rude'), onRefused: (about) => told.push(about) }, 'my rude secret');

    expect(told).toEqual([{ refused: 'abuse', rule: 'rude' }]);
  });
});

describe('a guard model', () => {
  it('holds an answer back until it has passed it', async () => {
    const judged: string[] = [];
    const { events, shown } = await run({
      judge: async ({ answer: text }) => {
        judged.push(text ?? '');
        return undefined;
      },
    });

    expect(judged).toEqual(['', 'One. Two.']);
    expect(shown).toBe('One. Two.');
    expect(events.map(({ type }) => type)).toEqual(['status', 'citation', 'delta', 'delta', 'done']);
  });

  it('leaves nothing but sources of what it condemns', async () => {
    const { answer: found, shown } = await run({
      judge: async ({ answer: text }) => (text ? 'abuse' : undefined),
    });

    expect(shown).toBe('I keep the rest to the articles themselves. [1]');
    expect(found).toMatchObject({ refused: 'answer', citations: [citation] });
  });

  it('shows nothing but sources of an answer that it cannot judge', async () => {
    const failures: unknown[] = [];
    const { shown } = await run({
      judge: async ({ answer: text }) => (text ? Promise.reject(new Error('down')) : undefined),
      onJudgeFailure: (error) => failures.push(error),
    });

    expect(shown).toBe('I keep the rest to the articles themselves. [1]');
    expect(failures).toHaveLength(1);
  });

  it('lets nothing be done for a question that it cannot judge', async () => {
    const failures: unknown[] = [];
    const { events, state } = await run({
      judge: async () => Promise.reject(new BotError('guard_failed', 'no answer within 10 s')),
      onJudgeFailure: (error) => failures.push(error),
    });

    expect(events).toEqual([{ type: 'error', code: 'guard_down', message: expect.stringContaining('10 s') }]);
    expect(failures).toHaveLength(1);
    expect(state.asked).toBe(0);
  });

  it('is not asked about what the rules refuse', async () => {
    const judged: string[] = [];
    await run(
      {
        moderate: finds('rude'),
        judge: async ({ question }) => {
          judged.push(question);
          return undefined;
        },
      },
      'something rude',
    );

    expect(judged).toEqual([]);
  });
});
