// What digests take from the core: a story told in short, a sentence checked, and how rare a word is.
import type { Passage } from '../domain.js';
import { honestText } from './generate/tampering.js';
import type { OpenGuard } from './open-guard.js';
import { createSummarise, type Summarise, type SummariseDeps } from './summarise.js';

export interface StoryParts {
  summarise: Summarise;
  /** Whether the passages together bear out all that an English sentence claims, and moderation lets it out. */
  isBorneOut(sentence: string, passages: Passage[]): boolean;
  /** Each word's rarity in the index: log inverse share of chunks, more than 0. */
  raritiesOf(words: string[]): Promise<Map<string, number>>;
}

export function createStoryParts(
  deps: SummariseDeps,
  { isPassed, mayShow }: Pick<OpenGuard, 'isPassed' | 'mayShow'>,
): StoryParts {
  const { lexical, proofs } = deps;
  const summarise = createSummarise(deps);
  return {
    async summarise(story, signal) {
      const { dropped, sentences } = await summarise(story, signal);
      const allowed = sentences.filter(({ text }) => mayShow(text));
      const told = allowed.map(({ text }) => text).join(' ');
      const shown = told === '' || (await isPassed(told, signal)) ? allowed : [];
      return { sentences: shown, dropped: dropped + sentences.length - shown.length };
    },

    isBorneOut: (sentence, passages) =>
      mayShow(sentence) &&
      proofs.isGrounded(
        sentence,
        passages.map((passage) => ({ passage, context: honestText(passage.text) })),
      ),

    async raritiesOf(words) {
      const { counts, total } = await lexical.frequencies(words);
      return new Map(words.map((word, i) => [word, Math.log(1 + (total + 0.5) / ((counts[i] ?? 0) + 0.5))]));
    },
  };
}
