import { describe, expect, it } from 'vitest';
import { createLlamaGuard, guardPrompt } from '#src/rag/guard/llama-guard.js';
import { readVerdict } from '#src/rag/guard/verdict.js';

describe('a verdict of a guard model', () => {
  it.each([
    ['safe', undefined],
    ['\n\nsafe', undefined],
    ['Safe \n', undefined],
    ['unsafe\nS1', 'abuse'],
    ['unsafe\nS10,S6', 'abuse'],
    ['\n\nunsafe\nS11', 'self-harm'],
    ['unsafe\nS1, S11', 'self-harm'],
    ['unsafe', 'abuse'],
    // What news speak of: a lawsuit, an address that was leaked, a vote.
    ['unsafe\nS5', undefined],
    ['unsafe\nS7,S13', undefined],
  ])('%j is %s', (text, harm) => {
    expect(readVerdict(text)).toBe(harm);
  });

  it.each(['', 'It is safe.', 'unsafe? no: safe', 'Kent won the match [1].', '[INST] safe', 'maybe\nsafe'])(
    '%j is none',
    (text) => {
      expect(() => readVerdict(text)).toThrow(expect.objectContaining({ code: 'guard_unreadable' }));
    },
  );
});

describe('what Llama Guard is asked', () => {
  it('is to judge the last turn, behind a beginning that stays the same', () => {
    const asked = guardPrompt({ question: 'Who won?' });
    const other = guardPrompt({ question: 'Who lost?' });
    const answered = guardPrompt({ question: 'Who won?', answer: 'Kent won.' });

    expect(asked.instructions).toBe(other.instructions);
    expect(asked.instructions).toContain('S11: Suicide & Self-Harm.');
    expect(asked.content).toMatch(/^User: Who won\?\n\n<END CONVERSATION>[\s\S]*ONLY THE LAST User message/);
    expect(answered.content).toMatch(
      /^User: Who won\?\n\nAgent: Kent won\.\n\n[\s\S]*ONLY THE LAST Agent message/,
    );
  });

  it('is judged by what the model writes, in pieces', async () => {
    const judge = createLlamaGuard(async () => ({
      async complete(_prompt, _sampling, { onText }) {
        for (const piece of ['\n\nun', 'safe\n', 'S1', '0']) {
          onText(piece);
        }
        return { stop: 'end' };
      },
    }));

    expect(await judge({ question: 'Who?' }, new AbortController().signal)).toBe('abuse');
  });
});
