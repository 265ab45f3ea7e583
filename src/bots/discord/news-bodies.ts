// News for a question that waited, as a message of its thread.
import { MessageFlags } from 'discord.js';
import type { Answer } from '../../domain.js';
import { NEWS_FOR } from '../watch-desk.js';
import { messagesOf } from './compose.js';
import { bodyOf, type MessageBody } from './message-body.js';
import { greyLine, sourcesOf, text } from './tail.js';

const MOST_OF_QUESTION = 120;

export function newsBodies(question: string, answer: Answer, now: Date): MessageBody[] {
  // A message that is full already takes little more.
  const shown = question.length > MOST_OF_QUESTION ? `${question.slice(0, MOST_OF_QUESTION - 1)}…` : question;
  const sources = new Map(answer.citations.map((citation) => [citation.n, citation]));
  const tail = sourcesOf(answer.citations, 'Sources', now);
  const [first = [], ...rest] = messagesOf({ status: '', written: answer.text, tail }, sources, '');
  return [[text(greyLine(`${NEWS_FOR} ${shown}`)), ...first], ...rest].map((components) => {
    const body = bodyOf(components);
    return { ...body, flags: body.flags | MessageFlags.SuppressNotifications };
  });
}
