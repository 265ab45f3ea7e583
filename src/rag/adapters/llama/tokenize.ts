// Turns a laid-out prompt into tokens: markers as the template's tokens, data as plain text whatever it holds.
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { Segment } from './template.js';

export type Tokenize = (segments: Segment[]) => Token[];

export function createTokenize(model: LlamaModel): Tokenize {
  const guards = [model.tokenize('\n', false), model.tokenize('\n', true)] as const;

  /** Some vocabularies put a space before every text; between two segments none must come to stand. */
  function exactly({ isMarker, text }: Segment): Token[] {
    const guard = guards[isMarker ? 1 : 0];
    const guarded = model.tokenize(`\n${text}`, isMarker);
    return guard.every((token, i) => guarded[i] === token)
      ? guarded.slice(guard.length)
      : model.tokenize(text, isMarker);
  }

  return (segments) => {
    const begin = model.tokens.shouldPrependBosToken && model.tokens.bos !== null ? [model.tokens.bos] : [];
    const [first, ...others] = segments.filter(({ text }) => text !== '');
    // The text as a whole does get that space: models were trained with it.
    const opening = first ? model.tokenize(first.text, first.isMarker) : [];
    return [...begin, ...opening, ...others.flatMap(exactly)];
  };
}
