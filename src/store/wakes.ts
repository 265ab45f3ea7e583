// Replicas tell each other that there is something to look at, so that nobody waits for the next look at the store. Nothing
// depends on it: what is told is found by looking, too, only later.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from './schema.js';
import { isPostgres } from './sql/dialects.js';

/** Chunks changed; a question may be taken up or is to be stopped; a digest may be sent. */
export type Wake = 'news' | 'questions' | 'digests';

export const CHANNEL = 'third_umpire';
/** This process: it knows what it has done itself. */
export const SELF = randomUUID().slice(0, 8);

/** Told when the transaction is committed, and once however often it is said in it. A file's processes are not told. */
export async function wakeOthers(db: Database, wake: Wake): Promise<void> {
  if (isPostgres(db)) {
    await sql`select pg_notify(${CHANNEL}, ${`${wake} ${SELF}`})`.execute(db);
  }
}
