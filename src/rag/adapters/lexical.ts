// The lexical index: SQLite's FTS5 in a file of its own beside the store, in a worker with its own
// connection, because a query over 50,000 chunks takes long enough to stall the event loop.
import { createHash } from 'node:crypto';
import { Piscina } from 'piscina';
import { BotError, describeError } from '../../errors.js';
import type { LexicalIndex } from '../ports.js';

/** Counts changes of what stands in the file. */
const LAYOUT = 5;
/** Chunks that are scored for a question, more in an index of above 300,000; 1,000 take about 1 ms. Fewer words are weighed in a larger index. */
const MOST_SCORED = 20_000;

/** Of what stands in the file, a whole number. */
export function lexicalVersion(namesKey: string): number {
  return createHash('sha256').update(`${LAYOUT} ${namesKey}`).digest().readInt32BE();
}

/**
 * Opens or makes the index file. A damaged file, or one that was filled under another `namesKey` (what else
 * things are called stands in it), is made anew, empty: the store fills it again. Error: `lexical_unusable`.
 */
export async function openLexicalIndex(
  file: string,
  namesKey = '',
  { mostScored = MOST_SCORED, mostWalked }: { mostScored?: number; mostWalked?: number } = {},
): Promise<LexicalIndex> {
  const pool = new Piscina({
    filename: new URL('./lexical-worker.js', import.meta.url).href,
    workerData: { file, mostScored, mostWalked, version: lexicalVersion(namesKey) },
    minThreads: 1,
    maxThreads: 1,
  });
  // A thread that cannot open the file is started anew, and fails again with nobody waiting for it.
  pool.on('error', () => {});
  const run = async <Result>(name: string, task: unknown = undefined): Promise<Result> => {
    try {
      return (await pool.run(task, { name })) as Result;
    } catch (error) {
      const text = describeError(error);
      const way = /disk is full|ENOSPC/i.test(text) ? 'the disk is full; free some space' : 'check the file';
      throw new BotError('lexical_unusable', `${file}: ${text}; ${way} and run the command again`, {
        cause: error,
      });
    }
  };
  // The thread must have loaded its native module before anyone may end it: a thread that is ended while it loads
  // takes the process down (Napi::Error, seen in one run of ten).
  try {
    await run('revision');
  } catch (error) {
    await pool.destroy();
    throw error;
  }
  return {
    apply: (change) => run('apply', change),
    revision: () => run('revision'),
    match: (terms, limit) => run('match', { terms, limit }),
    frequencies: (terms) => run('frequencies', terms),
    closest: (words, beside = [], names = []) => run('closest', { words, beside, names }),
    namesWith: (words) => run('namesWith', words),
    count: () => run('count'),
    erased: () => run('erased'),
    erase: (takedowns) => run('erase', takedowns),
    reset: () => run('reset'),
    adopt: (from) => run('adopt', from),
    close: () => pool.close(),
  };
}
