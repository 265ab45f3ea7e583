import { describe, expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import { loadScopeRules } from '#src/guard-rules.js';
import { createScope } from '#src/rag/guard/scope.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { createNameFinder } from '#src/rag/understand/names.js';

const rules = loadScopeRules();
const decide = createScope(rules);
const understanding = {
  lexical: {
    frequencies: async (terms: string[]) => ({ total: 0, counts: terms.map(() => 0) }),
    closest: async (words: string[]) => words.map(() => undefined),
    namesWith: async (words: string[]) => words.map(() => ({ names: [], count: 0 })),
  },
  findNames: createNameFinder(loadCricketNames()),
  findPublishers: async () => [],
  clock: () => new Date('2023-12-19T15:05:00Z'),
};
const scopeOf = async (text: string, earlier: string[] = []) =>
  decide(await understandInThread(text, earlier, understanding));

describe('words alone', () => {
  it.each([
    'Who won last night?',
    "What's the latest?",
    'how old is joe root',
    'What car does Kohli drive?',
    'Why will India not travel to Pakistan?',
    'What did Imran Khan do as prime minister?',
    'Which players were banned for betting?',
    'kal India ka match kaun jeeta?',
    'How did Zak Quillfeather do?',
  ])('answers “%s”', async (text) => {
    expect(await scopeOf(text)).toBeUndefined();
  });

  it.each([
    'What is the capital of Australia?',
    'How do I boil an egg?',
    'write me a poem about autumn',
    'who is the prime minister of india',
    'Which phone should I buy?',
    'How do I unit test a React hook?',
  ])('does not answer “%s” by itself', async (text) => {
    expect(['scope', 'doubtful']).toContain(await scopeOf(text));
  });

  it.each([
    'Should I bet on England tomorrow?',
    'best parlay for tonight',
    'How could a bowler fix a match without getting caught?',
  ])('gives no advice: “%s”', async (text) => {
    expect(await scopeOf(text)).toBe('betting');
  });

  it('takes a follow-up for what it leans on', async () => {
    expect(await scopeOf('And how many sisters has he?', ['How many runs did Kohli make?'])).toBeUndefined();
    expect(await scopeOf('and how much water for it?', ['How do I cook rice?'])).not.toBeUndefined();
  });
});

describe('with meaning', () => {
  const question = { text: 'tell me of quokkas and their burrows', entities: [] };
  const key = rules.models.meaning.meaning?.key ?? '';
  const weights = rules.models.meaning.meaning?.weights ?? [];
  /** The direction of cricket, or away from it. */
  const embedder = (sign: number, own = key) => ({
    key: own,
    embed: async () => [Float32Array.from(weights, (weight) => sign * Math.sign(weight))],
  });

  it('decides by the vector of the model that it was fitted with', async () => {
    expect(await createScope(rules, { embedder: embedder(1) })(question)).toBeUndefined();
    expect(await createScope(rules, { embedder: embedder(-1) })(question)).toBe('scope');
  });

  it('goes by words with another model, and where the model fails', async () => {
    const words = await decide(question);
    const failures: unknown[] = [];
    const broken = { key, embed: () => Promise.reject(new Error('the worker died')) };

    expect(await createScope(rules, { embedder: embedder(1, 'another-384') })(question)).toBe(words);
    expect(
      await createScope(rules, { embedder: broken, onFailure: (error) => failures.push(error) })(question),
    ).toBe(words);
    expect(failures).toHaveLength(1);
  });

  it('is not asked where the game is named', async () => {
    const never = { key, embed: () => Promise.reject(new Error('asked')) };
    const scope = createScope(rules, { embedder: never, onFailure: (error) => expect.fail(String(error)) });

    expect(await scope({ text: 'who took the wickets in the IPL', entities: [] })).toBeUndefined();
  });
});
