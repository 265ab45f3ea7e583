// A failure that may pass by itself.
import { BotError } from '../../errors.js';

/** Worth another try, as long as nothing was written: a server that restarts, or that has too much to do. */
export class Temporary extends BotError {
  /** The wait that the server asks for, in ms; absent = none. */
  readonly afterMs: number | undefined;
  constructor(
    code: string,
    message: string,
    options: { afterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.afterMs = options.afterMs;
  }
}
