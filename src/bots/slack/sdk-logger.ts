// The SDK's lines in our log. At its lower levels it prints whole payloads, with what people wrote and tokens' names;
// those are not passed on.
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../log.js';

const MOST_CHARACTERS = 200;

export function createSdkLogger(log: Log): Logger {
  const pass = (parts: unknown[]) => {
    const line = parts.map(String).join(' ').slice(0, MOST_CHARACTERS);
    log.debug({ line: line.replace(/xox[a-z]-\S+|xapp-\S+/g, 'TOKEN') }, 'slack sdk');
  };
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => pass(parts),
    error: (...parts) => pass(parts),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
