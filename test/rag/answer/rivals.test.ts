import { expect, it } from 'vitest';
import { findRivals } from '#src/rag/answer/rivals.js';
import type { Query } from '#src/rag/understand/understand.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const claim = 'Quill is the most expensive player of the auction.';
const signal = new AbortController().signal;

/** Searches by what is asked and tells it. */
function asking() {
  const asked: string[] = [];
  const deps = {
    retrieve: async ({ text }: Query) => {
      asked.push(text);
      return [aPassage({ articleId: 'rival' })];
    },
    lexical: {
      frequencies: async (terms: string[]) => ({ total: 9, counts: terms.map(() => 1) }),
      closest: async (words: string[]) => words.map(() => undefined),
      namesWith: async (words: string[]) => words.map(() => ({ names: [], count: 0 })),
    },
    findNames: () => [],
    findPublishers: async () => [],
    clock: () => new Date('2023-12-19T15:05:00Z'),
  };
  return { asked, deps };
}

it('searches for who else is said to be it, by the claim and not by the question', async () => {
  const { asked, deps } = asking();
  const passages = [aPassage({ text: `${claim} More.` }), aPassage({ text: 'Rain fell.' })];

  const rivals = await findRivals(deps, aQuery({ answerType: 'news' }), passages, signal);

  expect(asked).toEqual([claim]);
  expect(rivals.map(({ articleId }) => articleId)).toEqual(['rival']);
});

it('searches for nothing when no news is asked for', async () => {
  const { asked, deps } = asking();

  expect(await findRivals(deps, aQuery({ answerType: 'who' }), [aPassage({ text: claim })], signal)).toEqual(
    [],
  );
  expect(asked).toEqual([]);
});
