import { expect, it } from 'vitest';
import { understandInThread } from '#src/rag/understand/follow-up.js';
import { createNameFinder } from '#src/rag/understand/names.js';

/** Names that the index has seen, by their last word; each stands in names alone. */
const PEOPLE: Record<string, string> = { quill: 'Mara Quill', finch: 'Bo Finch', marsh: 'Ann Marsh' };
const deps = {
  findNames: createNameFinder({
    names: [
      { kind: 'club', name: 'Harbour', aliases: ['HAR'] },
      { kind: 'club', name: 'Valley', aliases: [] },
      { kind: 'side', name: 'women', aliases: [] },
    ],
    capitalsOnly: [],
    capitalisedOnly: [],
  }),
  findPublishers: async () => [],
  clock: () => new Date('2023-12-19T15:05:00Z'),
  lexical: {
    frequencies: async (terms: string[]) => ({ total: 100, counts: terms.map(() => 5) }),
    closest: async (words: string[]) => words.map(() => undefined),
    namesWith: async (words: string[]) =>
      words.map((word) => {
        const name = PEOPLE[word];
        return name ? { names: [{ name, count: 5 }], count: 5 } : { names: [], count: 0 };
      }),
  },
};
const textOf = async (question: string, ...earlier: string[]) =>
  (await understandInThread(question, earlier, deps)).text;

const FIRST = 'Who captains Harbour?';

it.each([
  ['names nobody', 'and who bowled best?'],
  ['is short and points back', 'When did he join Valley?'],
  ['points back to a place', 'Who won there, Harbour?'],
  ['goes on about somebody', 'and how many did quill make?'],
  ['means two of those before', 'In which places did the two Britons finish?'],
  ['names a side alone', 'who captains the women?'],
])('puts the question before in front of one that %s', async (_, question) => {
  expect(await textOf(question, FIRST)).toBe(`${FIRST} ${question}`);
});

it.each([
  ['names somebody', 'Who captains Valley?'],
  ['names somebody in haste', 'how old is quill'],
  ['names a club in haste', 'who won the valley game'],
  ['names somebody unknown', 'Who is Zugzwang?'],
  ['is long and names somebody', 'Did Mara Quill say that she would play on for them after the long winter?'],
])('leaves a question alone that %s', async (_, question) => {
  expect(await textOf(question, FIRST)).toBe(question);
});

it('leaves the first question of a thread alone', async () => {
  expect(await textOf('who won?')).toBe('who won?');
});

it('walks back to the last question that stands alone', async () => {
  expect(await textOf('why?', 'Who won the Coast Cup?', FIRST, 'and since when?')).toBe(
    `${FIRST} and since when? why?`,
  );
});

it.each([
  ['and Finch?', 'How many runs did Quill make?', 'How many runs did Finch make?'],
  ['What about Bo Finch', 'How many runs did Quill make?', 'How many runs did Bo Finch make?'],
  ['Harbour women', 'Did HAR win?', 'Did Harbour women win?'],
])('puts the name of %j in the place of the one before', async (question, before, rewritten) => {
  expect(await textOf(question, before)).toBe(rewritten);
});

it('does not guess whose place a name takes', async () => {
  expect(await textOf('and Marsh?', 'Who made more, Quill or Finch?')).toBe(
    'Who made more, Quill or Finch? and Marsh?',
  );
});

it('asks what the last question asks', async () => {
  const query = await understandInThread('and how many did he make?', ['Who captains Harbour?'], deps);

  expect(query.answerType).toBe('number');
  expect(query.entities.map(({ name }) => name)).toEqual(['Harbour']);
});
