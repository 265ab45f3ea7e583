import { pino } from 'pino';
import type { Log } from '#src/log.js';
import { watch } from '../fixtures/secrets.mjs';

/** Shows nothing, and is looked through for secrets at the highest level all the same. */
export function watchedLog(): Log {
  return pino({ level: 'trace', base: null }, { write: (line: string) => watch('a log', line) });
}
