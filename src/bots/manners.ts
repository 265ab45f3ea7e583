// When the bot speaks, in one table. Mentioned, asked by command or in a direct message it answers; of what it merely
// sees, only a question in a thread of its own that is for nobody else. `stop` silences it, a mention wakes it.
import type { IncomingMessage } from './ports.js';
import { isCourtesy, isStopWord, readsAsQuestion } from './reads-as-question.js';

/**
 * What to do about a message. `…-in-own-thread` holds where the bot has answered in that thread, and answering only
 * where it was not silenced. `stop` ends what is being answered; `mute` silences the thread, too.
 */
export type Manner = 'ignore' | 'answer' | 'answer-in-own-thread' | 'stop' | 'mute' | 'mute-in-own-thread';

type Seen = Pick<IncomingMessage, 'way' | 'text' | 'isFromBot' | 'isToSomeoneElse' | 'message' | 'thread'>;

export function mannerOf(message: Seen): Manner {
  const { isFromBot, isToSomeoneElse, text, way } = message;
  if (isFromBot) {
    return 'ignore';
  }
  switch (way) {
    case 'command':
    case 'shortcut':
      return 'answer';
    case 'direct':
      return isStopWord(text) ? 'stop' : isCourtesy(text) ? 'ignore' : 'answer';
    case 'mention':
      return isStopWord(text) ? 'mute' : isCourtesy(text) ? 'ignore' : 'answer';
    case 'seen':
      if (isToSomeoneElse || message.thread === message.message) {
        return 'ignore';
      }
      return isStopWord(text)
        ? 'mute-in-own-thread'
        : readsAsQuestion(text)
          ? 'answer-in-own-thread'
          : 'ignore';
  }
}

/** Whether an edited message still asks: one that is taken back ("never mind") keeps the answer that it has. */
export function asksStill(message: Seen): boolean {
  return mannerOf(message).startsWith('answer');
}
