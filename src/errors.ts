/**
 * An expected failure: something outside went wrong in a way that we know. `message` is one line for a
 * person: the thing by name, what is wrong with it, and the way out. Decide on `code`, never on the text.
 */
export class BotError extends Error {
  override readonly name = 'BotError';
  readonly code: string;
  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** One line that tells any thrown value; for logs and for people. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0] ?? message;
}

export function isBotError(error: unknown, code?: string): error is BotError {
  return error instanceof BotError && (code === undefined || error.code === code);
}
