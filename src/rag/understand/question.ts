// What a question must be like before anything is searched, and passages that come with it.
import type { Passage } from '../../domain.js';
import { BotError } from '../../errors.js';

/** Characters of a question; a longer one is refused rather than cut. */
export const LONGEST_QUESTION = 2000;

/** Errors: `question_empty`, `question_too_long`. */
export function checkLength(text: string): void {
  if (text.trim() === '') {
    throw new BotError(
      'question_empty',
      'The question is empty; ask something, for example: who won last night?',
    );
  }
  if (text.length > LONGEST_QUESTION) {
    const length = text.length.toLocaleString('en-GB');
    throw new BotError(
      'question_too_long',
      `The question has ${length} characters; at most ${LONGEST_QUESTION.toLocaleString('en-GB')} are read: shorten it`,
    );
  }
}

/** Texts that stand in for retrieval: each its own passage without an address. */
export function given(texts: string[]): Passage[] {
  return texts.map((text, i) => {
    const id = `given:${i}`;
    return {
      id,
      articleId: id,
      ordinal: 0,
      header: '',
      text,
      title: '',
      url: '',
      publisher: '',
      publishedAt: '',
      score: 1 / (i + 1),
    };
  });
}
