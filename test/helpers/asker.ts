// The core's `ask` over given passages, with evidence for an answer and a check that lets everything pass: for tests
// of what a generator does to it.
import type { AnswerEvent, Passage } from '#src/domain.js';
import { createAsk } from '#src/rag/answer.js';
import { createModelGenerator } from '#src/rag/generate/model-generator.js';
import { PROMPT_PRESETS } from '#src/rag/generate/prompt-presets.js';
import type { LanguageModel } from '#src/rag/language-model.js';
import type { UnderstandDeps } from '#src/rag/understand/understand.js';
import { aPassage } from './builders.js';

const clock = () => new Date('2023-12-19T15:05:00Z');

/** Questions are read by their words: every word is as rare as any other, and none is a name. */
export const BY_WORDS_ALONE: Omit<UnderstandDeps, 'clock'> = {
  lexical: {
    frequencies: async (terms) => ({ total: 99, counts: terms.map(() => 1) }),
    closest: async (words) => words.map(() => undefined),
    namesWith: async (words) => words.map(() => ({ names: [], count: 0 })),
  },
  findNames: () => [],
  findPublishers: async () => [],
};

/** Three articles by default. */
export function askWith(
  model: LanguageModel,
  passages: Passage[] = ['a', 'b', 'c'].map((articleId) => aPassage({ articleId })),
) {
  const { cited } = PROMPT_PRESETS;
  const preset = { ...cited, sampling: { ...cited.sampling, temperature: 0 } };
  const sentences = passages.map((passage) => ({ text: passage.text, passage }));
  return createAsk(
    {
      retrieve: async () => passages,
      assess: async () => ({ sentences, confidence: 0.9 }),
      generator: createModelGenerator(model, { preset, clock }),
      proofs: {
        isGrounded: () => true,
        quoteOf: (text) => text,
        attribute: () => undefined,
        isOwnWords: () => true,
        conflictOf: () => undefined,
        premiseOf: () => undefined,
        withSubject: (text) => text,
      },
      ...BY_WORDS_ALONE,
      clock,
      chunks: {
        countChunks: async () => 3,
        newestArticle: async () => undefined,
        neighbours: async () => new Map(),
      },
    },
    { minConfidence: 0.5 },
  );
}

/** All events; `onEvent` may do something when one comes. */
export async function eventsOf(
  ask: ReturnType<typeof askWith>,
  text: string,
  onEvent: (event: AnswerEvent) => void = () => {},
): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = [];
  for await (const event of ask({ id: '1', text }, new AbortController().signal)) {
    events.push(event);
    onEvent(event);
  }
  return events;
}
