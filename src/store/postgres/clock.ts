// The time of the database's server, as near as a question to it allows (half of what it takes, about a millisecond in one
// data centre). Between questions it goes on by this machine's monotonic clock, so that neither a wrong clock here nor
// one that is set changes anything. Who holds what is decided by owner and epoch; time only says when to look.
import { sql } from 'kysely';
import type { Clock } from '../../domain.js';
import type { Database } from '../schema.js';

const ASK_AGAIN_MS = 30_000;

export async function openDatabaseClock(db: Database): Promise<Clock> {
  let base = await ask(db);
  let isAsking = false;

  return () => {
    const now = performance.now();
    if (now - base.at > ASK_AGAIN_MS && !isAsking) {
      isAsking = true;
      void ask(db)
        .then((answer) => {
          base = answer;
        })
        // A database that is lost is told elsewhere.
        .catch(() => {})
        .finally(() => {
          isAsking = false;
        });
    }
    return new Date(base.time + now - base.at);
  };
}

/** `time` in milliseconds since 1970, when our monotonic clock stood at `at`. */
function ask(db: Database): Promise<{ time: number; at: number }> {
  // A connection first: making one takes longer than the question.
  return db.connection().execute(async (connection) => {
    const sent = performance.now();
    const { rows } = await sql<{ time: number }>`
      select (extract(epoch from clock_timestamp()) * 1000)::float8 as time`.execute(connection);
    return { time: rows[0]?.time ?? Date.now(), at: (sent + performance.now()) / 2 };
  });
}
