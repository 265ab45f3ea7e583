// What understanding asks of an index, where there is none: for benches that judge questions by themselves.
import { loadCricketNames } from '#src/cricket.js';
import { createNameFinder } from '#src/rag/understand/names.js';

export const withoutIndex = {
  lexical: {
    frequencies: async (terms) => ({ total: 0, counts: terms.map(() => 0) }),
    closest: async (words) => words.map(() => undefined),
    namesWith: async (words) => words.map(() => ({ names: [], count: 0 })),
  },
  findNames: createNameFinder(loadCricketNames()),
  findPublishers: async () => [],
  clock: () => new Date(),
};
