import { describe, expect, it } from 'vitest';
import { loadCricketNames } from '#src/cricket.js';
import { loadScopeRules } from '#src/guard-rules.js';
import { createScope } from '#src/rag/guard/scope.js';
import { createScopeMeaning } from '#src/rag/guard/scope-meaning.js';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { createNameFinder } from '#src/rag/understand/names.js';

const decide = createScope(loadScopeRules());
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
  ])('declines “%s”', async (text) => {
    expect(await scopeOf(text)).toBe('scope');
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
    expect(await scopeOf('and of Spain?', ['What is the capital of France?'])).toBe('scope');
  });
});

describe('with meaning', () => {
  const question = { text: 'is the keeper any good at it', entities: [] };

  it('is asked where words leave it open, and decides', async () => {
    expect(await decide({ text: 'tell me of quokkas', entities: [] }, async () => 0.3)).toBeUndefined();
    expect(await decide(question, async () => -0.3)).toBe('scope');
  });

  it('is not asked where words are sure', async () => {
    const never = () => Promise.reject(new Error('asked'));

    expect(await decide({ text: 'who took the wickets in the IPL', entities: [] }, never)).toBeUndefined();
  });

  it('embeds its examples once, and again after a failure', async () => {
    let calls = 0;
    const embed = async (texts: string[]) => {
      calls += texts.length;
      if (calls === 1) {
        throw new Error('the worker died');
      }
      return texts.map((text) => new Float32Array(text === 'cricket' || text === 'bat' ? [1, 0] : [0, 1]));
    };
    const meaning = createScopeMeaning({ embed }, { cricket: ['cricket'], other: ['other'] });

    await expect(meaning('bat')).rejects.toThrow('the worker died');
    expect(await meaning('bat')).toBe(1);
    const before = calls;
    expect(await meaning('pasta')).toBe(-1);
    expect(calls - before).toBe(1);
  });
});
