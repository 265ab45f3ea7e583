// What is written under a claim: only while the claim is ours. The check and the write are one transaction, in which nobody
// can take the claim over; so a process that slept through its lease finds that out by its first write.
import type { Transaction } from 'kysely';
import { BotError } from '../errors.js';
import type { Database, Schema } from './schema.js';
import { isPostgres } from './sql/dialects.js';
import { inTransaction } from './sql/transactions.js';

/** A claim and who has it; no two holds have the same owner, not even of one process. */
export interface Held {
  subject: string;
  job: string;
  owner: string;
}

/** Error: `claim_lost`. Nothing is asked of what is written without a claim. */
export async function checkHeld(transaction: Transaction<Schema>, held: Held | undefined): Promise<void> {
  if (held === undefined) {
    return;
  }
  const { job, owner, subject } = held;
  const ours = transaction
    .selectFrom('claims')
    .select('owner')
    .where((e) => e.and({ subject, job, owner }));
  const row = await (isPostgres(transaction) ? ours.forShare() : ours).executeTakeFirst();
  if (!row) {
    throw new BotError('claim_lost', `${job} of ${subject} was taken over by another process`);
  }
}

/** A write that needs no transaction of its own without a claim. */
export function writeHeld(
  db: Database,
  held: Held | undefined,
  write: (db: Database) => Promise<void>,
): Promise<void> {
  return held
    ? inTransaction(db, async (transaction) => {
        await checkHeld(transaction, held);
        await write(transaction);
      })
    : write(db);
}
