// What the page sends, checked at the edge, as the core's nouns.
import { z } from 'zod';
import type { IncomingMessage, Press } from '../ports.js';

export const PLATFORM = 'web';
/** The console is one room of many threads. */
export const CHANNEL = 'console';

/** Ids of the page: random, as long as nobody guesses. */
const id = z.string().regex(/^[\w-]{8,64}$/);
/** The core reads 2,000 characters and says so. */
const text = z.string().min(1).max(8000);

const saySchema = z.object({
  /** Of the message: the same when the page sends it again because no answer came. */
  id,
  /** Absent = it begins a thread, which has its id. */
  thread: id.optional(),
  text,
  /** How it is meant: what the page's people type is said to the bot alone. */
  way: z.enum(['direct', 'mention', 'command', 'seen']).default('direct'),
  /** Of an edit, another one each time. */
  edit: id.optional(),
});
const goneSchema = z.object({ id });
const pressSchema = z.object({ thread: id, question: z.string().min(1).max(128) });
const choiceSchema = pressSchema.extend({ choice: z.string().min(1).max(300) });
const feedbackSchema = pressSchema.extend({ kind: z.enum(['up', 'down', 'wrong-source']) });
const subscriptionSchema = z.object({
  platform: z.string().max(32),
  tenant: z.string().max(128),
  channel: z.string().max(128),
  action: z.enum(['pause', 'resume', 'remove']),
});
export const schemas = {
  ...{ say: saySchema, gone: goneSchema, press: pressSchema, choice: choiceSchema, feedback: feedbackSchema },
  subscription: subscriptionSchema,
};

const room = { platform: PLATFORM, tenant: '', channel: CHANNEL };

/** "@cat, who won?" is said to somebody else. */
export function messageOf(said: z.infer<typeof saySchema>, user: string): IncomingMessage {
  const to = /^@([\w-]+)[\s,:]+/.exec(said.text);
  const isToUs = to !== null && /^(?:third-)?umpire$/i.test(to[1] ?? '');
  return {
    ...room,
    thread: said.thread ?? said.id,
    deliveryId: `${said.id} ${said.edit ?? ''}`,
    message: said.id,
    user,
    text: isToUs ? said.text.slice(to[0].length) : said.text,
    way: said.way,
    isFromBot: false,
    isToSomeoneElse: to !== null && !isToUs,
  };
}

export const goneOf = ({ id: message }: z.infer<typeof goneSchema>, user: string) => ({
  ...{ ...room, message, user },
});

export function pressOf({ question, thread }: z.infer<typeof pressSchema>, user: string): Press {
  return { ...room, thread, questionId: question, user };
}
