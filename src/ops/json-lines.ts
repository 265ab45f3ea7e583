// One JSON object a line in, one a line out, in order. A bad line gets an answer that says so; the rest go on.
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { BotError, describeError } from '../errors.js';
import type { Session } from './session.js';

/** Characters of one line; a longer one is answered with an error. Pages come as base64. */
const LONGEST_LINE = 32_000_000;

/** Answers every line of stdin through `answer`; `{id, error}` for what fails. */
export async function serveJsonLines<Schema extends z.ZodType>(
  session: Session,
  schema: Schema,
  answer: (request: z.output<Schema>) => Promise<object>,
): Promise<void> {
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  session.signal.addEventListener('abort', () => lines.close());
  for await (const line of lines) {
    session.signal.throwIfAborted();
    if (line.trim() !== '') {
      await session.out(`${JSON.stringify(await answerLine(line, schema, answer))}\n`);
    }
  }
  session.signal.throwIfAborted();
}

async function answerLine<Schema extends z.ZodType>(
  line: string,
  schema: Schema,
  answer: (request: z.output<Schema>) => Promise<object>,
): Promise<object> {
  let id: unknown = null;
  try {
    if (line.length > LONGEST_LINE) {
      throw new Error(`the line has ${line.length} characters (allowed: ${LONGEST_LINE})`);
    }
    const raw: unknown = JSON.parse(line);
    id = (raw as { id?: unknown } | null)?.id ?? null;
    const request = schema.safeParse(raw);
    if (!request.success) {
      const [issue] = request.error.issues;
      throw new Error(`${issue?.path.join('.') || 'the line'}: ${issue?.message}`);
    }
    return await answer(request.data);
  } catch (error) {
    return { id, error: describeError(error) };
  }
}

/** All of stdin, at most `limit` bytes. */
export async function readStdin(limit: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin) {
    size += (part as Buffer).length;
    if (size > limit) {
      throw new BotError('too_large', `stdin holds more than ${limit / 1e6} MB; give less`);
    }
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
