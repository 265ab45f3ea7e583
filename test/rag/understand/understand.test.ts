import { expect, it } from 'vitest';
import { createNameFinder } from '#src/rag/understand/names.js';
import { understand } from '#src/rag/understand/understand.js';

const TOTAL = 100;

/** An index in which each word stands in so many chunks, and which repairs the words of `repairs`. */
function depsOf(counts: Record<string, number>, repairs: Record<string, string> = {}, total = TOTAL) {
  const asked: string[][] = [];
  return {
    asked,
    findNames: createNameFinder({
      names: [{ kind: 'club', name: 'Harbour Strikers', aliases: ['HST'] }],
      capitalsOnly: [],
      capitalisedOnly: [],
    }),
    findPublishers: async (text: string) => (text.includes('Example') ? ['The Example'] : []),
    clock: () => new Date('2023-12-19T15:05:00Z'),
    lexical: {
      frequencies: async (terms: string[]) => ({ total, counts: terms.map((term) => counts[term] ?? 0) }),
      closest: async (words: string[]) => {
        asked.push(words);
        return words.map((word) => repairs[word]);
      },
      namesWith: async (words: string[]) => words.map(() => ({ names: [], count: 0 })),
    },
  };
}

it('keeps the telling words and weighs rare ones higher', async () => {
  const query = await understand(
    'Who took the wickets at Quayside?',
    depsOf({ took: 40, wickets: 30, quayside: 1 }),
  );

  expect(query.terms).toEqual(['took', 'wickets', 'quayside']);
  expect([...query.weights.keys()]).toEqual(['took', 'wicket', 'quaysid']);
  const [took = 0, wickets = 0, quayside = 0] = query.weights.values();
  expect(took).toBeLessThan(wickets);
  expect(wickets).toBeLessThan(quayside);
  expect(took).toBeGreaterThan(0);
  expect(query.said).toEqual(new Set(['who', 'took', 'the', 'wickets', 'at', 'quayside']));
});

it('weighs a word that stands everywhere more than 0', async () => {
  const query = await understand('runs', depsOf({ runs: TOTAL }));

  expect(query.weights.get('run')).toBeGreaterThan(0);
});

it('replaces a misspelt word by what the index knows, with its rarity', async () => {
  const deps = depsOf({ quill: 4 }, { quil: 'quill' });

  const query = await understand('What did Quil say?', deps);

  expect(query.terms).toContain('quill');
  expect(query.terms).not.toContain('quil');
  expect(query.weights.get('quill')).toBeCloseTo(Math.log(1 + (TOTAL - 4 + 0.5) / 4.5));
});

it('keeps an unknown word that nothing resembles', async () => {
  const query = await understand('Zugzwang?', depsOf({}));

  expect(query.terms).toEqual(['zugzwang']);
});

it('asks for no repair of known words, nor of names, nor in an empty index', async () => {
  const known = depsOf({ final: 3 });
  const named = depsOf({ final: 3 });
  const empty = depsOf({}, {}, 0);

  await understand('final', known);
  await understand('HST final', named);
  await understand('final', empty);

  expect([known.asked, named.asked, empty.asked]).toEqual([[], [], []]);
});

it('searches for a name under both its forms, and weighs what was said', async () => {
  const query = await understand('Did HST bat?', depsOf({ bat: 9 }));

  expect(query.terms).toEqual(['hst', 'bat', 'harbour', 'strikers']);
  expect([...query.weights.keys()]).toEqual(['hst', 'bat']);
  expect(query.equivalents.get('hst')).toEqual(['harbour', 'striker']);
});

it.each([
  ['Who took five wickets?', 'who'],
  ['Which player took five wickets?', 'who'],
  ['How many runs did he make?', 'number'],
  ['What is the score?', 'number'],
  ['When does play start?', 'when'],
  ['What year was that?', 'when'],
  ['Where is the final?', 'where'],
  ['Which ground holds the final?', 'where'],
  ['Why did they lose?', 'why'],
  ["What's happening in the auction?", 'news'],
  ['Did Harbour win?', 'other'],
])('reads what %j asks for: %s', async (text, answerType) => {
  expect((await understand(text, depsOf({}))).answerType).toBe(answerType);
});

it('searches a survey for its topic alone', async () => {
  const query = await understand('What is the latest news on the auction?', depsOf({ auction: 5 }));

  expect(query.terms).toEqual(['auction']);
  expect(query.text).toBe('What is the latest news on the auction?');
});

it('is two questions when it asks two, each with an answer of its own', async () => {
  const query = await understand('Who won the toss and how many did Quill make?', depsOf({}));

  expect(query.parts.map(({ answerType, text }) => [answerType, text])).toEqual([
    ['who', 'Who won the toss?'],
    ['number', 'how many did Quill make?'],
  ]);
  expect(query.parts.every(({ parts }) => parts.length === 0)).toBe(true);
});

it('lets a half that names nobody lean on the half before it', async () => {
  const query = await understand('Who won the Coast final and by how many runs?', depsOf({}));

  expect(query.parts.map(({ text }) => text)).toEqual([
    'Who won the Coast final?',
    'Who won the Coast final? by how many runs?',
  ]);
});

it('keeps the language', async () => {
  expect((await understand('Qui a gagné le match ?', depsOf({}))).language).toBe('fr');
});

it('searches for no words of time beside others', async () => {
  expect((await understand('who won today', depsOf({}))).terms).toEqual(['won']);
  expect((await understand('today', depsOf({}))).terms).toEqual(['today']);
});

it('gives no terms for a question without words', async () => {
  expect((await understand('?!', depsOf({}))).terms).toEqual([]);
});
