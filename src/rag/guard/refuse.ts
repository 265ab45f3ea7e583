// What is said instead of an answer: a short, kind line, and what can be asked. Nobody is lectured, and nothing of what
// was found is told, which would only teach how to get around it.
import type { Answer, AnswerEvent, Refusal } from '../../domain.js';

const LINES: Record<Refusal, string> = {
  scope: 'I follow cricket. Try: who won last night?',
  // Neither a question of cricket without an article nor one of something else is told anything wrong by it.
  doubtful:
    'I found nothing on that in the articles that I have, and I follow cricket alone. Try: who won last night?',
  betting: 'I give no advice on bets or on fixing matches. Try: who has been in form lately?',
  abuse: 'Let us keep it friendly. Ask me about cricket, and I will look it up.',
  // Lines that are free to call, as their operators publish them; findahelpline lists the rest of the world.
  'self-harm':
    'That sounds very hard, and I am only a news bot. Please talk to somebody now: 14416 in India (Tele-MANAS), 116 123 in the UK and Ireland (Samaritans), 988 in the US and Canada, 13 11 14 in Australia (Lifeline), 1737 in New Zealand; findahelpline has lines for other countries. If you are in danger, call the emergency services.',
  answer: 'I keep the rest to the articles themselves.',
};

export function lineOf(refusal: Refusal): string {
  return LINES[refusal];
}

export function* refuse(refused: Refusal, generator: string): Iterable<AnswerEvent> {
  const text = lineOf(refused);
  yield { type: 'delta', text };
  yield { type: 'done', answer: { ...NOTHING, text, refused, generator } };
}

const NOTHING: Omit<Answer, 'text' | 'generator'> = {
  citations: [],
  retrieved: [],
  abstained: true,
  publishersAgree: 0,
  warnings: [],
  dropped: 0,
};
