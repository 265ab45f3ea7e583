// Deletes for good: deleted text would stay readable in SQLite's free pages and in its write-ahead log. What PostgreSQL
// leaves behind, in pages until they are vacuumed and in its own log, is its operator's to keep safe and to let go.
import { sql } from 'kysely';
import type { Database } from './schema.js';
import { isPostgres } from './sql/dialects.js';

/** Runs `work` so that nothing of what it deletes stays in the files. Per connection, and ours is the only one. */
export async function erasing<Result>(db: Database, work: () => Promise<Result>): Promise<Result> {
  if (isPostgres(db)) {
    return work();
  }
  await sql`pragma secure_delete = on`.execute(db);
  try {
    return await work();
  } finally {
    await sql`pragma secure_delete = off`.execute(db);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  }
}
