// An answer as the messages that show it: a status line, or the text in pieces, and at the end its tail below the last.

import { type Citations, unfinishedNumber } from '../link-numbers.js';
import { splitText } from '../split-text.js';
import { MESSAGE_CHARACTERS } from './message-body.js';
import { renderMarkdown } from './render-text.js';
import { type Component, greyLine, lengthOf, stopRow, text } from './tail.js';

export interface Draft {
  /** What is being done, until there is text. */
  status: string;
  written: string;
  /** What stands below; undefined = it is still being written. */
  tail: Component[] | undefined;
}

/** Of a message's text; its tail, as far as it fits, stands below the last one. */
const PART_CHARACTERS = 3_600;

export function messagesOf(
  { status, tail, written }: Draft,
  citations: Citations,
  questionId: string,
): Component[][] {
  const source = tail ? written : written.slice(0, written.length - unfinishedNumber(written));
  const pieces = splitText(renderMarkdown(source, citations), { limit: PART_CHARACTERS });
  const messages: Component[][] = pieces.map((piece) => [text(piece)]);
  const last = messages.at(-1);
  if (!tail) {
    last?.push(stopRow(questionId));
    return last || status === '' ? messages : [[text(greyLine(status)), stopRow(questionId)]];
  }
  if (last && lengthOf([...last, ...tail]) <= MESSAGE_CHARACTERS) {
    last.push(...tail);
    return messages;
  }
  return tail.length > 0 ? [...messages, tail] : messages;
}
