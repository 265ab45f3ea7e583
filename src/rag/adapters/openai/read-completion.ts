// Reads one streamed completion: server-sent events of chat.completion.chunk, ended by [DONE]. A server is not
// trusted to end, to keep to the protocol, or to say little.
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { z } from 'zod';
import { brokeOff, type ServerName, streamFailure } from './failures.js';

const chunkSchema = z.object({
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().nullish() }).nullish(),
      finish_reason: z.string().nullish(),
    }),
  ),
});
const failedSchema = z.object({
  error: z.unknown().refine((error) => error !== undefined && error !== null),
});

/** One event is a token or a few; more is no stream of tokens. */
const LONGEST_EVENT = 1_000_000;
/** No token of any vocabulary in use is longer. */
const CHARACTERS_PER_TOKEN = 64;
/** Events without text: roles, usage, thoughts of a model that thinks first. */
const EVENTS_PER_TOKEN = 16;
const MORE_EVENTS = 4000;

export interface ReadOptions {
  server: ServerName;
  /** Tokens that were asked for; much more is cut off. */
  maxTokens: number;
  onText: (text: string) => void;
  /** Called for every event that belongs to the completion. */
  onLife: () => void;
}

/** Errors: `model_broke_off`, `prompt_too_long`, and what the body throws. */
export async function readCompletion(
  body: AsyncIterable<Uint8Array>,
  { maxTokens, onLife, onText, server }: ReadOptions,
): Promise<{ stop: 'end' | 'length' }> {
  let stop: 'end' | 'length' | undefined;
  let isDone = false;
  let characters = 0;
  let events = 0;
  let failure: Error | undefined;

  function take({ data }: EventSourceMessage): void {
    if (isDone || failure) {
      return;
    }
    if (data.trim() === '[DONE]') {
      isDone = true;
      return;
    }
    const json = parsed(data);
    const failed = failedSchema.safeParse(json);
    const chunk = chunkSchema.safeParse(json);
    if (failed.success) {
      failure = streamFailure(server, failed.data.error);
      return;
    }
    if (!chunk.success) {
      failure = brokeOff(server, 'it sent something that is no part of an answer');
      return;
    }
    events += 1;
    const [choice] = chunk.data.choices;
    const text = choice?.delta?.content ?? '';
    characters += text.length;
    if (
      characters > maxTokens * CHARACTERS_PER_TOKEN ||
      events > maxTokens * EVENTS_PER_TOKEN + MORE_EVENTS
    ) {
      failure = brokeOff(server, `it wrote on beyond the ${maxTokens} tokens that it was asked for`);
      return;
    }
    if (text !== '') {
      onText(text);
    }
    onLife();
    if (choice?.finish_reason) {
      stop = choice.finish_reason === 'stop' ? 'end' : 'length';
    }
  }

  const parser = createParser({
    onEvent: take,
    onError(error) {
      // Unknown fields are to be passed over, says the standard; a line without end is not.
      if (error.type === 'max-buffer-size-exceeded') {
        failure ??= brokeOff(server, 'it sent a line without end');
      }
    },
    maxBufferSize: LONGEST_EVENT,
  });
  const decoder = new TextDecoder();
  try {
    for await (const bytes of body) {
      parser.feed(decoder.decode(bytes, { stream: true }));
      if (failure) {
        throw failure;
      }
      if (isDone) {
        break;
      }
    }
  } catch (error) {
    // An answer that has its end is whole, whatever comes after it.
    if (!stop) {
      throw error;
    }
  }
  if (!stop && !isDone) {
    throw brokeOff(server, 'the connection ended in mid-answer');
  }
  return { stop: stop ?? 'end' };
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
