// Transactions that mean the same on both databases. SQLite has one writer at a time. Postgres has many, and two ways to
// keep what was read true until it is acted upon:
//   inTransaction  serializable: where two get in each other's way, one of them is done again
//   inTurn         one after another: where all of them would get in each other's way, as with a counter that all raise
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Transaction } from 'kysely';
import type { Database, Schema } from '../schema.js';
import { isPostgres } from './dialects.js';

/**
 * What is done one after another, in this process and in all others. `news`: whatever changes articles, so that revisions
 * become visible in their order, none after a later one. `questions`: what is taken up, within budgets that all share.
 */
export type Turn = 'news' | 'questions';

type Work<Result> = (transaction: Transaction<Schema>) => Promise<Result>;

/** Advisory locks are two numbers: one that tells ours from those of other programs, and one of each kind. */
export const LOCKS = 0x33_55_6d;
const LOCK_OF: Record<Turn, number> = { news: 1, questions: 2 };

/** serialization_failure, deadlock_detected, and a key that another transaction wrote first: it shows when we look again. */
const IN_THE_WAY = new Set(['40001', '40P01', '23505']);
const MOST_TRIES = 12;
const SHORTEST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 250;

/** All or nothing, as if nobody else did anything meanwhile. `work` may run several times: it changes the store alone. */
export function inTransaction<Result>(db: Database, work: Work<Result>): Promise<Result> {
  return isPostgres(db)
    ? tried(() => db.transaction().setIsolationLevel('serializable').execute(work))
    : db.transaction().execute(work);
}

/** As `inTransaction`, after all others of its kind. */
export function inTurn<Result>(db: Database, turn: Turn, work: Work<Result>): Promise<Result> {
  if (!isPostgres(db)) {
    return db.transaction().execute(work);
  }
  // Each statement sees what is committed: all that was, by those who had their turn before us.
  const run = () =>
    db
      .transaction()
      .setIsolationLevel('read committed')
      .execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(${LOCKS}::int, ${LOCK_OF[turn]}::int)`.execute(transaction);
        return work(transaction);
      });
  return afterOwn(db, turn, () => tried(run));
}

/** The last one of this process that waits, by kind: of a hundred that wait only one holds a connection. */
const waiting = new WeakMap<Database, Map<Turn, Promise<unknown>>>();

function afterOwn<Result>(db: Database, turn: Turn, run: () => Promise<Result>): Promise<Result> {
  const last = waiting.get(db) ?? new Map<Turn, Promise<unknown>>();
  waiting.set(db, last);
  const done = (last.get(turn) ?? Promise.resolve()).then(run, run);
  last.set(turn, done);
  return done;
}

async function tried<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let count = 1; ; count += 1) {
    try {
      return await run();
    } catch (error) {
      if (count === MOST_TRIES || !IN_THE_WAY.has(String((error as { code?: unknown }).code))) {
        throw error;
      }
      // At random, or the same two meet again.
      await sleep(Math.random() * Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** count));
    }
  }
}
