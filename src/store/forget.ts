// What is kept of a person, taken away: questions with their answers, feedback, what they wanted to be told, and whose
// the deliveries were. That something was delivered stays, under nobody's name: else a late redelivery would be answered
// anew, and whoever forgets would have the whole channel's budget back.
import { sql } from 'kysely';
import type { Database } from './schema.js';

export interface ForgetStore {
  /** Every platform and tenant that somebody was heard on. */
  tenants(): Promise<{ platform: string; tenant: string }[]>;
  /** Gives the number of questions. What is being answered at the moment ends without a word. */
  forgetUser(userKey: string): Promise<number>;
}

export function createForgetStore(db: Database): ForgetStore {
  return {
    tenants: () => db.selectFrom('deliveries').select(['platform', 'tenant']).distinct().execute(),

    async forgetUser(userKey) {
      // Deleted text would stay readable in the file's free pages. Per connection, and ours is the only one.
      await sql`pragma secure_delete = on`.execute(db);
      const count = await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('watches').where('user_key', '=', userKey).execute();
        await transaction.deleteFrom('feedback').where('user_key', '=', userKey).execute();
        await transaction
          .updateTable('deliveries')
          .set({ user_key: '' })
          .where('user_key', '=', userKey)
          .execute();
        const [result] = await transaction.deleteFrom('asked').where('user_key', '=', userKey).execute();
        return Number(result?.numDeletedRows ?? 0);
      });
      await sql`pragma secure_delete = off`.execute(db);
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
      return count;
    },
  };
}
