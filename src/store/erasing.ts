// Deletes for good: deleted text would stay readable in the file's free pages and in the write-ahead log.
import { sql } from 'kysely';
import type { Database } from './schema.js';

/** Runs `work` so that nothing of what it deletes stays in the files. Per connection, and ours is the only one. */
export async function erasing<Result>(db: Database, work: () => Promise<Result>): Promise<Result> {
  await sql`pragma secure_delete = on`.execute(db);
  try {
    return await work();
  } finally {
    await sql`pragma secure_delete = off`.execute(db);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  }
}
