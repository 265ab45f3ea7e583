// Text of tokens as they come. A letter may need several tokens; half of one is held back.
import type { LlamaModel, Token } from 'node-llama-cpp';

export interface TokenText {
  push(token: Token): string;
  /** What was held back, although it may be half a letter. */
  end(): string;
}

/** Bytes of the longest letter in UTF-8; what is still no letter then never will be. */
const MOST_HELD = 4;
/** What stands before decides about a space. */
const LOOK_BACK = 4;

/** `before` are the tokens that the text follows. */
export function createTokenText(model: Pick<LlamaModel, 'detokenize'>, before: readonly Token[]): TokenText {
  let last: Token[] = before.slice(-LOOK_BACK);
  let held: Token[] = [];

  function release(): string {
    const text = model.detokenize(held, false, last);
    last = [...last, ...held].slice(-LOOK_BACK);
    held = [];
    return text;
  }

  return {
    push(token) {
      held.push(token);
      const isHalf = model.detokenize(held, false, last).endsWith('\uFFFD');
      return isHalf && held.length < MOST_HELD ? '' : release();
    },
    end: () => (held.length > 0 ? release() : ''),
  };
}
