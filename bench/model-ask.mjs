// The core's `ask` with a model over three given articles, and a check that lets everything pass: what is measured
// is the model, not retrieval.
import { createAsk } from '#src/rag/answer.js';
import { createModelGenerator } from '#src/rag/generate/model-generator.js';
import { PROMPT_PRESETS } from '#src/rag/generate/prompt-presets.js';

const clock = () => new Date('2023-12-19T15:05:00Z');
const passages = ['a', 'b', 'c'].map((articleId) => ({
  id: `${articleId}:0:0`,
  articleId,
  ordinal: 0,
  header: '',
  text: 'Harbour won the final.',
  title: 'Harbour win the final',
  url: `https://example.com/${articleId}`,
  publisher: 'Example Cricket',
  publishedAt: '2023-12-19T10:00:00.000Z',
  score: 1,
}));

export function askWith(model) {
  const { cited } = PROMPT_PRESETS;
  return createAsk(
    {
      retrieve: async () => passages,
      assess: async () => ({
        sentences: passages.map((passage) => ({ text: passage.text, passage })),
        confidence: 0.9,
      }),
      generator: createModelGenerator(model, {
        preset: { ...cited, sampling: { ...cited.sampling, temperature: 0 } },
        clock,
      }),
      proofs: {
        isGrounded: () => true,
        quoteOf: (text) => text,
        attribute: () => undefined,
        isOwnWords: () => true,
        conflictOf: () => undefined,
        premiseOf: () => undefined,
        withSubject: (text) => text,
      },
      lexical: {
        frequencies: async (terms) => ({ total: 9, counts: terms.map(() => 1) }),
        closest: async (words) => words.map(() => undefined),
        namesWith: async (words) => words.map(() => ({ names: [], count: 0 })),
      },
      findNames: () => [],
      findPublishers: async () => [],
      clock,
      chunks: {
        countChunks: async () => passages.length,
        newestArticle: async () => undefined,
        neighbours: async () => new Map(),
      },
    },
    { minConfidence: 0.5 },
  );
}
