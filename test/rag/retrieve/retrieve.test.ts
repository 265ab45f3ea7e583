import { expect, it } from 'vitest';
import type { Story } from '#src/domain.js';
import type { Hit } from '#src/rag/ports.js';
import { createRetriever, type RetrieverOptions } from '#src/rag/retrieve/retrieve.js';
import { aPassage, aQuery } from '../../helpers/builders.js';

const OPTIONS: RetrieverOptions = {
  limit: 20,
  candidates: 100,
  perArticle: 3,
  denseWeight: 0.3,
  rerankWeight: 0.5,
  pairWeight: 0,
  articleWeight: 0,
  publisherWeight: 0,
  dateWeight: 0,
  sideWeight: 0,
  repetition: 0,
};
const query = aQuery({ text: 'who won?', terms: ['won'] });

interface Parts {
  words?: Hit[];
  meaning?: Hit[] | Error | undefined;
  options?: Partial<RetrieverOptions>;
  /** Chunk ids that the store no longer has. */
  gone?: string[];
  /** By article. */
  stories?: Record<string, Story>;
}

/** A retriever over indexes with set answers; a chunk "a:1" belongs to the article "a". */
function retrieverOf({ gone = [], meaning, options, stories = {}, words = [] }: Parts) {
  const asked: string[] = [];
  const failures: unknown[] = [];
  const dense = meaning && {
    embedder: {
      embed: async (texts: string[]) => {
        asked.push(`embed ${texts.join()}`);
        if (meaning instanceof Error) {
          throw meaning;
        }
        return [new Float32Array(2)];
      },
    },
    index: { nearest: async () => (meaning instanceof Error ? [] : meaning) },
  };
  const retrieve = createRetriever(
    {
      chunks: {
        passages: async (ids) =>
          ids
            .filter((id) => !gone.includes(id))
            .map((id) => {
              const articleId = id.split(':')[0] ?? '';
              return aPassage({ id, articleId, score: 0, story: stories[articleId] });
            }),
      },
      lexical: {
        match: async (terms, limit) => {
          asked.push(`match ${terms.join()}`);
          return words.slice(0, limit);
        },
      },
      dense: () => dense,
      onDenseFailure: (error) => failures.push(error),
    },
    { ...OPTIONS, ...options },
  );
  return { retrieve, asked, failures };
}

const hits = (...ids: string[]): Hit[] => ids.map((id, i) => ({ id, score: 10 - i }));

it('fuses both lists and gives passages with their scores, best first', async () => {
  const { retrieve } = retrieverOf({ words: hits('a:0', 'b:0', 'c:0'), meaning: hits('c:0', 'd:0') });

  const passages = await retrieve(query);

  expect(passages.map(({ id }) => id)).toEqual(['a:0', 'b:0', 'c:0', 'd:0']);
  expect(passages.map(({ score }) => score)).toEqual([0.7, 0.35, 0.3, 0]);
});

it('lets no article fill the list', async () => {
  const { retrieve } = retrieverOf({
    words: hits('a:0', 'a:1', 'a:2', 'a:3', 'b:0'),
    options: { perArticle: 2, limit: 3 },
  });

  expect((await retrieve(query)).map(({ id }) => id)).toEqual(['a:0', 'a:1', 'b:0']);
});

it('lets no story fill the list with its copies', async () => {
  const story = { id: 'a', articleIds: ['a', 'b'], publishers: ['A', 'B'] };
  const { retrieve } = retrieverOf({ words: hits('a:0', 'b:0', 'c:0'), stories: { a: story, b: story } });

  expect((await retrieve(query)).map(({ id }) => id)).toEqual(['a:0', 'c:0']);
});

it('gives at most `limit` passages', async () => {
  const { retrieve } = retrieverOf({ words: hits('a:0', 'b:0', 'c:0'), options: { limit: 2 } });

  expect(await retrieve(query)).toHaveLength(2);
});

it('skips hits that the store no longer has', async () => {
  const { retrieve } = retrieverOf({ words: hits('a:0', 'b:0'), gone: ['a:0'] });

  expect((await retrieve(query)).map(({ id }) => id)).toEqual(['b:0']);
});

it('prefers the article that is found several times over a chance match', async () => {
  const words = [
    { id: 'lone:0', score: 10 },
    { id: 'often:0', score: 9.8 },
    { id: 'often:1', score: 9.6 },
    { id: 'often:2', score: 9.4 },
    { id: 'last:0', score: 0 },
  ];

  const alone = await retrieverOf({ words }).retrieve(query);
  const together = await retrieverOf({ words, options: { articleWeight: 0.5 } }).retrieve(query);

  expect(alone[0]?.id).toBe('lone:0');
  expect(together[0]?.id).toBe('often:0');
  expect(together.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
});

it('answers by words alone without an embedder', async () => {
  const { asked, retrieve } = retrieverOf({ words: hits('a:0') });

  expect((await retrieve(query)).map(({ id }) => id)).toEqual(['a:0']);
  expect(asked).toEqual(['match won']);
});

it('asks no words when meaning has all the weight, and no meaning when words have', async () => {
  const meaningOnly = retrieverOf({ meaning: hits('a:0'), options: { denseWeight: 1 } });
  const wordsOnly = retrieverOf({ words: hits('a:0'), meaning: hits('b:0'), options: { denseWeight: 0 } });

  await meaningOnly.retrieve(query);
  await wordsOnly.retrieve(query);

  expect(meaningOnly.asked).toEqual(['embed who won?']);
  expect(wordsOnly.asked).toEqual(['match won']);
});

it('answers by words when there is no embedder, even if meaning has all the weight', async () => {
  const { retrieve } = retrieverOf({ words: hits('a:0'), options: { denseWeight: 1 } });

  expect((await retrieve(query)).map(({ id, score }) => [id, score])).toEqual([['a:0', 1]]);
});

it('answers by words when semantic search fails, and tells', async () => {
  const failure = new Error('chroma is gone');
  const { failures, retrieve } = retrieverOf({ words: hits('a:0'), meaning: failure });

  expect((await retrieve(query)).map(({ id }) => id)).toEqual(['a:0']);
  expect(failures).toEqual([failure]);
});

it('answers by words when semantic search fails, even if meaning has all the weight', async () => {
  const { retrieve } = retrieverOf({
    words: hits('a:0'),
    meaning: new Error('chroma is gone'),
    options: { denseWeight: 1 },
  });

  expect((await retrieve(query)).map(({ id, score }) => [id, score])).toEqual([['a:0', 1]]);
});

it('takes an abort for no failure', async () => {
  const { failures, retrieve } = retrieverOf({ words: hits('a:0'), meaning: new Error('aborted') });

  await expect(retrieve(query, AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up');
  expect(failures).toEqual([]);
});

it('gives nothing for a question without words', async () => {
  const { asked, retrieve } = retrieverOf({ words: hits('a:0'), meaning: hits('b:0') });

  expect(await retrieve(aQuery({ text: ' ', terms: [] }))).toEqual([]);
  expect(asked).toEqual([]);
});
