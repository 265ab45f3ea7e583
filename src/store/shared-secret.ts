// The secret that ids are hashed with, where replicas on many machines need the same: the first one's is kept.
import type { Database } from './schema.js';

/** Name of its row in `settings`. */
export const SECRET = 'secret';

/** Gives the one that is kept, which is `made` when there was none. */
export type SharedSecret = (made: string) => Promise<string>;

export const createSharedSecret =
  (db: Database): SharedSecret =>
  async (made) => {
    await db
      .insertInto('settings')
      .values({ name: SECRET, value: made })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { value } = await db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', SECRET)
      .executeTakeFirstOrThrow();
    return value;
  };
